// What a person's own password must be like. Length counts most; the rest follows what assessors of GB/T 22239 ask for.
import { type Refusal, refuse } from "../refusal.ts";

const MINIMUM_LENGTH = 10;
const MAXIMUM_LENGTH = 128;
const PHRASE_LENGTH = 16;
/** Passwords that may not come back, the current one included. */
export const REMEMBERED_PASSWORDS = 5;

// Stems people reach for first; with digits or signs behind or before them they are no better.
const stems = new Set(
  (
    "password passw0rd pass word admin administrator root user guest test welcome hello login letmein secret changeme default " +
    "qwerty qwertyuiop asdfgh asdfghjkl zxcvbn zxcvbnm qazwsx qwer asdf zxcv abc abcd abcde abcdef abcdefg iloveyou woaini " +
    "monkey dragon master sunshine princess football baseball superman bihuan 闭环 sgcc csg guowang nanwang dianwang gongdian " +
    "dianli power electric zhongguo china 国网 南网 电网 供电 电力 密码 管理员"
  ).split(" "),
);

/** The password as it is compared and hashed: one spelling for texts that look alike (Unicode NFKC). */
export const normalisePassword = (password: string): string => password.normalize("NFKC");

const classes = [/\p{Lu}/u, /\p{Ll}/u, /\p{Nd}/u, /[^\p{Lu}\p{Ll}\p{Nd}\s]/u];

/** Whether the text is a run or a repetition a child could type: 1234567890, aaaaaaaaaa, abcabcabc. */
function monotonous(text: string): boolean {
  if (/^(.{1,4})\1+$/u.test(text) || "01234567890123456789 09876543210987654321".includes(text)) return true;
  const codes = [...text].map((character) => character.codePointAt(0) as number);
  const step = (codes[1] ?? 0) - (codes[0] ?? 0);
  return Math.abs(step) <= 1 && codes.every((code, index) => index === 0 || code - (codes[index - 1] as number) === step);
}

/** Why a password is not good enough, or null. In: the password as typed and the account it is for. */
export function passwordRefusal(typed: string, account: string): Refusal | null {
  const password = normalisePassword(typed);
  const length = [...password].length;
  if (length < MINIMUM_LENGTH) return refuse("identity.password-too-short", { minimum: MINIMUM_LENGTH });
  if (length > MAXIMUM_LENGTH) return refuse("identity.password-too-long", { maximum: MAXIMUM_LENGTH });
  const lower = password.toLowerCase();
  const stem = lower.replace(/^[^\p{L}]+|[^\p{L}]+$/gu, "");
  const name = account.normalize("NFKC").toLowerCase();
  if (stems.has(stem) || monotonous(lower) || (name.length >= 3 && lower.includes(name)))
    return refuse("identity.password-common");
  if (length < PHRASE_LENGTH && classes.filter((kind) => kind.test(password)).length < 3)
    return refuse("identity.password-too-plain");
  return null;
}
