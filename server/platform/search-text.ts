// Search by name, address and number, shared by customers and orders: a table that is searched has a column `search_tokens
// text[]` under a GIN index and a column `search_text`, both made here; a query asks for them by `searchCondition`.
import { similarCandidates, similarIndex } from "@bihuan/core/search-similar.ts";
import { foldSound } from "@bihuan/core/search-sound.ts";
import {
  type SearchField,
  type SearchIndex,
  searchIndex,
  type SearchTerm,
  searchTerms,
  searchWords,
} from "@bihuan/core/search-text.ts";
import { pinyin } from "pinyin-pro";
import { join, raw, type Sql, sql } from "./sql.ts";

export { type SearchField, type SearchIndex, type SearchTerm, searchTerms, searchWords };

const LONGEST_PERSON = 4;
const MOST_READ = 24;

const firstLetters = (name: string, surname: "head" | "off"): string =>
  pinyin(name, { pattern: "first", toneType: "none", type: "array", nonZh: "removed", surname }).join("").toLowerCase();

// Names repeat, and an import reads hundreds of thousands: a pure function's answers are kept, up to a number.
const MOST_KEPT = 50_000;
function remembering<Answer>(read: (text: string) => Answer): (text: string) => Answer {
  const kept = new Map<string, Answer>();
  return (text) => {
    const known = kept.get(text);
    if (known !== undefined) return known;
    const answer = read(text);
    if (kept.size >= MOST_KEPT) kept.clear();
    kept.set(text, answer);
    return answer;
  };
}

/**
 * Pinyin initials of a name, lower case. What may be a person's name is read as one too, since surnames have readings of
 * their own (单 shàn, 仇 qiú): such a name has up to two readings.
 */
export const initialsOf: (name: string) => readonly string[] = remembering(readInitials);

/** Full pinyin of a name or a place, a syllable a character, tones removed; both readings where a surname has one of its own. */
export const readingsOf: (chinese: string) => readonly (readonly string[])[] = remembering((chinese) => {
  const read = (surname: "head" | "off") =>
    pinyin(chinese, { toneType: "none", type: "array", nonZh: "removed", surname, v: true });
  const plain = read("off");
  const asPerson = plain.length > LONGEST_PERSON ? plain : read("head");
  return asPerson.join(" ") === plain.join(" ") ? [plain] : [asPerson, plain];
});

/** How a character may sound, folded, in all its readings; empty for what is not Chinese. */
export const soundsOf: (character: string) => readonly string[] = remembering((character) =>
  /\p{Script=Han}/u.test(character)
    ? [...new Set(pinyin(character, { multiple: true, toneType: "none", type: "array", v: true }).map(foldSound))]
    : [],
);

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

/** The same for rows that are to be found by sound, by full pinyin and with a slip as well: a quarter more to store. */
export function forgivingIndexOf(fields: readonly SearchField[]): SearchIndex {
  const exact = searchIndexOf(fields);
  const similar = similarIndex(fields, readingsOf);
  const texts = similar.texts.filter((text) => !exact.text.includes(`|${text}|`));
  return {
    tokens: [...new Set([...exact.tokens, ...similar.tokens])],
    text: texts.length === 0 ? exact.text : `${exact.text}${texts.join("|")}|`,
  };
}

/**
 * The condition that a row could be meant by what was typed, with one slip in one of its words: candidates, of which the caller keeps
 * those that core/search-match.ts confirms. Null where nothing is to be forgiven.
 */
export function similarCondition(typed: string, prefix = ""): Sql | null {
  const tokens = raw(`${prefix}search_tokens`);
  const words = searchWords(typed);
  const guesses = words.flatMap((word, at) => {
    const others = words.filter((_, other) => other !== at).flatMap(searchTerms);
    const exact = others.length === 0 ? [] : [searchCondition(others, prefix)];
    return similarCandidates(word, readingsOf).map(({ all, any }) =>
      join(
        [
          ...(all.length > 0 ? [sql`${tokens} @> ${all}::text[]`] : []),
          ...(any.length > 0 ? [sql`${tokens} && ${any}::text[]`] : []),
          ...exact,
        ],
        " and ",
      ),
    );
  });
  return guesses.length === 0 ? null : sql`(${join(guesses, " or ")})`;
}

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
