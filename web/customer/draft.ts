// A customer's file as it is edited: what the form holds, and what is sent. What is shown masked is sent only where it was typed anew.
import type { CustomerFile } from "@bihuan/contract/customer.ts";
import type { ContactRelation, CustomerCategory, Importance, SpecialNeedKind, Voltage } from "@bihuan/core/customer/codes.ts";
import type { CustomerChange, CustomerDraft } from "@bihuan/core/customer/customer.ts";
import type { AreaClass } from "@bihuan/core/identity/organisation.ts";
import type { z } from "zod";

export type AccountRow = {
  readonly accountNo: string;
  readonly category: CustomerCategory;
  readonly voltage: Voltage | null;
  readonly areaClass: AreaClass;
  readonly transformerAreaCode: string;
  readonly unitId: number | undefined;
  readonly address: string;
  readonly maskedAddress: string | null;
  readonly coordinates: { readonly longitude: number; readonly latitude: number } | null;
};
export type ContactRow = {
  readonly contactId: number | null;
  readonly name: string;
  readonly maskedName: string | null;
  readonly phone: string;
  readonly maskedPhone: string | null;
  readonly relation: ContactRelation;
};
export type NeedRow = {
  readonly kind: SpecialNeedKind;
  readonly note: string;
  readonly validFrom: string | null;
  readonly validTo: string | null;
};
export type FileForm = {
  readonly name: string;
  readonly customerNo: string;
  readonly importance: Importance;
  readonly accounts: readonly AccountRow[];
  readonly contacts: readonly ContactRow[];
  readonly specialNeeds: readonly NeedRow[];
};

export const emptyAccount: AccountRow = {
  accountNo: "",
  category: "RESIDENT",
  voltage: null,
  areaClass: "URBAN",
  transformerAreaCode: "",
  unitId: undefined,
  address: "",
  maskedAddress: null,
  coordinates: null,
};
export const emptyContact: ContactRow = {
  contactId: null,
  name: "",
  maskedName: null,
  phone: "",
  maskedPhone: null,
  relation: "HOLDER",
};
export const emptyNeed: NeedRow = { kind: "OTHER", note: "", validFrom: null, validTo: null };
export const emptyFile: FileForm = {
  name: "",
  customerNo: "",
  importance: "ORDINARY",
  accounts: [emptyAccount],
  contacts: [emptyContact],
  specialNeeds: [],
};

/** The form of a file on record: masked texts stand beside empty fields. */
export const formOf = (file: CustomerFile): FileForm => ({
  name: "",
  customerNo: file.customerNo ?? "",
  importance: file.importance,
  accounts: file.accounts.map(({ accountNo, category, voltage, areaClass, transformerArea, unit, address, coordinates }) => ({
    accountNo,
    category,
    voltage,
    areaClass,
    transformerAreaCode: transformerArea?.code ?? "",
    unitId: unit.unitId,
    address: "",
    maskedAddress: address,
    coordinates,
  })),
  contacts: file.contacts.map(({ contactId, name, phone, relation }) => ({
    contactId,
    name: "",
    maskedName: name ?? "",
    phone: "",
    maskedPhone: phone,
    relation,
  })),
  specialNeeds: file.specialNeeds.map(({ kind, note, validFrom, validTo }) => ({ kind, note: note ?? "", validFrom, validTo })),
});

const orNull = (text: string): string | null => (text.trim() === "" ? null : text.trim());

const accountBase = ({ accountNo, category, voltage, areaClass, transformerAreaCode, unitId, coordinates }: AccountRow) => ({
  accountNo,
  category,
  voltage,
  areaClass,
  transformerAreaCode: orNull(transformerAreaCode),
  ...(unitId === undefined ? {} : { unitId }),
  coordinates,
});
const needsOf = (form: FileForm) =>
  form.specialNeeds.map(({ kind, note, validFrom, validTo }) => ({ kind, note: orNull(note), validFrom, validTo }));
const touched = ({ contactId, name, phone }: ContactRow): boolean =>
  contactId !== null || name.trim() !== "" || phone.trim() !== "";

export const draftOf = (form: FileForm): z.input<typeof CustomerDraft> => ({
  name: form.name,
  customerNo: orNull(form.customerNo),
  importance: form.importance,
  accounts: form.accounts.map((account) => ({ ...accountBase(account), address: account.address })),
  contacts: form.contacts.filter(touched).map(({ name, phone, relation }) => ({ name: orNull(name), phone, relation })),
  specialNeeds: needsOf(form),
});

export const changeOf = (form: FileForm, version: number): z.input<typeof CustomerChange> => ({
  version,
  ...(form.name.trim() === "" ? {} : { name: form.name }),
  customerNo: orNull(form.customerNo),
  importance: form.importance,
  accounts: form.accounts.map((account) => ({
    ...accountBase(account),
    ...(account.address.trim() === "" ? {} : { address: account.address }),
  })),
  contacts: form.contacts.filter(touched).map(({ contactId, name, phone, relation }) => ({
    ...(contactId === null ? {} : { contactId }),
    ...(name.trim() === "" ? {} : { name: name.trim() }),
    ...(phone.trim() === "" ? {} : { phone }),
    relation,
  })),
  specialNeeds: needsOf(form),
});
