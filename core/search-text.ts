// Search by any fragment a person remembers: characters of a name, part of an address, the end of a number, pinyin initials.
// A row keeps `tokens` (an inverted index finds the few rows that could fit) and `text` (a comparison keeps those that do).
//
// Trigrams cannot serve Chinese: a name has two or three characters and people type one or two. So Chinese is cut into
// pairs of characters, names into single ones besides. Numbers are found by their last four, by their last eight, and by all
// but their last four: a beginning shorter than that is shared by half a city (account numbers of one county, orders of one
// day). What else was typed is left to the comparison.

export type SearchField = {
  /** `name`: single characters and pinyin initials too. `number`: a telephone, account or order number. `subject`: as an address. */
  readonly kind: "name" | "address" | "number" | "subject";
  readonly value: string;
};
export type SearchIndex = { readonly tokens: string[]; readonly text: string };

/** Pinyin initials of a Chinese name, lower case, a reading each (`["dxm", "sxm"]`); empty where it holds no Chinese. */
export type Initials = (name: string) => readonly string[];

/** One word of what was typed. A row fits when it has all of `all`, one of `any` (where not empty), and `text` contains `contains`. */
export type SearchTerm = { readonly all: readonly string[]; readonly any: readonly string[]; readonly contains: string };

const SEPARATOR = "|";
const PREFIX = 6;
const MOST_TERMS = 6;

/** A stretch of Chinese, or of anything else that is a letter or a digit. */
export type Run = { readonly text: string; readonly chinese: boolean };

const letterOrDigit = /[\p{L}\p{N}]/u;
const han = /\p{Script=Han}/u;

// Whether a character is Chinese (2), another letter or digit (1), or neither (0). An import asks this tens of millions of
// times, so the common ranges come before the tables of Unicode.
function kindOf(character: string): 0 | 1 | 2 {
  const code = character.codePointAt(0) as number;
  if (code >= 0x4e00 && code <= 0x9fff) return 2;
  if (code < 0x80) return (code >= 0x30 && code <= 0x39) || (code >= 0x61 && code <= 0x7a) ? 1 : 0;
  return !letterOrDigit.test(character) ? 0 : han.test(character) ? 2 : 1;
}

/** Stretches of Chinese and stretches of anything else, plain and in lower case; punctuation and blanks stand between them. */
export function runsOf(value: string): Run[] {
  const runs: Run[] = [];
  let text = "";
  let kind: 0 | 1 | 2 = 0;
  for (const character of value.normalize("NFKC").toLowerCase()) {
    const next = kindOf(character);
    if (next !== kind) {
      if (kind !== 0) runs.push({ text, chinese: kind === 2 });
      text = "";
      kind = next;
    }
    if (kind !== 0) text += character;
  }
  if (kind !== 0) runs.push({ text, chinese: kind === 2 });
  return runs;
}

const formOf = (runs: readonly Run[]): string => runs.map((run) => run.text).join("");

/** Full-width forms plain, lower case, letters and digits only. Fields are stored and compared in this form. */
export const searchForm = (value: string): string => formOf(runsOf(value));

/** Each two neighbours of a stretch of Chinese. */
export const pairs = (chinese: string): string[] => {
  const found: string[] = [];
  let before = "";
  for (const character of chinese) {
    if (before !== "") found.push(before + character);
    before = character;
  }
  return found;
};

const prefixes = (word: string): string[] =>
  Array.from({ length: Math.min(PREFIX, word.length) - 1 }, (_, index) => word.slice(0, index + 2));

// The marks keep the end of a number apart from its beginning and from short words: `…8000`, `1380013…`.
const OPEN_END = 4;
const lastFour = (number: string) => `…${number.slice(-4)}`;
/** The token of a number's end; of one with at least eight characters. */
export const lastEight = (number: string) => `…${number.slice(-8)}`;
const beginning = (part: string) => `${part}…`;

function numberTokens(number: string): string[] {
  if (number.length < 4) return number === "" ? [] : [number];
  if (number.length < 8) return [lastFour(number)];
  return [lastFour(number), lastEight(number), beginning(number.slice(0, -OPEN_END))];
}

