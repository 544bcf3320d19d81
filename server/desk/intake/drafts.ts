// Unfinished intakes, kept for the person and not for the browser: they survive a reload and a change of desks, for a day.
import { type Refusal, refuse } from "@bihuan/core/refusal.ts";
import type { Editor } from "../../customer/reach.ts";
import type { Queryable } from "../../platform/database.ts";
import type { JobHandlers } from "../../platform/jobs/runner.ts";
import type { Platform } from "../../platform/platform.ts";
import { instant, sql } from "../../platform/sql.ts";
import type { KeptBeside } from "../../work-order/commands/erase.ts";

export type DraftRecord = {
  readonly draftId: string;
  readonly content: Record<string, unknown>;
  readonly changedAtMs: number;
  readonly expiresAtMs: number;
};

const DAY_MS = 86_400_000;
const MOST_DRAFTS = 10;
const MOST_BYTES = 32 * 1024;

const regionOf = ({ scope, tree }: Editor): number => tree.unit(scope.homeUnitId)?.regionId ?? tree.root.regionId;

/** Somebody's drafts, the newest first. */
export const listDrafts = (db: Queryable, editor: Editor, nowMs: number): Promise<DraftRecord[]> =>
  db.rows(sql`
    select draft_id "draftId", content, changed_at "changedAtMs", expires_at "expiresAtMs" from desk_draft
    where region_id = ${regionOf(editor)} and staff_id = ${editor.scope.principal.id} and expires_at > ${instant(nowMs)}
    order by changed_at desc, draft_id`);

/** Keeps a draft, or brings it to what it is now; it lives for another day. */
export function saveDraft(
  { db, time }: Platform,
  editor: Editor,
  draftId: string,
  content: Record<string, unknown>,
): Promise<{ draftId: string; changedAtMs: number; expiresAtMs: number } | Refusal> {
  const text = JSON.stringify(content);
  const nowMs = time.nowMs();
  const [regionId, staffId] = [regionOf(editor), editor.scope.principal.id];
  const expiresAtMs = nowMs + DAY_MS;
  return db.transaction(async (tx) => {
    if (Buffer.byteLength(text) > MOST_BYTES) return refuse("desk.draft-too-large");
    const others = await tx.one<{ n: number }>(sql`
      select count(*)::int n from desk_draft where region_id = ${regionId} and staff_id = ${staffId}
        and expires_at > ${instant(nowMs)} and draft_id <> ${draftId}`);
    if (others.n >= MOST_DRAFTS) return refuse("desk.too-many-drafts", { most: MOST_DRAFTS });
    await tx.run(sql`
      insert into desk_draft (region_id, staff_id, draft_id, content, changed_at, expires_at)
      values (${regionId}, ${staffId}, ${draftId}, ${text}::jsonb, ${instant(nowMs)}, ${instant(expiresAtMs)})
      on conflict (region_id, staff_id, draft_id) do update
        set content = excluded.content, changed_at = excluded.changed_at, expires_at = excluded.expires_at`);
    return { draftId, changedAtMs: nowMs, expiresAtMs };
  });
}

/** Lets a draft go; one that is not there is gone already. */
export const discardDraft = (db: Queryable, editor: Editor, draftId: string): Promise<number> =>
  db.run(sql`
    delete from desk_draft
    where region_id = ${regionOf(editor)} and staff_id = ${editor.scope.principal.id} and draft_id = ${draftId}`);

/** Unfinished intakes that name a customer go with him. */
export const draftsBeside: KeptBeside = {
  eraseCustomer: (tx, customerId) => tx.run(sql`delete from desk_draft where content::text like ${`%"${customerId}"%`}`),
};

const HOURLY = "desk.drafts-expire";
const HOUR_MS = 3_600_000;

/** Sees to it that drafts go when their day is over: call it at every start, it plans once. */
export const planDraftJobs = ({ db, jobs }: Platform): Promise<void> =>
  jobs.addJob(db, HOURLY, {}, { key: HOURLY, afterMs: 60_000 });

export const draftJobs = ({ db, jobs, time }: Platform): JobHandlers => ({
  async [HOURLY]() {
    await db.run(sql`delete from desk_draft where expires_at <= ${instant(time.nowMs())}`);
    await jobs.addJob(db, HOURLY, {}, { key: HOURLY, afterMs: HOUR_MS });
  },
});
