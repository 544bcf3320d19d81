// What a dry run says about ties: two rules that limit the same orders with equal right, for somebody to choose between.
import type { Bilingual } from "@bihuan/contract/text.ts";
import { limitText } from "@bihuan/core/clock/duration-text.ts";
import type { CompiledRule, Rulebook } from "@bihuan/core/clock/rules/rulebook.ts";
import { tiesOf } from "@bihuan/core/clock/rules/ties.ts";
import type { Business } from "../world.ts";

/** The most lines: whoever adopts two companies' packs at one unit learns it from the first few. */
const MOST_LINES = 50;

/** A line for each tie of a rulebook from an instant on: both rules, which of them counts, and how to settle it. */
export function tieLines(
  rulebook: Rulebook,
  business: Business,
  pathOf: (unitId: number) => readonly number[],
  fromMs: number,
): Bilingual[] {
  const flows = business.flows.filter(({ closedElsewhere }) => !closedElsewhere);
  return tiesOf(rulebook, { flows, pathOf, fromMs })
    .slice(0, MOST_LINES)
    .map(({ counts, yields, facts }) => {
      const flow = flows.find(({ id }) => id === facts.flow)?.title ?? { zh: facts.flow, en: facts.flow };
      const said = ({ pack, rule }: CompiledRule, language: "zh" | "en") => {
        const limit = limitText(rule.amount, rule.unit)[language];
        const title = rulebook.packs.get(pack)?.title[language] ?? pack;
        return language === "zh" ? `“${title}”的“${rule.title.zh}”（${limit}）` : `“${rule.title.en}” of “${title}” (${limit})`;
      };
      return {
        zh: `${flow.zh}：${said(counts, "zh")}与${said(yields, "zh")}同等适用，将以前者为准。如需改变，请设定规则包的 priority，或为规则补充条件。`,
        en: `${flow.en}: ${said(counts, "en")} and ${said(yields, "en")} apply with equal right; the first will count. To change that, set the priority of a pack or add a condition to a rule.`,
      };
    });
}
