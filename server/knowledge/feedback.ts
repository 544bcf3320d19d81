// Did this help: one answer a person and version; the last one counts.
import { withoutNumbers } from "@bihuan/core/knowledge/missed.ts";
import type { Queryable, Tx } from "../platform/database.ts";
import { instant, sql } from "../platform/sql.ts";

export type Remark = { readonly helped: boolean; readonly remark: string; readonly atMs: number };
export type Tally = { readonly helped: number; readonly notHelped: number };

type Answer = {
  readonly regionId: number;
  readonly articleId: number;
  readonly version: number;
  readonly staffId: number;
  readonly helped: boolean;
  readonly remark: string | null;
};

/** Keeps an answer; the same one again without a remark leaves what was remarked. The remark is kept without numbers that lead to a person. Out: how many the version helped and did not. */
export async function keepFeedback(tx: Tx, answer: Answer, nowMs: number): Promise<Tally> {
  const { regionId, articleId, version, staffId, helped } = answer;
  const remark = answer.remark === null ? null : withoutNumbers(answer.remark) || null;
  // The version's row first: two answers at once are counted one after the other.
  await tx.run(sql`select from article_version where article_id = ${articleId} and version = ${version} for update`);
  // A person who has moved to another region since answers there, and only there.
  await tx.run(sql`
    delete from article_feedback
    where article_id = ${articleId} and version = ${version} and staff_id = ${staffId} and region_id <> ${regionId}`);
  await tx.run(sql`
    insert into article_feedback (region_id, article_id, version, staff_id, helped, remark, given_at)
    values (${regionId}, ${articleId}, ${version}, ${staffId}, ${helped}, ${remark}, ${instant(nowMs)})
    on conflict (region_id, article_id, version, staff_id)
      do update set helped = excluded.helped, given_at = excluded.given_at,
        remark = case when article_feedback.helped = excluded.helped
          then coalesce(excluded.remark, article_feedback.remark) else excluded.remark end`);
  return tx.one<Tally>(sql`
    update article_version v set helped = t.helped, not_helped = t.not_helped
    from (select count(*) filter (where helped)::int helped, count(*) filter (where not helped)::int not_helped
      from article_feedback where article_id = ${articleId} and version = ${version}) t
    where v.article_id = ${articleId} and v.version = ${version}
    returning v.helped, v.not_helped "notHelped"`);
}

/** What a person said of a version; null where nothing. */
export async function feedbackOf(on: Queryable, articleId: number, version: number, staffId: number): Promise<boolean | null> {
  const row = await on.maybe<{ helped: boolean }>(sql`
    select helped from article_feedback where article_id = ${articleId} and version = ${version} and staff_id = ${staffId}`);
  return row?.helped ?? null;
}

/** What readers wrote about a version, the newest first, at most fifty. */
export const remarksOn = (on: Queryable, articleId: number, version: number): Promise<Remark[]> =>
  on.rows(sql`
    select helped, remark, given_at "atMs" from article_feedback
    where article_id = ${articleId} and version = ${version} and remark is not null order by given_at desc limit 50`);
