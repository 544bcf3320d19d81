// SQL stays plain: `sql` builds parameterised text by template, and nothing else in the server speaks to PostgreSQL.
import sqlTag, { empty, join, raw, type Sql } from "sql-template-tag";

export { empty, join, raw, type Sql };
export const sql = sqlTag;

/** An instant for a timestamptz parameter. In: epoch milliseconds (UTC). Out: ISO 8601 text with Z. */
export const instant = (ms: number): string => new Date(ms).toISOString();

/** Null-safe {@link instant}. */
export const instantOrNull = (ms: number | null | undefined): string | null => (ms == null ? null : instant(ms));
