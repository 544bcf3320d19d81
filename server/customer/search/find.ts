// The desk's one box: accounts by whatever a caller says, exactly first, and with one slip forgiven where that finds little.
import type { Because, FoundAccount } from "@bihuan/contract/customer-found.ts";
import type { CustomerId } from "@bihuan/core/customer/customer.ts";
import { normalisePhone, spellings, withoutExtension } from "@bihuan/core/customer/phone.ts";
import { maskName } from "@bihuan/core/identity/masking.ts";
import { can, regionsReached } from "@bihuan/core/identity/scope.ts";
import { matchKinds, matchOf } from "@bihuan/core/search-match.ts";
import { searchForm } from "@bihuan/core/search-text.ts";
import type { Database, Queryable } from "../../platform/database.ts";
import { searchTerms, searchWords, similarCondition, soundsOf } from "../../platform/search-text.ts";
import { type Sql, sql } from "../../platform/sql.ts";
import { type Editor, withinReach } from "../reach.ts";
import { accountRow, todayAt } from "../view.ts";
import { explain } from "./explain.ts";
import {
  type AccountFound,
  type AccountKey,
  type AccountSearch,
  accountsAt,
  accountsFitting,
  candidateAccounts,
  searching,
} from "./search.ts";

/** An account as it is found; when the customer was last heard of is added by those who know. */
export type Found = Omit<FoundAccount, "lastContactAt" | "openOrders">;
export type Finding = { readonly rows: readonly Found[]; readonly more: number; readonly moreAtLeast: boolean };

const nothing: Finding = { rows: [], more: 0, moreAtLeast: false };
/** Fewer exact ones than this, and what only resembles is looked for as well. */
const LITTLE = 5;
const MOST_CANDIDATES = 400;

const LONG = 10;

/** A number typed in groups (138 0013 8000) is one number; a house (3-501) stays as it is. */
function joined(text: string): string {
  const phone = withoutExtension(normalisePhone(text) ?? "");
  if (/^\d+$/.test(phone)) return phone;
  const plain = text.normalize("NFKC").replaceAll(/[\s-]/g, "");
  return plain.length >= LONG && /^\d+$/.test(plain) ? plain : text;
}

/**
 * Finds accounts. In: who asks, what was typed, how many rows, the instant. Out: the best first, each with why it is there, what tells
 * it from those that read the same, and how many more fit.
 */
export const findAccounts = (db: Database, editor: Editor, text: string, limit: number, nowMs: number): Promise<Finding> => {
  const typed = joined(text);
  return searchWords(typed).length === 0
    ? Promise.resolve(nothing)
    : searching(db, (tx) => findWithin(tx, editor, typed, searchFor(editor, typed, limit, nowMs)));
};

const searchFor = (editor: Editor, typed: string, limit: number, nowMs: number): AccountSearch => ({
  terms: searchTerms(typed),
  filter: {},
  within: withinReach(editor, ["customer.read"], undefined),
  after: null,
  limit,
  today: todayAt(editor.tree, editor.scope.homeUnitId, nowMs),
  withContacts: true,
});

async function findWithin(tx: Queryable, editor: Editor, typed: string, search: AccountSearch): Promise<Finding> {
  const { rows, found, tooMany } = await accountsFitting(tx, search);
  // A landline that was typed with its area code may stand on file without it.
  const local = found === 0 ? spellings(typed)[1] : undefined;
  if (local !== undefined) return findWithin(tx, editor, local, { ...search, terms: searchTerms(local) });
  const { limit } = search;
  const words = searchWords(typed).map(searchForm);
  const exact = explained(editor, words, rows, false);
  const certain = exact.some(({ because }) => because.some(({ part, how }) => how === "whole" && isNumber(part)));
  if (found >= Math.min(LITTLE, limit) || certain)
    return { rows: apart(editor, exact), more: found - rows.length, moreAtLeast: tooMany };
  const similar = await similarAccounts(tx, search, typed, words, rows);
  const shown = similar.keys.slice(0, limit - rows.length);
  const tolerant = shown.length === 0 ? [] : explained(editor, words, await accountsAt(tx, search, shown), true);
  return {
    rows: apart(editor, [...exact, ...tolerant]),
    more: similar.keys.length - shown.length,
    moreAtLeast: similar.more,
  };
}

const isNumber = (part: Because["part"]): boolean => part === "account-no" || part === "phone" || part === "customer-no";

