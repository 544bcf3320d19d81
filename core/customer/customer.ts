// A customer's file as it is entered: who it is, the accounts supplied, whom to call, what to mind. Every problem is listed.
import { z } from "zod";
import { AreaClass } from "../identity/organisation.ts";
import { Whole } from "../whole.ts";
import { ContactRelation, CustomerCategory, Importance, SpecialNeedKind, Voltage } from "./codes.ts";
import { normalisePhone } from "./phone.ts";

export const rule = (zh: string, en: string) => ({ params: { zh, en } });

/** Full-width forms become plain, runs of white space one blank; control characters and halves of characters go. */
export const tidy = (text: string): string =>
  tidyAlready.test(text)
    ? text
    : text
        .normalize("NFKC")
        .replace(/[\p{Cc}\p{Cf}\p{Cs}]/gu, " ")
        .replace(/\s+/g, " ")
        .trim();
// Most of what files hold: no need to look further.
const tidyAlready = /^[\u4e00-\u9fff0-9A-Za-z]+$/;

/** One line of text of up to so many characters, tidied. */
export const lineOf = (max: number) => z.string().max(2000).overwrite(tidy).min(1).max(max);
// A file is read masked; a mask that is sent back must never replace what it hides.
export const unmasked = (max: number) =>
  lineOf(max).refine(
    (value) => !value.includes("*"),
    rule("含有脱敏符号 *，请填写完整内容", "Contains the masking sign *; enter the full text"),
  );

/** A customer's id: region (3 digits) and number (10 digits). A string in code, a bigint in the database. */
export const CustomerId = z.string().regex(/^[1-9]\d{12}$/);
export type CustomerId = z.infer<typeof CustomerId>;
export const regionOfCustomer = (customerId: CustomerId): number => Number(customerId.slice(0, 3));

/** 户号: 4 to 32 digits, Latin letters or inner hyphens; letters are upper case. Unique in its region. */
export const AccountNo = z
  .string()
  .max(100)
  .overwrite((value) => tidy(value).toUpperCase())
  .regex(/^[0-9A-Z](?:[0-9A-Z-]{2,30})[0-9A-Z]$/);
export type AccountNo = z.infer<typeof AccountNo>;

/** 客户编号: up to 32 digits, Latin letters or inner hyphens; letters are upper case. */
export const CustomerNo = z
  .string()
  .max(100)
  .overwrite((value) => tidy(value).toUpperCase())
  .regex(/^[0-9A-Z](?:[0-9A-Z-]{0,30}[0-9A-Z])?$/);

export const TransformerAreaCode = z.string().max(200).overwrite(tidy).min(1).max(40);

export const Phone = z
  .string()
  .max(60)
  .overwrite((value) => normalisePhone(value) ?? value)
  .refine((value) => normalisePhone(value) !== null, rule("不是可拨打的电话号码", "Not a telephone number one could call"));

/** WGS 84, degrees. Chinese maps show GCJ-02: convert before entering. */
export const Coordinates = z.object({ longitude: z.number().min(-180).max(180), latitude: z.number().min(-90).max(90) });
export type Coordinates = z.infer<typeof Coordinates>;

export const CustomerName = unmasked(120);
export const Address = unmasked(300);

export const AccountDraft = z.object({
  accountNo: AccountNo,
  category: CustomerCategory,
  voltage: Voltage.nullable(),
  areaClass: AreaClass,
  /** Null where the account is not fed from a public transformer area. */
  transformerAreaCode: TransformerAreaCode.nullable(),
  /** The responsible unit. May be left out where the transformer area names it. */
  unitId: Whole.optional(),
  address: Address.nullable(),
  coordinates: Coordinates.nullable(),
});
export type AccountDraft = z.infer<typeof AccountDraft>;

export const ContactDraft = z.object({ name: unmasked(60).nullable(), phone: Phone, relation: ContactRelation });
export type ContactDraft = z.infer<typeof ContactDraft>;

export const SpecialNeedDraft = z
  .object({
    kind: SpecialNeedKind,
    note: unmasked(200).nullable(),
    /** Civil dates, both included; null leaves the side open. */
    validFrom: z.iso.date().nullable(),
    validTo: z.iso.date().nullable(),
  })
  .refine((need) => need.validFrom === null || need.validTo === null || need.validFrom <= need.validTo, {
    ...rule("有效期止早于起", "The validity ends before it begins"),
    path: ["validTo"],
  });
export type SpecialNeedDraft = z.infer<typeof SpecialNeedDraft>;

const distinct = <Item>(items: readonly Item[], key: (item: Item) => unknown): boolean =>
  new Set(items.map(key)).size === items.length;
const distinctAccounts = rule("同一户号重复出现", "The same account number stands twice");

/** A new customer. A customer is somebody with at least one account; callers without one stand on their order. */
export const CustomerDraft = z.object({
  name: CustomerName,
  /** The customer's number in the customer business system (客户编号), where there is one. Unique in its region. */
  customerNo: CustomerNo.nullable(),
  importance: Importance,
  accounts: z
    .array(AccountDraft)
    .min(1)
    .max(500)
    .refine((accounts) => distinct(accounts, (account) => account.accountNo), distinctAccounts),
  contacts: z
    .array(ContactDraft)
    .max(30)
    .refine(
      (contacts) => distinct(contacts, (contact) => contact.phone),
      rule("同一电话重复出现", "The same telephone number stands twice"),
    ),
  specialNeeds: z
    .array(SpecialNeedDraft)
    .max(10)
    .refine((needs) => distinct(needs, (need) => need.kind), rule("同一特殊需求重复出现", "The same special need stands twice")),
});
export type CustomerDraft = z.infer<typeof CustomerDraft>;

/**
 * A change of a file. What is left out of an item stays as it is: personal data are shown masked, so a form can send back
 * what was typed anew and nothing else. An account or contact that is not listed is removed.
 */
export const CustomerChange = z.object({
  version: Whole,
  name: CustomerName.optional(),
  customerNo: CustomerNo.nullable(),
  importance: Importance,
  accounts: z
    .array(AccountDraft.partial({ address: true }))
    .min(1)
    .max(500)
    .refine((accounts) => distinct(accounts, (account) => account.accountNo), distinctAccounts),
  contacts: z
    .array(
      z
        .object({
          /** Of a contact already on file; left out for a new one, which then needs its phone. */
          contactId: Whole.optional(),
          name: unmasked(60).nullable().optional(),
          phone: Phone.optional(),
          relation: ContactRelation,
        })
        .refine((contact) => contact.contactId !== undefined || contact.phone !== undefined, {
          ...rule("新增联系人须填写电话", "A new contact needs a telephone number"),
          path: ["phone"],
        }),
    )
    .max(30),
  specialNeeds: z
    .array(SpecialNeedDraft)
    .max(10)
    .refine((needs) => distinct(needs, (need) => need.kind), rule("同一特殊需求重复出现", "The same special need stands twice")),
});
export type CustomerChange = z.infer<typeof CustomerChange>;
