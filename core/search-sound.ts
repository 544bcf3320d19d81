// How Chinese sounds, as a key: two names that a listener could confuse have the same one. Pinyin comes from outside, tones removed.

/** The readings of a Chinese text, a list of syllables each (`[["wang", "xiao", "ming"]]`): several where a surname is read in two ways. */
export type Readings = (chinese: string) => readonly (readonly string[])[];

/**
 * Pinyin with those differences taken out that are seldom heard on a telephone: zh/z, ch/c, sh/s, ang/an, eng/en, ing/in, l/n before a
 * vowel, ü/u. In: letters, of one syllable or of several put together; a key of a whole name is folded whole.
 */
export const foldSound = (pinyin: string): string =>
  pinyin
    .toLowerCase()
    .replaceAll(/[^a-zü]/g, "")
    .replaceAll(/[üv]/g, "u")
    .replaceAll(/([zcs])h/g, "$1")
    .replaceAll("ng", "n")
    .replaceAll(/n(?=[aeiou])/g, "l");

// No fragment holds a tilde: the keys live among the tokens of search-text.ts.
const MARK = "~";

/** The token of a sound. In: pinyin, with or without blanks. */
export const soundToken = (pinyin: string): string => MARK + foldSound(pinyin);

/** How a character may sound, folded, in all its readings; empty for what is not Chinese. */
export type SoundsOf = (character: string) => readonly string[];

/** Whether two characters are the same or sound alike. */
export const soundAlike = (a: string, b: string, soundsOf: SoundsOf): boolean =>
  a === b || soundsOf(a).some((sound) => soundsOf(b).includes(sound));
