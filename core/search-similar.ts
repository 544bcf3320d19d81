// Search that forgives one slip: a wrong, missing, surplus or swapped character in a name, an address or a number, and characters that
// only sound right. Names and places get a few tokens more, by which candidates are found; search-match.ts judges them.
import { type Readings, soundToken } from "./search-sound.ts";
import { lastEight, pairs, type Run, runsOf, type SearchField, searchForm, wholeNumbers } from "./search-text.ts";

const LONGEST_PERSON = 4;
const LATIN_PREFIX = 6;

const hanOf = (text: string): string =>
  runsOf(text)
    .filter((run) => run.chinese)
    .map((run) => run.text)
    .join("");

// A place in an address ends with what it is; 南庄镇 ends with 镇, though 庄 is one too. Shortest first, so that a city does not swallow
// its street.
const placeName =
  /.{1,7}?(?:自治区|自治州|大道|大街|街道|胡同|社区|小区|新村|花园|公寓|广场|大厦|[省市县州盟路街道巷弄村苑庄屯坊镇乡区组湾里城园])(?![路街道巷弄村苑庄屯坊镇乡区组湾里城园])/gu;
const everybodys = /[省市县州盟]$|自治区$/u;

/** The places an address names: streets, communities, villages. Province, city and county are left out: everybody's address has them. */
export const placesIn = (address: string): string[] => [
  ...new Set(
    runsOf(address)
      .filter((run) => run.chinese)
      .flatMap((run) => run.text.match(placeName) ?? [])
      .filter((place) => !everybodys.test(place) && [...place].length > 1),
  ),
];

// A token for three characters whatever the middle one is: the pairs cover a slip in the first or the last.
const around = ([first, , last]: readonly string[]): string => `${first}_${last}`;

const similarTo = (chinese: string, readings: Readings): string[] => {
  const characters = [...chinese];
  return [
    ...readings(chinese).map((syllables) => soundToken(syllables.join(""))),
    ...(characters.length === 3 ? [around(characters)] : []),
  ];
};

/**
 * What a row stores besides what search-text.ts makes of its fields. In: the fields, how Chinese is read. Out: tokens, and full pinyin
 * of persons' names to be added to the text.
 */
export function similarIndex(fields: readonly SearchField[], readings: Readings): { tokens: string[]; texts: string[] } {
  const tokens = new Set<string>();
  const texts = new Set<string>();
  for (const { kind, value } of fields) {
    if (kind === "address")
      for (const place of placesIn(value)) for (const token of similarTo(place, readings)) tokens.add(token);
    const name = kind === "name" ? hanOf(value) : "";
    const length = [...name].length;
    if (length < 2 || length > LONGEST_PERSON) continue;
    for (const token of similarTo(name, readings)) tokens.add(token);
    for (const syllables of readings(name)) {
      const pinyin = syllables.join("");
      texts.add(pinyin);
      tokens.add(pinyin.slice(0, LATIN_PREFIX));
    }
  }
  return { tokens: [...tokens], texts: [...texts] };
}

/** Candidates for a word that holds a slip: rows with all of `all` and, where it is not empty, one of `any`. */
export type Candidates = { readonly all: readonly string[]; readonly any: readonly string[] };

const LEAST_DIGITS = 8;
const MOST_DIGITS = 24;
const MOST_SETS = 32;

/**
 * What could have been meant by a word with one slip in it. Numbers are forgiven from eight digits on: four wrong digits fit a thousand
 * accounts. Empty where nothing is to be forgiven.
 */
export function similarCandidates(word: string, readings: Readings): Candidates[] {
  const form = searchForm(word);
  const runs = runsOf(word);
  if (!runs.some((run) => run.chinese)) {
    if (/^[a-z]{4,}$/.test(form)) return [{ all: [soundToken(form)], any: [] }];
    const digits = /\d{6}/.test(form) && form.length >= LEAST_DIGITS && form.length <= MOST_DIGITS;
    return digits ? [{ all: [], any: slipTokens(form) }] : [];
  }
  const numbers = wholeNumbers(runs);
  const sets = [...bySound(word, runs, readings), ...bySlip(runs)].map((tokens) => [...new Set([...tokens, ...numbers])].sort());
  const distinct = new Map(sets.map((tokens) => [tokens.join(" "), tokens]));
  return [...distinct.values()].slice(0, MOST_SETS).map((all) => ({ all, any: [] }));
}

const DIGITS = [..."0123456789"];

/** Every number one slip away. */
export function numberSlips(typed: string): Set<string> {
  const slips = new Set<string>();
  for (let at = 0; at <= typed.length; at++) {
    const [before, here, next, after] = [typed.slice(0, at), typed[at] ?? "", typed[at + 1] ?? "", typed.slice(at + 1)];
    for (const digit of DIGITS) {
      slips.add(before + digit + here + after);
      if (here !== "") slips.add(before + digit + after);
    }
    if (here !== "") slips.add(before + after);
    if (next !== "") slips.add(before + next + here + typed.slice(at + 2));
  }
  slips.delete(typed);
  return slips;
}

const slipTokens = (typed: string): string[] => [
  ...new Set([typed, ...numberSlips(typed)].filter((number) => number.length >= LEAST_DIGITS).map(lastEight)),
];

function bySound(word: string, runs: readonly Run[], readings: Readings): string[][] {
  const chinese = hanOf(word);
  const length = [...chinese].length;
  const name = runs.length === 1 && length >= 2 && length <= LONGEST_PERSON ? [chinese] : [];
  const places = placesIn(word).flatMap((place) => readings(place).slice(0, 1));
  return [
    ...name.flatMap((one) => readings(one).map((syllables) => [soundToken(syllables.join(""))])),
    ...(places.length > 0 ? [places.map((syllables) => soundToken(syllables.join("")))] : []),
  ];
}

// For each place a slip may be at: the pairs it leaves whole. What was swapped is swapped back.
function bySlip(runs: readonly Run[]): string[][] {
  const chinese = runs.filter((run) => run.chinese).map((run) => [...run.text]);
  const sets: string[][] = [];
  for (const [index, run] of chinese.entries()) {
    const others = chinese.filter((_, other) => other !== index).flatMap((other) => pairs(other.join("")));
    const add = (tokens: readonly string[]) => {
      if (tokens.length + others.length > 0) sets.push([...tokens, ...others]);
    };
    for (let at = 0; at + 1 < run.length; at++)
      add(
        pairs(
          run
            .with(at, run[at + 1] as string)
            .with(at + 1, run[at] as string)
            .join(""),
        ),
      );
    if (run.length === 2) add([`${run[0]}_${run[1]}`]);
    if (run.length === 3) {
      add([around(run)]);
      add([`${run[0]}${run[2]}`]);
    }
    for (let at = 0; run.length > 2 && at < run.length; at++)
      add([...pairs(run.slice(0, at).join("")), ...pairs(run.slice(at + 1).join(""))]);
  }
  return sets;
}
