// Personal data as it is shown without need to know. Masking twice changes nothing, so a masked value may pass anywhere.
import { type Refusal, refuse } from "../refusal.ts";

const HIDDEN = "***";
const LEAST_REASON = 4;

/**
 * A telephone number: 138****5678, 0571-****4321. Numbers of up to six digits are service numbers (95598, 12345) and belong
 * to nobody.
 */
export function maskPhone(phone: string): string {
  // An extension, as it is stored (x8) or said (转8), is nobody's number without the one before it.
  const extension = /^(.*\d)\s*(?:x|转)\s*(\d{1,6})$/u.exec(phone);
  if (extension) return `${maskPhone(extension[1] as string)}转${extension[2] as string}`;
  if (/^(?:\d{3}|0\d{2,3}-)?\*{4,}\d{2,4}$/.test(phone)) return phone;
  const digits = (phone.match(/\d/g) ?? []).length;
  if (digits <= 6) return phone;
  const area = /^\s*(?:\+?86[\s-]?)?\(?(0\d{2,3})[\s)-]*(?=[\d\s-]{7,})/.exec(phone);
  if (area) return `${area[1]}-${hide(compact(phone.slice(area[0].length)), 0, 4)}`;
  const bare = compact(phone).replace(/^\+?86(?=1\d{10}$)/, "");
  return /^1\d{10}$/.test(bare) ? hide(bare, 3, 4) : hide(bare, digits > 9 ? 3 : 0, digits > 7 ? 4 : 2);
}

/** A number of an identity document or business licence: the first three and the last four characters stay. */
export function maskIdNumber(idNumber: string): string {
  const bare = idNumber.trim();
  return bare.length <= 7 ? "*".repeat(bare.length) : hide(bare, 3, 4);
}

const compound = new Set("欧阳 司马 上官 诸葛 东方 皇甫 尉迟 公孙 慕容 令狐 宇文 长孙 司徒 夏侯 轩辕 端木 南宫 独孤".split(" "));

/** A person's name: 王*, 王**, 欧阳*. Names in other scripts keep their first letter. Not for companies, whose names are public. */
export function maskName(name: string): string {
  const characters = [...name.trim()];
  if (characters.length <= 1) return characters.length === 0 ? "" : "*";
  if (!/\p{Script=Han}/u.test(characters[0] as string)) return characters[0] === "*" ? name : `${characters[0]}${HIDDEN}`;
  const kept = characters.length > 2 && compound.has(characters.slice(0, 2).join("")) ? 2 : 1;
  return characters.slice(0, kept).join("") + "*".repeat(characters.length - kept);
}

// An address from the top: province, city, district, township; then the road or community, which is where it stops.
const administrative =
  /^(?:[^\d*]{1,8}?(?:省|自治区|特别行政区))?(?:[^\d*]{1,8}?(?:市|自治州|地区|盟))?(?:[^\d*]{1,8}?(?:(?<!小|社)区|县|旗|市))?(?:[^\d*]{1,10}?(?:街道|镇|乡|苏木))?/u;
const roadOrCommunity = /^[^*]{1,14}?(?:大道|大街|胡同|社区|小区|新村|花园|公寓|路|街|道|巷|弄|村|苑|庄|屯|坊)/u;

/** An address down to its road or community: 杭州市西湖区文三路***. Where none is recognised its digits are hidden. */
export function maskAddress(address: string): string {
  const text = address.trim();
  const upper = administrative.exec(text)?.[0] ?? "";
  const rest = text.slice(upper.length);
  const road = roadOrCommunity.exec(rest)?.[0] ?? "";
  const kept = upper + road;
  if (kept === "") return text.replaceAll(/\d/g, "*");
  const hidden = text.slice(kept.length);
  return hidden === "" ? kept : `${kept}${HIDDEN}`;
}

/** Telephone and identity numbers inside free text; every other word stays. */
export const maskText = (text: string): string =>
  text
    .replaceAll(/(?<![\dA-Za-z])\d{17}[\dXx](?![\dA-Za-z])/g, (number) => maskIdNumber(number))
    .replaceAll(/(?<![\d-])(?:\+?86[\s-]?)?1[3-9]\d(?:[\s-]?\d{4}){2}(?!\d)/g, (number) => maskPhone(number))
    .replaceAll(/(?<![\d-])0\d{2,3}-?[2-9]\d{6,7}(?!\d)/g, (number) => maskPhone(number));

/** Why somebody may not see the full value yet: unmasking needs a reason somebody else can judge later. */
export const unmaskReasonRefusal = (reason: string): Refusal | null =>
  [...reason.trim()].length < LEAST_REASON ? refuse("identity.reason-required", { minimum: LEAST_REASON }) : null;

const compact = (text: string): string => text.replaceAll(/[\s()-]/g, "");

function hide(text: string, head: number, tail: number): string {
  return text.slice(0, head) + "*".repeat(Math.max(0, text.length - head - tail)) + text.slice(text.length - tail);
}
