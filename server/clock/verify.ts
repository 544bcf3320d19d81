// What an audit asks of the rulebooks: that every one still is what was published, and that the calendars are those of the newest.
import { isDeepStrictEqual } from "node:util";
import type { RulebookDefinition } from "@bihuan/core/clock/rules/rulebook.ts";
import { calendarState } from "../calendar/queries.ts";
import type { Queryable } from "../platform/database.ts";
import { sql } from "../platform/sql.ts";
import { hashOf } from "./hash.ts";
import { rulebookState } from "./queries.ts";

/** `HASH`: its content is not what was published. `GAP`: the version before it is missing. `CALENDAR`: the calendars were changed without it. */
export type RulebookViolation = { readonly version: number; readonly kind: "HASH" | "GAP" | "CALENDAR" };

/** Checks every published rulebook. Out: what is wrong, oldest first; nothing where all is well. */
export async function verifyRulebooks(on: Queryable): Promise<RulebookViolation[]> {
  const violations: RulebookViolation[] = [];
  const versions = await on.rows<{ version: number }>(sql`select version from rulebook order by version`);
  for (const [index, { version }] of versions.entries()) {
    if (version !== (versions[index - 1]?.version ?? 0) + 1) violations.push({ version, kind: "GAP" });
    const { definition, hash } = await on.one<{ definition: RulebookDefinition; hash: Buffer }>(
      sql`select definition, hash from rulebook where version = ${version}`,
    );
    if (!hashOf(definition).equals(hash)) violations.push({ version, kind: "HASH" });
  }
  const newest = versions.at(-1)?.version;
  if (newest !== undefined && !isDeepStrictEqual((await rulebookState(on, newest)).calendar, await calendarState(on)))
    violations.push({ version: newest, kind: "CALENDAR" });
  return violations;
}
