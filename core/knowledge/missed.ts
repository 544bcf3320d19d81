// What was searched for and not found, as the editors may read it: words, without the numbers that lead to a person.

const LONGEST = 60;
const SHORTEST = 2;

// Telephone, account, order and identity numbers have six digits and more, however they are grouped; hot lines (95598, 12398)
// have five and are what people ask about. Numbers are also spoken: 幺三八…
const numbers = /\p{Nd}(?:[\s\p{Pd}.·/_*()+．／＿＊（）＋]*\p{Nd}){5,}[xX]?/gu;
const spoken = /[零〇一二三四五六七八九幺两](?:\s*[零〇一二三四五六七八九幺两]){5,}/gu;
const mail = /[^\s@]+@[^\s@]+/g;

/** Free text without numbers of telephone or account length and without mail addresses. */
export const withoutNumbers = (text: string): string =>
  text
    .replace(/[\p{Cc}\p{Cf}\p{Cs}]/gu, " ")
    .replace(mail, " ")
    .replace(spoken, " ")
    .replace(numbers, " ")
    .replace(/\s+/g, " ")
    .trim();

/**
 * The words of a search as they are kept: the same for everybody who meant the same (case, width, blanks), at most 60
 * characters. Null where nothing is left that an article could be written about.
 */
export function keptWords(typed: string): string | null {
  const words = withoutNumbers(typed.normalize("NFKC"))
    .toLowerCase()
    .replace(/^[\p{P}\p{S}\s]+|[\p{P}\p{S}\s]+$/gu, "");
  const kept = [...words].slice(0, LONGEST).join("").trim();
  return kept.match(/\p{L}/gu) && [...kept].length >= SHORTEST ? kept : null;
}