const wordTokens = (word: string): string[] =>
  /\p{N}/u.test(word) ? numberTokens(word) : word.length === 1 ? [word] : prefixes(word);

const runTokens = (run: Run, kind: SearchField["kind"]): string[] =>
  !run.chinese ? wordTokens(run.text) : kind === "name" ? [...pairs(run.text), ...run.text] : pairs(run.text);

/**
 * What a row stores. In: its searchable fields, the most telling first, and the reading of names. Out: distinct tokens, and
 * the fields in search form, each between `|`.
 */
export function searchIndex(fields: readonly SearchField[], initialsOf: Initials): SearchIndex {
  const tokens = new Set<string>();
  const texts: string[] = [];
  const readings: string[] = [];
  for (const field of fields) {
    const runs = runsOf(field.value);
    const form = formOf(runs);
    if (form === "") continue;
    texts.push(form);
    if (field.kind === "number") for (const token of numberTokens(form)) tokens.add(token);
    else for (const run of runs) for (const token of runTokens(run, field.kind)) tokens.add(token);
    if (field.kind !== "name") continue;
    for (const initials of initialsOf(field.value)) {
      readings.push(initials);
      for (const token of prefixes(initials)) tokens.add(token);
    }
  }
  const all = [...new Set([...texts, ...readings])];
  return { tokens: [...tokens], text: all.length === 0 ? "" : `${SEPARATOR}${all.join(SEPARATOR)}${SEPARATOR}` };
}

/** Reads what was typed: up to six words, all of which a row must fit. Empty where nothing can be searched for. */
export const searchTerms = (typed: string): SearchTerm[] =>
  searchWords(typed)
    .map(termOf)
    .filter((term) => term !== null);

/** What was typed, word by word; what holds no letter or digit is left out. */
export const searchWords = (typed: string): string[] =>
  typed
    .split(/[\s,;，；、。]+/)
    .filter((word) => runsOf(word).length > 0)
    .slice(0, MOST_TERMS);

function termOf(word: string): SearchTerm | null {
  const runs = runsOf(word);
  const contains = formOf(runs);
  if (runs.length === 0) return null;
  if (runs.every((run) => !run.chinese) && /\p{N}/u.test(contains) && contains.length >= 4) {
    // Typed with hyphens it may also be an address such as `3-501`, kept as words.
    const words = runs.length > 1 ? wordTokens(runs.at(-1)?.text ?? "").slice(0, 1) : [];
    return { all: [], any: [...numberAlternatives(contains), ...words], contains };
  }
  const all = [...runs.filter((run) => run.chinese).flatMap((run) => pairs(run.text)), ...wholeNumbers(runs)];
  if (all.length > 0) return { all: [...new Set(all)], any: [], contains };
  // No pair to go by: whole short words and single characters.
  const short = runs.flatMap((run) => (run.chinese ? [] : [wordKey(run.text)]));
  return { all: short.length > 0 ? [...new Set(short)] : [[...contains][0] as string], any: [], contains };
}

/** The tokens of numbers between two Chinese words, which are whole: 解放路128号 asks for 128 besides, or it would fit all of 解放路. */
export const wholeNumbers = (runs: readonly Run[]): string[] =>
  runs
    .filter((run, at) => !run.chinese && runs[at - 1]?.chinese && runs[at + 1]?.chinese)
    .flatMap((run) => wordTokens(run.text).slice(0, 1));

// The end of a number, or its beginning with one to four characters still to come.
const numberAlternatives = (typed: string): string[] => [
  typed.length >= 8 ? lastEight(typed) : lastFour(typed),
  ...Array.from({ length: OPEN_END }, (_, short) => typed.slice(0, typed.length - short))
    .filter((part) => part.length >= OPEN_END)
    .map(beginning),
];

const wordKey = (word: string): string => (/\p{N}/u.test(word) ? (numberTokens(word)[0] as string) : word.slice(0, PREFIX));
