// Telephone numbers as customers, files and switchboards write them, brought to one form so that equal numbers compare equal.

const mobile = /^1[3-9]\d{9}$/;
const landline = /^0(?:10|2\d|[3-9]\d{2})[2-9]\d{6,7}$/;
const local = /^[2-9]\d{6,7}$/;
const service = /^(?:[48]00\d{7}|[19]\d{4})$/;
const foreign = /^\+(?!86)[1-9]\d{5,14}$/;

/**
 * Brings a number to its normal form. In: text as written (`+86 138-0013-8000`, `(0731)8888 6666 转 8`, full-width digits).
 * Out: a mobile as 11 digits, a landline with its area code where one was given, a foreign number with `+`, an extension
 * behind `x`; null where it is no number one could call.
 */
export function normalisePhone(text: string): string | null {
  const [head = "", extension, ...more] = text
    .normalize("NFKC")
    .trim()
    .split(/\s*(?:转|分机|ext\.?|[x#])\s*/i);
  if (more.length > 0) return null;
  // `0731-88886666-801`: a third group behind a full landline is an extension.
  const grouped = /^(\(?0\d{2,3}\)?[- ]?\d{7,8})-(\d{1,6})$/.exec(head);
  if (grouped && extension !== undefined) return null;
  const suffix = grouped?.[2] ?? extension;
  if (suffix !== undefined && !/^\d{1,6}$/.test(suffix)) return null;
  const bare = (grouped?.[1] ?? head).replace(/[\s().\-–—·]/g, "");
  const number = withoutCountryCode(bare.replace(/^00(?=[1-9])/, "+"));
  if (![mobile, landline, local, service, foreign].some((form) => form.test(number))) return null;
  return suffix === undefined ? number : `${number}x${suffix}`;
}

// `86` without a plus is only a country code before a mobile: 8-digit local numbers may begin with it.
function withoutCountryCode(number: string): string {
  const national = /^\+86(\d+)$/.exec(number)?.[1];
  if (national === undefined) return /^86(1[3-9]\d{9})$/.exec(number)?.[1] ?? number;
  if (mobile.test(national) || landline.test(national)) return national;
  // Abroad the area code loses its leading zero: +86 731 8888 6666.
  return landline.test(`0${national}`) ? `0${national}` : national;
}

/** How a file may have a number: as it is, and a landline without its area code. In: a number in its normal form. */
export function spellings(phone: string): string[] {
  const local = /^0(?:10|2\d|[3-9]\d{2})([2-9]\d{6,7})$/.exec(phone)?.[1];
  return local === undefined ? [phone] : [phone, local];
}

/** A number without the extension, which is dialled afterwards and belongs to nobody's memory of the number. */
export const withoutExtension = (phone: string): string => phone.replace(/x\d+$/, "");
