// Changing the rulebook from the command line: the same draft, dry run and publication as in the browser, in one call.
import type { DryRunResult, RulebookChange } from "@bihuan/contract/clock.ts";
import { isRefusal } from "@bihuan/core/refusal.ts";
import { business } from "../../business.ts";
import { clockWorld } from "../../clock-world.ts";
import { discardDraft } from "../../clock/commands.ts";
import { createDraft, publishDraft, tokenOf } from "../../clock/draft/drafts.ts";
import { runDryRun } from "../../clock/jobs.ts";
import { currentVersion, draftRow } from "../../clock/queries.ts";
import { ensureShippedRules } from "../../clock/shipped.ts";
import { currentTree } from "../../identity/organisation/tree.ts";
import type { Platform } from "../../platform/platform.ts";
import type { CommandIo, CommandOptions } from "../command.ts";
import { refused } from "../refused.ts";

export const publishOptions = {
  publish: {
    type: "boolean",
    default: false,
    description: { zh: "试算后即发布；不带此项只试算", en: "Publish after the dry run; without it nothing is kept" },
  },
  note: {
    type: "string",
    value: "TEXT",
    description: { zh: "发布说明（与 --publish 同用）", en: "Why (together with --publish)" },
  },
} as const satisfies CommandOptions;

type Call = CommandIo & {
  readonly platform: Platform;
  readonly options: { readonly publish: boolean; readonly note: string | undefined };
};

/**
 * Drafts changes, runs the dry run here, tells what it found, and publishes where asked to. `changes` sees the rulebook in force.
 * Open orders are then bound by the server's job; where no server runs, when one starts. Out: exit code 0; refusals are thrown.
 */
export async function changeRulebook(
  { platform, options, stdout, format, language }: Call,
  changes: (inForce: number) => Promise<readonly RulebookChange[]> | readonly RulebookChange[],
): Promise<number> {
  await ensureShippedRules(platform, business);
  const [tree, baseVersion] = [await currentTree(platform), await currentVersion(platform.db)];
  const drafter = { scope: null };
  const draftId = await createDraft(platform, business, tree, drafter, { baseVersion, changes: await changes(baseVersion) });
  if (isRefusal(draftId)) throw refused(draftId);
  await runDryRun({ platform, world: clockWorld(platform) }, draftId);
  const draft = await draftRow(platform.db, draftId);
  const token = draft && tokenOf(draft);
  if (!draft?.result || !token) throw new Error(`the dry run of draft ${draftId} was not finished`);
  let published: number | null = null;
  if (options.publish) {
    const note = options.note ?? draft.summary.map(({ zh }) => zh).join("；");
    const version = await publishDraft(platform, tree, drafter, { draftId, token, note });
    if (isRefusal(version)) throw refused(version);
    published = version;
  } else await discardDraft(platform.db, draftId);
  if (format === "json")
    stdout.write(
      `${JSON.stringify({ baseVersion, changes: draft.summary, dryRun: draft.result, publishedVersion: published })}\n`,
    );
  else {
    for (const line of draft.summary) stdout.write(`${line[language]}\n`);
    stdout.write(effectText(draft.result, language));
    stdout.write(publishedText(published, language));
  }
  return 0;
}

const flowTitle = (id: string, language: "zh" | "en"): string =>
  business.flows.find((flow) => flow.id === id)?.title[language] ?? id;

const effectText = (
  { ordersChecked, moved, becomeOverdue, noLongerOverdue, clocksFirm, byFlow, ties }: DryRunResult,
  language: "zh" | "en",
): string => {
  const flows = [
    ...byFlow.map(({ flow, moved: ofFlow }) => `  ${flowTitle(flow, language)}: ${ofFlow}\n`),
    ...ties.map((tie) => `${tie[language]}\n`),
  ].join("");
  return language === "zh"
    ? `在途工单 ${ordersChecked} 件：${moved} 件时限变动，${becomeOverdue} 件将超时，${noLongerOverdue} 件不再超时；${clocksFirm} 个暂定时限转为确定。\n${flows}`
    : `Of ${ordersChecked} open orders ${moved} move, ${becomeOverdue} become overdue, ${noLongerOverdue} no longer are; ${clocksFirm} provisional limits become firm.\n${flows}`;
};

const publishedText = (version: number | null, language: "zh" | "en"): string => {
  if (version === null)
    return language === "zh" ? "未发布；加 --publish 发布。\n" : "Nothing was published; add --publish to do so.\n";
  return language === "zh" ? `已发布规则版本 ${version}。\n` : `Published as rulebook ${version}.\n`;
};
