// Search by name, address and number, shared by customers and orders: a table that is searched has a column `search_tokens
// text[]` under a GIN index and a column `search_text`, both made here; a query asks for them by `searchCondition`.
import { type SearchField, type SearchIndex, searchIndex, type SearchTerm, searchTerms } from "@bihuan/core/search-text.ts";
import { pinyin } from "pinyin-pro";
import { join, raw, type Sql, sql } from "./sql.ts";

export { type SearchField, type SearchIndex, type SearchTerm, searchTerms };

const LONGEST_PERSON = 4;
const MOST_READ = 24;

const firstLetters = (name: string, surname: "head" | "off"): string =>
  pinyin(name, { pattern: "first", toneType: "none", type: "array", nonZh: "removed", surname }).join("").toLowerCase();

// Names repeat, and an import reads hundreds of thousands: a pure function's answers are kept, up to a number.
const MOST_KEPT = 50_000;
const kept = new Map<string, readonly string[]>();

/**
 * Pinyin initials of a name, lower case. What may be a person's name is read as one too, since surnames have readings of
 * their own (单 shàn, 仇 qiú): such a name has up to two readings.
 */
export function initialsOf(name: string): readonly string[] {
  const known = kept.get(name);
  if (known) return known;
  const read = readInitials(name);
  if (kept.size >= MOST_KEPT) kept.clear();
  kept.set(name, read);
  return read;
}

function readInitials(name: string): string[] {
  const chinese = Array.from(name.matchAll(/\p{Script=Han}/gu), ([character]) => character);
  if (chinese.length === 0) return [];
  const text = chinese.slice(0, MOST_READ).join("");
  const plain = firstLetters(text, "off");
  if (chinese.length > LONGEST_PERSON) return [plain];
  return [...new Set([firstLetters(text, "head"), plain])];
}

/** What a row stores to be found by. In: its fields, the most telling first (their order decides nothing else). */
export const searchIndexOf = (fields: readonly SearchField[]): SearchIndex => searchIndex(fields, initialsOf);

/**
 * The condition that a row fits every term. In: the terms (at least one) and the prefix of the columns, such as `a.`.
 * The index finds candidates by token, the text keeps those that really contain what was typed.
 */
export function searchCondition(terms: readonly SearchTerm[], prefix = ""): Sql {
  const tokens = raw(`${prefix}search_tokens`);
  const text = raw(`${prefix}search_text`);
  const all = [...new Set(terms.flatMap((term) => term.all))];
  const conditions = [
    ...(all.length > 0 ? [sql`${tokens} @> ${all}::text[]`] : []),
    ...terms.filter((term) => term.any.length > 0).map((term) => sql`${tokens} && ${term.any}::text[]`),
    // A term holds letters and digits only, so nothing in it is a wildcard.
    ...terms.map((term) => sql`${text} like ${`%${term.contains}%`}`),
  ];
  return join(conditions, " and ");
}

/**
 * How well a row fits, for ordering: 0 where a whole field is the first term, 1 where a field begins with it, 2 where it stands
 * inside one.
 */
export function searchRank(terms: readonly SearchTerm[], prefix = ""): Sql {
  const text = raw(`${prefix}search_text`);
  const first = terms[0]?.contains ?? "";
  return sql`case when ${text} like ${`%|${first}|%`} then 0 when ${text} like ${`%|${first}%`} then 1 else 2 end`;
}
