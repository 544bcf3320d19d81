import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { type SearchField, type SearchIndex, searchForm, searchIndex, type SearchTerm, searchTerms } from "./search-text.ts";

const readings: Record<string, string[]> = { 王小明: ["wxm"], 单雄: ["sx", "dx"], 红星机械厂: ["hxjxc"] };
const initialsOf = (name: string) => readings[name] ?? [];
const index = (...fields: [SearchField["kind"], string][]) =>
  searchIndex(
    fields.map(([kind, value]) => ({ kind, value })),
    initialsOf,
  );

// What the database does with a term, in words of JavaScript.
const fits = (row: SearchIndex, terms: readonly SearchTerm[]) =>
  terms.every(
    (term) =>
      term.all.every((token) => row.tokens.includes(token)) &&
      (term.any.length === 0 || term.any.some((token) => row.tokens.includes(token))) &&
      row.text.includes(term.contains),
  );
const found = (row: SearchIndex, typed: string) => {
  const terms = searchTerms(typed);
  return terms.length > 0 && fits(row, terms);
};

const row = index(
  ["name", "王小明"],
  ["number", "4301020012345"],
  ["address", "长沙市滨河路12号 3-501室"],
  ["number", "13800138000"],
  ["number", "0731-8888 6666"],
);

const cases: [string, boolean, string][] = [
  ["王", true, "one character of a name"],
  ["小明", true, "two characters of a name"],
  ["王小明", true, "the whole name"],
  ["王明", false, "characters that do not stand side by side"],
  ["河", false, "one character is looked for in names only"],
  ["滨河", true, "two characters of an address"],
  ["滨河路12号", true, "a part of an address with its number"],
  ["滨河路1", true, "a part that is still being typed"],
  ["滨河路13号", false, "another house"],
  ["河滨", false, "the pair the other way round"],
  ["王 滨河", true, "a name and a part of the address"],
  ["王 南湖", false, "a name and another address"],
  ["滨河 12", true, "a part of the address and the house number as a word"],
  ["3-501", true, "stair and door"],
  ["501", true, "a door"],
  ["3", true, "a short number as a word"],
  ["50", false, "a piece of a short number"],
  ["4301020012345", true, "the account number"],
  ["2345", true, "its last four"],
  ["12345", true, "its last five"],
  ["020012345", true, "its last nine"],
  ["430102001", true, "all but its last four"],
  ["430102001234", true, "all but its last"],
  ["43010200", false, "its first eight: too many begin so"],
  ["020012", false, "its middle"],
  ["13800138000", true, "the telephone number"],
  ["138-0013-8000", true, "the telephone number with hyphens"],
  ["１３８００１３８０００", true, "the telephone number in full-width digits"],
  ["8000", true, "its last four"],
  ["1380013", true, "all but its last four"],
  ["8888-6666", true, "a landline without its area code"],
  ["wx", true, "two pinyin initials"],
  ["WXM", true, "all pinyin initials"],
  ["xm", false, "initials from the middle"],
  ["wxz", false, "other initials"],
  ["", false, "nothing"],
  ["!? 、。", false, "punctuation only"],
  ["%", false, "a wildcard is no wildcard"],
];

for (const [typed, expected, what] of cases)
  test(`search: ${what} (${typed}) ${expected ? "finds" : "does not find"} the account`, () =>
    assert.equal(found(row, typed), expected));

test("a number between two Chinese words is asked for as a whole, one at an end may go on", () => {
  const asked = (typed: string) => searchTerms(typed)[0]?.all.filter((token) => /\d/.test(token));
  assert.deepEqual(asked("解放路128号"), ["128"]);
  assert.deepEqual(asked("3栋1单元0501室"), ["1", "…0501"]);
  assert.deepEqual(asked("解放路128"), []);
  assert.deepEqual(asked("解放路12-8号"), []);
});

test("a name is found by each reading of a character that has several", () => {
  const polyphonic = index(["name", "单雄"]);
  assert.ok(found(polyphonic, "sx") && found(polyphonic, "dx"));
});

test("a company is found by a piece of its name, by initials, and by a Latin word's beginning", () => {
  const company = index(["name", "红星机械厂"], ["name", "Foxconn 科技"]);
  for (const typed of ["机械", "厂", "hxj", "hxjxc", "fox", "FOXCONN", "科技"]) assert.ok(found(company, typed), typed);
});

test("an account number with letters is found with and without its hyphens", () => {
  const letters = index(["number", "GY-2024-001"]);
  for (const typed of ["GY-2024-001", "gy2024001", "4001"]) assert.ok(found(letters, typed), typed);
});

test("characters outside the basic plane count as one", () => {
  const rare = index(["name", "𠮷野家"]);
  assert.ok(found(rare, "𠮷") && found(rare, "𠮷野"));
});

test("the stored text keeps fields apart", () => {
  assert.equal(index(["name", "王 小明"], ["number", "12-34"]).text, "|王小明|1234|");
  assert.equal(index().text, "");
});

const han = fc.string({
  unit: fc.integer({ min: 0x4e00, max: 0x9fa5 }).map((code) => String.fromCodePoint(code)),
  minLength: 2,
  maxLength: 30,
});

test("any stretch of two or more characters of an address finds it", () =>
  fc.assert(
    fc.property(han, fc.nat(), fc.nat(), (address, from, length) => {
      const characters = [...address];
      const start = from % (characters.length - 1);
      const part = characters.slice(start, start + 2 + (length % (characters.length - start - 1))).join("");
      return found(index(["address", address]), part);
    }),
  ));

const digits = fc.string({ unit: fc.constantFrom(..."0123456789"), minLength: 4, maxLength: 20 });

test("any end of at least four digits, and any beginning that lacks at most four, finds a number", () =>
  fc.assert(
    fc.property(digits, fc.nat(), (number, cut) => {
      const stored = index(["number", number]);
      const end = number.slice(cut % (number.length - 3));
      const beginning = number.slice(0, number.length - (cut % 5));
      return found(stored, end) && (number.length < 8 || found(stored, beginning));
    }),
  ));

test("a term never carries a wildcard or a separator into the comparison", () =>
  fc.assert(
    fc.property(fc.string({ unit: "binary", maxLength: 40 }), (typed) =>
      searchTerms(typed).every((term) => /^[\p{L}\p{N}]+$/u.test(term.contains) && term.contains === searchForm(term.contains)),
    ),
  ));
