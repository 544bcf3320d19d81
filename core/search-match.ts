// How a typed word stands in a field: exactly, by sound, or with one slip. Both in search form (letters and digits, lower case).
import { foldSound, soundAlike, type SoundsOf } from "./search-sound.ts";

/** From the best to the worst. */
export const matchKinds = ["whole", "beginning", "piece", "sounds", "swapped", "wrong", "missing", "extra"] as const;
export type MatchKind = (typeof matchKinds)[number];

const han = /\p{Script=Han}/u;
const digit = /\p{N}/u;
const latin = /^[a-zü]+$/;
const OPEN_END = 4;
const LEAST_NUMBER = 8;
const LEAST_NAME = 2;

/** How a word stands in a field, the best way; null where it does not, or only with more than one slip. */
export function matchOf(word: string, field: string, soundsOf: SoundsOf): MatchKind | null {
  if (word === "" || field === "") return null;
  const found = field.indexOf(word);
  if (found >= 0) return word === field ? "whole" : found === 0 ? "beginning" : "piece";
  if (latin.test(word)) return latin.test(field) && foldSound(word) === foldSound(field) ? "sounds" : null;
  const chinese = han.test(word);
  if (!chinese && !(digit.test(word) && word.length >= LEAST_NUMBER)) return null;
  const typed = [...word];
  const there = [...field];
  if (chinese && (!han.test(field) || typed.length < LEAST_NAME)) return null;
  if (chinese && standsBySound(typed, there, soundsOf)) return "sounds";
  let best: MatchKind | null = null;
  for (let start = 0; start < there.length; start++) {
    const slip = slipAt(typed, there, start, chinese);
    if (slip !== null && (best === null || matchKinds.indexOf(slip) < matchKinds.indexOf(best))) best = slip;
  }
  return best;
}

function standsBySound(typed: readonly string[], there: readonly string[], soundsOf: SoundsOf): boolean {
  for (let start = 0; start + typed.length <= there.length; start++)
    if (typed.every((character, at) => soundAlike(character, there[start + at] as string, soundsOf))) return true;
  return false;
}

function slipAt(typed: readonly string[], there: readonly string[], start: number, chinese: boolean): MatchKind | null {
  let at = 0;
  while (at < typed.length && typed[at] === there[start + at]) at++;
  const here = start + at;
  // Of what is left of the word, from one place on, and of the field from another: whether the word ends well there.
  const endsAt = (rest: number, from: number): boolean => {
    for (let step = 0; rest + step < typed.length; step++) if (typed[rest + step] !== there[from + step]) return false;
    const end = from + typed.length - rest;
    // A number is known by its end, or by its beginning with little missing; a piece of its middle is nobody's memory.
    return chinese || end === there.length || (start === 0 && there.length - end <= OPEN_END);
  };
  // Another house is no slip: in an address only characters are forgiven.
  const forgiven = (...characters: (string | undefined)[]) =>
    characters.every((character) => character !== undefined && !(chinese && digit.test(character)));
  const long = !chinese || typed.length > LEAST_NAME;
  if (at + 1 < typed.length && typed[at] === there[here + 1] && typed[at + 1] === there[here])
    if (forgiven(typed[at], typed[at + 1]) && endsAt(at + 2, here + 2)) return "swapped";
  if (long && forgiven(typed[at], there[here]) && endsAt(at + 1, here + 1)) return "wrong";
  if (at > 0 && forgiven(there[here]) && typed.length > at && endsAt(at, here + 1)) return "missing";
  const isLast = at + 1 === typed.length;
  if (long && forgiven(typed[at]) && endsAt(at + 1, here) && (!isLast || here === there.length)) return "extra";
  return null;
}
