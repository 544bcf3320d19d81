import type { Bilingual } from "@bihuan/contract/text.ts";
import type { DryRunResult, RulebookDraft, RulebookSummary } from "@bihuan/contract/clock.ts";
import { Policies } from "@bihuan/core/clock/rules/policies.ts";
import type { RulePack } from "@bihuan/core/clock/rules/rule.ts";
import type { RulebookDefinition } from "@bihuan/core/clock/rules/rulebook.ts";
import type { CalendarState } from "../calendar/state.ts";
import type { Queryable } from "../platform/database.ts";
import { sql } from "../platform/sql.ts";
import type { Authorisation } from "./draft/changes.ts";
import type { PackText, RulebookState } from "./rulebook-state.ts";

/** Version of the rulebook in force. Errors: throws where none has been published, which start-up does (shipped.ts). */
export const currentVersion = async (on: Queryable): Promise<number> => {
  const { version } = await on.one<{ version: number | null }>(sql`select max(version) as version from rulebook`);
  if (version === null) throw new Error("no rulebook has been published");
  return version;
};

export const isAnyPublished = async (on: Queryable): Promise<boolean> =>
  (await on.one<{ published: boolean }>(sql`select exists (select from rulebook) as published`)).published;

/** The snapshots of some versions; unknown ones are absent. */
export const definitionsOf = (
  on: Queryable,
  versions: readonly number[],
): Promise<{ version: number; definition: RulebookDefinition }[]> =>
  on.rows(sql`select version, definition from rulebook where version = any(${versions}::int[]) order by version`);

/** One saved version of a pack, without its text. */
export type PackVersion = Pick<PackText, "key" | "version" | "origin"> & {
  readonly savedAtMs: number;
  readonly savedBy: string | null;
  readonly note: string | null;
};

/** Every version a pack ever had, oldest first; of all packs where no key is given. */
export const packHistory = (on: Queryable, key: string | null = null): Promise<PackVersion[]> =>
  on.rows<PackVersion>(sql`
    select pack_key as key, rule_pack.version, origin, saved_at as "savedAtMs", staff.name as "savedBy", note
    from rule_pack left join staff on staff_id = saved_by
    where ${key}::text is null or pack_key = ${key}
    order by pack_key, rule_pack.version`);

/** The texts of some versions of packs; unknown ones are absent. */
export const packTexts = (on: Queryable, versions: readonly Pick<PackText, "key" | "version">[]): Promise<PackText[]> =>
  on.rows<PackText>(sql`
    select pack_key as key, version, origin, yaml, document from rule_pack
    where (pack_key, version) in (select * from unnest(${versions.map(({ key }) => key)}::text[], ${versions.map(({ version }) => version)}::int[]))
    order by pack_key, version`);

/** Version of a shipped pack with exactly this text, or null where it is new. */
export const shippedVersion = async (on: Queryable, key: string, yaml: string): Promise<number | null> =>
  (
    await on.one<{ version: number | null }>(
      sql`select max(version) as version from rule_pack where pack_key = ${key} and origin = 'shipped' and yaml = ${yaml}`,
    )
  ).version;

type StateRow = { definition: RulebookDefinition; calendar: CalendarState; pack_versions: Record<string, number> };

/** The state a published rulebook was made of. Errors: throws where there is no such version. */
export async function rulebookState(on: Queryable, version: number): Promise<RulebookState> {
  const row = await on.one<StateRow>(sql`select definition, calendar, pack_versions from rulebook where version = ${version}`);
  const packs = await packTexts(
    on,
    Object.entries(row.pack_versions).map(([key, inForce]) => ({ key, version: inForce })),
  );
  return {
    packs,
    adoptions: row.definition.adoptions,
    calendar: row.calendar,
    policies: Policies.parse(row.definition.policies),
  };
}

const summaryColumns = sql`
  rulebook.version, rulebook.published_at as "publishedAtMs", staff.name as "publishedBy", note, encode(hash, 'hex') as hash, changes,
  rebinding, rebound`;
export type SummaryRow = {
  version: number;
  publishedAtMs: number;
  publishedBy: string | null;
  note: string;
  hash: string;
  changes: Bilingual[];
  rebinding: RulebookSummary["rebinding"]["state"];
  rebound: number;
};

/** Published rulebooks, newest first. In: only those before a version, and at most so many. */
export const rulebookRows = (on: Queryable, before: number | null, limit: number): Promise<SummaryRow[]> =>
  on.rows(sql`
    select ${summaryColumns} from rulebook left join staff on staff_id = published_by
    where ${before}::int is null or rulebook.version < ${before} order by rulebook.version desc limit ${limit}`);

export const rulebookRow = (on: Queryable, version: number): Promise<SummaryRow | null> =>
  on.maybe<SummaryRow>(sql`
    select ${summaryColumns} from rulebook left join staff on staff_id = published_by where rulebook.version = ${version}`);

/** What a draft would publish: the pack texts it saves, and the state's other parts. */
export type Proposal = {
  readonly definition: RulebookDefinition;
  readonly calendar: CalendarState;
  readonly packVersions: Readonly<Record<string, number>>;
  /** What whoever publishes it must hold, and where. */
  readonly needs: readonly Authorisation[];
  /** Texts not saved yet. */
  readonly newPacks: readonly { key: string; version: number; yaml: string; document: RulePack }[];
};

export type DraftRow = {
  draftId: string;
  baseVersion: number;
  summary: Bilingual[];
  hash: string;
  state: Exclude<RulebookDraft["state"], "OUTDATED">;
  ordersChecked: number;
  ordersTotal: number | null;
  result: DryRunResult | null;
  createdAtMs: number;
  createdById: number | null;
  createdBy: string | null;
  publishedVersion: number | null;
};

export const draftRow = (on: Queryable, draftId: string): Promise<DraftRow | null> =>
  on.maybe<DraftRow>(sql`
    select draft_id as "draftId", base_version as "baseVersion", summary, encode(hash, 'hex') as hash, state,
      orders_checked as "ordersChecked", orders_total as "ordersTotal", result, rulebook_draft.created_at as "createdAtMs",
      created_by as "createdById", staff.name as "createdBy", published_version as "publishedVersion"
    from rulebook_draft left join staff on staff_id = created_by where draft_id = ${draftId}`);

/** What a draft would publish. Errors: throws where there is no such draft. */
export const draftProposal = async (on: Queryable, draftId: string): Promise<Proposal> =>
  (await on.one<{ proposal: Proposal }>(sql`select proposal from rulebook_draft where draft_id = ${draftId}`)).proposal;
