// At every start: the packs that came with this product are saved beside those there are, and a fresh installation gets its first rulebook.
import { compileRulebook } from "@bihuan/core/clock/rules/rulebook.ts";
import { defaultPolicies } from "@bihuan/core/clock/rules/policies.ts";
import { shippedCalendar } from "../calendar/commands.ts";
import { loadTree } from "../identity/organisation/tree.ts";
import type { Platform } from "../platform/platform.ts";
import { insertPack, lockRulebooks, publishRulebook } from "./commands.ts";
import { uncoveredSteps } from "./draft/coverage.ts";
import { parsePack } from "./pack/parse-pack.ts";
import { ADOPTED_AT_FIRST, shippedPacks } from "./pack/shipped-packs.ts";
import { isAnyPublished, packHistory, shippedVersion } from "./queries.ts";
import { definitionOf, type PackText, packVersions, type RulebookState } from "./rulebook-state.ts";
import type { Business } from "./world.ts";

const FIRST_NOTE = "随产品提供的规则与日历 / Rules and calendar that came with the product";

/**
 * Saves shipped texts that are not known yet as new versions, and publishes rulebook 1 where there is none. What an administrator
 * has edited stays in force: a newer shipped text waits until somebody takes it up. Safe when several processes start together.
 * Errors: throws where a shipped pack is wrong, since that is a mistake of ours.
 */
export async function ensureShippedRules(platform: Pick<Platform, "db" | "time">, business: Business): Promise<void> {
  const shipped = (await shippedPacks()).map(({ key, yaml }) => {
    const { pack, problems } = parsePack(yaml, business, () => true);
    if (!pack || pack.key !== key)
      throw new Error(`shipped pack ${key}: ${problems.map(({ message }) => message.en).join("; ")}`);
    return { key, yaml, document: pack };
  });
  await platform.db.transaction(async (tx) => {
    await lockRulebooks(tx);
    const by = { atMs: platform.time.nowMs(), staffId: null, note: FIRST_NOTE, actor: null };
    const known = await packHistory(tx);
    const newest: PackText[] = [];
    for (const { key, yaml, document } of shipped) {
      const saved = await shippedVersion(tx, key, yaml);
      const version = saved ?? (known.findLast((pack) => pack.key === key)?.version ?? 0) + 1;
      const pack: PackText = { key, version, origin: "shipped", yaml, document };
      if (saved === null) await insertPack(tx, pack, { ...by, note: null });
      newest.push(pack);
    }
    if (await isAnyPublished(tx)) return;
    const tree = await loadTree(tx);
    const state: RulebookState = {
      packs: newest,
      adoptions: ADOPTED_AT_FIRST.map((packKey) => ({ unitId: tree.root.unitId, packKey })),
      calendar: shippedCalendar,
      policies: defaultPolicies,
    };
    const definition = definitionOf(state, 1, tree);
    const gaps = uncoveredSteps(compileRulebook(definition), business, tree.root.unitId, by.atMs);
    if (gaps.length > 0)
      throw new Error(`shipped packs leave steps without a limit: ${gaps.map(({ flow, slot }) => `${flow}/${slot}`).join(", ")}`);
    await publishRulebook(
      tx,
      { definition, calendar: state.calendar, packVersions: packVersions(state), changes: [] },
      by,
      "NONE",
    );
  });
}
