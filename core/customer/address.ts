// Two people write one address in two ways. The key is equal where the place is: it serves the hint "somebody already called
// from here", never as an address to show.

const numerals: Readonly<Record<string, number>> = {
  零: 0,
  〇: 0,
  一: 1,
  二: 2,
  两: 2,
  三: 3,
  四: 4,
  五: 5,
  六: 6,
  七: 7,
  八: 8,
  九: 9,
};

/** 1 to 99 in Chinese numerals, or digits read one by one (五〇一); null for anything else. */
function readNumeral(text: string): string | null {
  const tens = /^([一二三四五六七八九])?十([一二三四五六七八九])?$/.exec(text);
  if (tens) return String((tens[1] ? (numerals[tens[1]] as number) : 1) * 10 + (tens[2] ? (numerals[tens[2]] as number) : 0));
  const each = [...text].map((character) => numerals[character]);
  return each.some((digit) => digit === undefined) ? null : each.join("");
}

const counted = "号楼|号院|号|栋|幢|座|单元|层|楼|室|房|户|组|村民小组|期|区|巷|弄|队|社";
// Province, city, county: left out by most callers. A 区 counts as a county only behind a city, and not in 小区, 社区 and the like.
const administrative =
  /^(?:[^\d]{2,8}?(?:省|自治区|特别行政区))?(?:[^\d]{2,8}?(?:市|自治州|地区|盟)(?:[^\d]{1,8}?(?:(?<![小社园校库矿林景片灶])区|县|旗))?)?/u;

/**
 * The comparison key of an address. In: the address as written. Out: lower case, no blanks or punctuation, without province,
 * city and county, house parts by one word each (幢/座/号楼 → 栋, 房/户 → 室), Chinese numerals before them as digits. Empty for
 * an address that holds no letter or digit.
 */
export function addressKey(address: string): string {
  const plain = address
    .normalize("NFKC")
    .toLowerCase()
    .replace(/(?<=\p{N})\s*[-–—~#、，,.\s]\s*(?=\p{N})/gu, "-")
    .replace(/[^\p{L}\p{N}-]/gu, "")
    .replace(/(?<!\p{N})-|-(?!\p{N})/gu, "");
  const local = plain.replace(administrative, "") || plain;
  return (
    local
      .replace(
        new RegExp(`(第)?([零〇一二两三四五六七八九十]{1,4})(?=${counted})`, "gu"),
        (whole, _ordinal, numeral: string) => readNumeral(numeral) ?? whole,
      )
      .replace(/第(?=\d)/g, "")
      .replace(/(?<=\d)(?:号楼|号院|幢|座|楼(?=\d|$))/g, "栋")
      .replace(/(?<=[a-z])(?:幢|座|号楼)/g, "栋")
      .replace(/(?<=\d)(?:房|户)(?:间)?/g, "室")
      .replace(/(?<=\d)村民小组/g, "组")
      .replace(/(?<=\d)室$/g, "")
      // 3栋2单元501 and 3-2-501 are one place.
      .replace(/(?<=\d)(?:栋|单元|室)(?=\d)/g, "-")
  );
}
