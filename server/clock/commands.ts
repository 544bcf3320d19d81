// Writing packs, rulebooks and drafts. Every rulebook is published under one lock, so versions follow one another without a gap.
import type { DryRunResult, RulebookChange } from "@bihuan/contract/clock.ts";
import type { Bilingual } from "@bihuan/contract/text.ts";
import type { RulePack } from "@bihuan/core/clock/rules/rule.ts";
import { saveCalendar } from "../calendar/commands.ts";
import { type Actor, recordAccess } from "../identity/access-log/commands.ts";
import type { Queryable, Tx } from "../platform/database.ts";
import { instant, sql } from "../platform/sql.ts";
import { hashOf } from "./hash.ts";
import type { Proposal } from "./queries.ts";

const RULEBOOK_LOCK = 7236_0004;

/** Makes whoever else publishes wait until the caller's transaction has ended. */
export const lockRulebooks = (tx: Tx): Promise<number> => tx.run(sql`select pg_advisory_xact_lock(${RULEBOOK_LOCK})`);

export type By = {
  readonly atMs: number;
  readonly staffId: number | null;
  readonly note: string;
  /** As the access log names them; null for what comes with the product. */
  readonly actor: Actor | null;
};

/** Saves a pack's text. Out: false where that version exists already. */
export const insertPack = async (
  tx: Tx,
  pack: { key: string; version: number; origin: "shipped" | "edited"; yaml: string; document: RulePack },
  { atMs, staffId, note }: Pick<By, "atMs" | "staffId"> & { note: string | null },
): Promise<boolean> =>
  (await tx.run(sql`
    insert into rule_pack (pack_key, version, origin, yaml, document, saved_at, saved_by, note)
    values (${pack.key}, ${pack.version}, ${pack.origin}, ${pack.yaml}, ${JSON.stringify(pack.document)}, ${instant(atMs)}, ${staffId}, ${note})
    on conflict do nothing`)) === 1;

/**
 * Publishes a rulebook: its snapshot, the calendars brought to it, and the entry of the access log that says who did it. The caller holds the lock and has checked that
 * its version is the next one.
 */
export async function publishRulebook(
  tx: Tx,
  rulebook: Pick<Proposal, "definition" | "calendar" | "packVersions"> & { readonly changes: readonly Bilingual[] },
  by: By,
  rebinding: "NONE" | "RUNNING",
): Promise<void> {
  const { definition, calendar, packVersions, changes } = rulebook;
  await tx.run(sql`
    insert into rulebook (version, definition, calendar, pack_versions, changes, hash, note, published_at, published_by, rebinding)
    values (${definition.version}, ${JSON.stringify(definition)}, ${JSON.stringify(calendar)}, ${JSON.stringify(packVersions)},
      ${JSON.stringify(changes)}, ${hashOf(definition)}, ${by.note}, ${instant(by.atMs)}, ${by.staffId}, ${rebinding})`);
  await saveCalendar(tx, calendar, by);
  if (by.actor === null) return;
  const said = (language: "zh" | "en", between: string) =>
    changes
      .map((change) => change[language])
      .join(between)
      .slice(0, 1000);
  await recordAccess(tx, by.atMs, by.actor, {
    action: "RULEBOOK_PUBLISHED",
    recordKind: "rulebook",
    recordId: definition.version,
    reason: by.note,
    facts: { zh: said("zh", "；"), en: said("en", "; ") },
  });
}

/** Notes how far the open orders have been bound. */
export const noteRebound = (on: Queryable, version: number, added: number, state: "RUNNING" | "DONE"): Promise<number> =>
  on.run(sql`update rulebook set rebound = rebound + ${added}, rebinding = ${state} where version = ${version}`);

export async function insertDraft(
  tx: Tx,
  draft: {
    draftId: string;
    baseVersion: number;
    changes: readonly RulebookChange[];
    summary: readonly Bilingual[];
    proposal: Proposal;
    atMs: number;
    staffId: number | null;
  },
): Promise<void> {
  const { draftId, baseVersion, changes, summary, proposal, atMs, staffId } = draft;
  await tx.run(sql`
    insert into rulebook_draft (draft_id, base_version, changes, summary, proposal, hash, state, created_at, created_by)
    values (${draftId}, ${baseVersion}, ${JSON.stringify(changes)}, ${JSON.stringify(summary)}, ${JSON.stringify(proposal)},
      ${hashOf(proposal.definition)}, 'RUNNING', ${instant(atMs)}, ${staffId})`);
}

/** Notes how many orders a dry run has looked at. Out: false where nobody waits for it any more. */
export const noteProgress = async (on: Queryable, draftId: string, checked: number, total: number | null): Promise<boolean> =>
  (await on.run(sql`
    update rulebook_draft set orders_checked = ${checked}, orders_total = ${total}
    where draft_id = ${draftId} and state = 'RUNNING'`)) === 1;

export const finishDryRun = (on: Queryable, draftId: string, result: DryRunResult): Promise<number> =>
  on.run(sql`
    update rulebook_draft set state = 'READY', result = ${JSON.stringify(result)}, orders_checked = ${result.ordersChecked},
      orders_total = ${result.ordersChecked}
    where draft_id = ${draftId} and state = 'RUNNING'`);

export const failDryRun = (on: Queryable, draftId: string): Promise<number> =>
  on.run(sql`update rulebook_draft set state = 'FAILED' where draft_id = ${draftId} and state = 'RUNNING'`);

export const markPublished = (tx: Tx, draftId: string, version: number): Promise<number> =>
  tx.run(sql`update rulebook_draft set state = 'PUBLISHED', published_version = ${version} where draft_id = ${draftId}`);

/** Out: false where the draft is not open any more. */
export const discardDraft = async (on: Queryable, draftId: string): Promise<boolean> =>
  (await on.run(sql`
    update rulebook_draft set state = 'DISCARDED' where draft_id = ${draftId} and state in ('RUNNING', 'READY', 'FAILED')`)) ===
  1;
