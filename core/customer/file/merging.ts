// Two files of one customer become one: what makes two files look alike, and what the surviving file holds afterwards.
import { z } from "zod";
import { addressKey } from "../address.ts";
import type { ContactRelation, Importance, SpecialNeedKind } from "../codes.ts";
import { type Facts } from "./facts.ts";
import { completedFacts } from "./facts-change.ts";

export const likenesses = ["CREDIT_CODE", "PHONE_AND_NAME", "NAME_AND_ADDRESS"] as const;
export const Likeness = z.enum(likenesses);
export type Likeness = z.infer<typeof Likeness>;

/** Which of the two files a value is taken from. */
export const Side = z.enum(["SURVIVOR", "MERGED"]);
export type Side = z.infer<typeof Side>;
export const Chosen = z.object({
  name: Side.default("SURVIVOR"),
  customerNo: Side.default("SURVIVOR"),
  importance: Side.default("SURVIVOR"),
  facts: Side.default("SURVIVOR"),
  manager: Side.default("SURVIVOR"),
});
export type Chosen = z.infer<typeof Chosen>;

export type MergedContact = {
  readonly contactId: number;
  readonly name: string | null;
  readonly phone: string;
  readonly relation: ContactRelation;
};
export type MergedNeed = {
  readonly kind: SpecialNeedKind;
  readonly note: string | null;
  readonly validFrom: string | null;
  readonly validTo: string | null;
};
export type Mergeable = {
  readonly name: string | null;
  readonly customerNo: string | null;
  readonly importance: Importance;
  readonly facts: Facts | null;
  readonly accounts: readonly { readonly address: string | null }[];
  readonly contacts: readonly MergedContact[];
  readonly specialNeeds: readonly MergedNeed[];
};

const creditCode = ({ facts }: Mergeable) => (facts?.kind === "ENTERPRISE" ? facts.creditCode : null);

/** What speaks for two files being one customer; empty where nothing does. */
export function likenessOf(one: Mergeable, other: Mergeable): Likeness[] {
  const sameName = one.name !== null && one.name === other.name;
  const phones = new Set(one.contacts.map(({ phone }) => phone));
  const keys = ({ accounts }: Mergeable) =>
    accounts.map(({ address }) => (address === null ? "" : addressKey(address))).filter((key) => key !== "");
  const places = new Set(keys(one));
  const found: Readonly<Record<Likeness, boolean>> = {
    CREDIT_CODE: creditCode(one) !== null && creditCode(one) === creditCode(other),
    PHONE_AND_NAME: sameName && other.contacts.some(({ phone }) => phones.has(phone)),
    NAME_AND_ADDRESS: sameName && keys(other).some((key) => places.has(key)),
  };
  return likenesses.filter((likeness) => found[likeness]);
}

const longer = (one: MergedNeed, other: MergedNeed): MergedNeed => ({
  kind: one.kind,
  note: one.note ?? other.note,
  validFrom:
    one.validFrom === null || other.validFrom === null ? null : one.validFrom < other.validFrom ? one.validFrom : other.validFrom,
  validTo: one.validTo === null || other.validTo === null ? null : one.validTo > other.validTo ? one.validTo : other.validTo,
});

/**
 * What the surviving file holds. Nobody to call and no need is lost: contacts are joined by their number, a need known to both
 * holds as long as either says.
 */
export function mergedFile(survivor: Mergeable, merged: Mergeable, chosen: Chosen) {
  const from = (side: Side) => (side === "SURVIVOR" ? survivor : merged);
  const other = (side: Side) => (side === "SURVIVOR" ? merged : survivor);
  const contacts: MergedContact[] = [...survivor.contacts];
  let next = Math.max(0, ...contacts.map(({ contactId }) => contactId)) + 1;
  for (const contact of merged.contacts) {
    const at = contacts.findIndex(({ phone }) => phone === contact.phone);
    const known = contacts[at];
    if (known) contacts[at] = { ...known, name: known.name ?? contact.name };
    else contacts.push({ ...contact, contactId: next++ });
  }
  const needs = new Map(survivor.specialNeeds.map((need) => [need.kind, need]));
  for (const need of merged.specialNeeds) {
    const known = needs.get(need.kind);
    needs.set(need.kind, known ? longer(known, need) : need);
  }
  return {
    name: from(chosen.name).name ?? other(chosen.name).name,
    customerNo: from(chosen.customerNo).customerNo ?? other(chosen.customerNo).customerNo,
    importance: from(chosen.importance).importance,
    facts: completedFacts(from(chosen.facts).facts, other(chosen.facts).facts),
    contacts,
    specialNeeds: [...needs.values()].toSorted((a, b) => (a.kind < b.kind ? -1 : 1)),
  };
}