/** Accounts that fit with one slip, the likeliest first, without those that were found already. */
async function similarAccounts(
  tx: Queryable,
  search: AccountSearch,
  typed: string,
  words: readonly string[],
  known: readonly AccountKey[],
): Promise<{ keys: AccountKey[]; more: boolean }> {
  const condition = similarCondition(typed, "a.");
  if (condition === null) return { keys: [], more: false };
  const had = new Set(known.map(({ regionId, accountNo }) => `${regionId} ${accountNo}`));
  const candidates = await candidateAccounts(tx, search, condition, MOST_CANDIDATES);
  const judged = candidates.flatMap(({ text, ...key }) => {
    const score = had.has(`${key.regionId} ${key.accountNo}`) ? null : scoreOf(words, text.split("|"));
    return score === null ? [] : [{ key, score }];
  });
  judged.sort((a, b) => a.score - b.score || (a.key.accountNo < b.key.accountNo ? -1 : 1));
  return { keys: judged.map(({ key }) => key), more: candidates.length === MOST_CANDIDATES };
}

// The lower the better; null where some word does not stand there even so. Of a field of about the same length a word is likelier meant.
function scoreOf(words: readonly string[], fields: readonly string[]): number | null {
  let score = 0;
  for (const word of words) {
    const best = Math.min(
      ...fields.map((field) => {
        const how = matchOf(word, field, soundsOf);
        return how === null
          ? Number.POSITIVE_INFINITY
          : matchKinds.indexOf(how) * 100 + Math.min(99, Math.abs(field.length - word.length));
      }),
    );
    if (best === Number.POSITIVE_INFINITY) return null;
    score += best;
  }
  return score;
}

/** Rows with the reasons why they are shown. */
const explained = (
  { tree }: Editor,
  words: readonly string[],
  rows: readonly AccountFound[],
  tolerant: boolean,
): (Found & { readonly source: AccountFound })[] =>
  rows.map((row) => {
    const { because, phone, name } = explain(words, row);
    const shown = accountRow(tree, { ...row, phone: phone ?? row.phone });
    return {
      ...shown,
      // What was typed in full is no secret to who typed it.
      ...(name === "whole" ? { customerName: row.customerName ?? "" } : {}),
      because,
      tolerant,
      apart: null,
      source: row,
    };
  });

const addressEnd = /(?:\d+\D{0,3}){1,2}$/u;

/** Says of rows that would read the same what tells them apart: the end of the name and of the address, no more than is needed. */
function apart({ scope, tree }: Editor, rows: readonly (Found & { readonly source: AccountFound })[]): Found[] {
  const reads = (row: Found) => `${row.customerName}|${row.address ?? ""}`;
  const alike = Map.groupBy(rows, reads);
  return rows.map(({ source, ...row }) => {
    const namesakes = alike.get(reads(row)) ?? [];
    if (namesakes.length < 2 || !can(scope, tree, "personal-data.unmask", source.unitId)) return row;
    const end = source.address === null ? null : (addressEnd.exec(source.address.trim())?.[0] ?? null);
    return {
      ...row,
      apart: {
        name: row.customerName.includes("*") ? nameEnd(source.customerName ?? "") : row.customerName,
        address: end === null ? row.address : `…${end}`,
      },
    };
  });
}

function nameEnd(name: string): string {
  const characters = [...name];
  return characters.length > 1 ? `${"*".repeat(characters.length - 1)}${characters.at(-1)}` : maskName(name);
}

/** Accounts whose customer or contact has a telephone number, as the telephone system tells it; the likeliest first. */
export async function accountsByPhone(
  db: Database,
  editor: Editor,
  phone: string,
  limit: number,
  nowMs: number,
): Promise<Finding> {
  const keys = await db.rows<AccountKey>(sql`
    select distinct a.region_id "regionId", a.account_no "accountNo" from ${reachedBy(editor, phone)} order by 1, 2 limit 100`);
  const found = await accountsAt(db, searchFor(editor, phone, limit, nowMs), keys.slice(0, limit));
  const rows = explained(editor, [searchForm(phone)], found, false);
  return { rows: apart(editor, rows), more: Math.max(0, keys.length - limit), moreAtLeast: keys.length === 100 };
}

/** Customers within reach who have a number. Out: their ids, at most ten. */
export const customersByPhone = async (db: Queryable, editor: Editor, phone: string): Promise<CustomerId[]> =>
  (
    await db.rows<{ customerId: CustomerId }>(sql`
      select distinct a.customer_id::text "customerId" from ${reachedBy(editor, phone)} order by 1 limit 10`)
  ).map((row) => row.customerId);

// A switchboard calls under its number, its file has the extension behind it (x801): those stand next to each other in the index.
const reachedBy = (editor: Editor, phone: string): Sql => sql`unnest(${spellings(phone)}::text[]) n (phone)
    join customer_contact p on p.region_id = any(${regionsReached(editor.scope, editor.tree, "customer.read")}::smallint[])
      and p.phone >= n.phone collate "C" and p.phone < n.phone || 'y' collate "C" and (p.phone = n.phone or p.phone like n.phone || 'x%')
    join customer_account a on a.region_id = p.region_id and a.customer_id = p.customer_id
      and ${withinReach(editor, ["customer.read"], undefined)}`;
