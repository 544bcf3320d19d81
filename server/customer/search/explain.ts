// Why an account is shown for what was typed: of each word, the part it stands for best and how it stands there.
import type { Because, MatchedPart } from "@bihuan/contract/customer-found.ts";
import { withoutExtension } from "@bihuan/core/customer/phone.ts";
import { matchOf } from "@bihuan/core/search-match.ts";
import { searchForm } from "@bihuan/core/search-text.ts";
import { initialsOf, readingsOf, soundsOf } from "../../platform/search-text.ts";
import type { AccountFound } from "./search.ts";

type How = Because["how"];
const order: readonly How[] = [
  "whole",
  "beginning",
  "initials",
  "pinyin",
  "piece",
  "sounds",
  "swapped",
  "wrong",
  "missing",
  "extra",
];

type Part = { readonly part: MatchedPart; readonly value: string; readonly phone?: string };

const partsOf = (row: AccountFound): Part[] => [
  { part: "account-no", value: row.accountNo },
  ...(row.customerNo === null ? [] : [{ part: "customer-no" as const, value: row.customerNo }]),
  ...row.contacts.map(({ phone }) => ({ part: "phone" as const, value: phone, phone })),
  ...(row.customerName === null ? [] : [{ part: "name" as const, value: row.customerName }]),
  ...row.contacts.flatMap(({ name, phone }) =>
    name === null || name === row.customerName ? [] : [{ part: "contact-name" as const, value: name, phone }],
  ),
  ...(row.address === null ? [] : [{ part: "address" as const, value: row.address }]),
];

function howIn(word: string, { part, value }: Part): How | null {
  const field = searchForm(part === "phone" ? withoutExtension(value) : value);
  const exact = matchOf(word, field, soundsOf);
  if (!/^[a-zü]+$/.test(word) || (part !== "name" && part !== "contact-name")) return exact;
  if (exact !== null) return exact;
  if (initialsOf(value).some((initials) => initials.startsWith(word))) return "initials";
  const spelt = readingsOf(value).map((syllables) => syllables.join(""));
  if (spelt.some((pinyin) => pinyin.startsWith(word))) return "pinyin";
  return spelt.some((pinyin) => matchOf(word, pinyin, soundsOf) === "sounds") ? "sounds" : null;
}

/**
 * Explains a row. In: the words typed, in search form; the row with everybody who can be called about it. Out: a reason a word, the number
 * to show where one was typed or belongs to the contact who was named, and how the customer's name was typed.
 */
export function explain(
  words: readonly string[],
  row: AccountFound,
): { readonly because: Because[]; readonly phone: string | null; readonly name: How | null } {
  const parts = partsOf(row);
  let phone: string | null = null;
  let name: How | null = null;
  const because = words.flatMap((word): Because[] => {
    let best: { readonly part: Part; readonly how: How } | null = null;
    for (const part of parts) {
      const how = howIn(word, part);
      if (how !== null && (best === null || order.indexOf(how) < order.indexOf(best.how))) best = { part, how };
    }
    if (best === null) return [];
    if (best.part.phone !== undefined) phone = best.part.phone;
    if (best.part.part === "name") name = best.how;
    return [{ word, part: best.part.part, how: best.how }];
  });
  return { because, phone, name };
}
