// Customers as the contract shows them: personal data masked, units by name, what this caller may do.
import type { AccountRow, CustomerFile } from "@bihuan/contract/customer.ts";
import { formatCivilDate } from "@bihuan/core/calendar/civil-date.ts";
import { compileZone, toLocalMs } from "@bihuan/core/calendar/zone.ts";
import type { CustomerCategory } from "@bihuan/core/customer/codes.ts";
import { maskedFacts } from "@bihuan/core/customer/file/facts-change.ts";
import { EXPIRING_DAYS, evidenceState } from "@bihuan/core/customer/file/records.ts";
import { maskAddress, maskName, maskPhone, maskText } from "@bihuan/core/identity/masking.ts";
import type { OrganisationTree } from "@bihuan/core/identity/organisation.ts";
import { instant, instantOrNull } from "../platform/sql.ts";
import type { FileExtras } from "./file/extras.ts";
import type { CustomerRecord, NeedRecord } from "./queries.ts";
import { type Editor, reaches } from "./reach.ts";
import type { AccountFound } from "./search/search.ts";

const DAY_MS = 86_400_000;

/** The civil date at a unit. */
export const todayAt = (tree: OrganisationTree, unitId: number, nowMs: number): string =>
  formatCivilDate(Math.floor(toLocalMs(compileZone(tree.zoneOf(unitId)), nowMs) / DAY_MS));

/** The last civil date at a unit on which evidence counts as running out. */
export const soonAt = (tree: OrganisationTree, unitId: number, nowMs: number): string =>
  todayAt(tree, unitId, nowMs + EXPIRING_DAYS * DAY_MS);

const LONGEST_PERSON = 4;

/** People's names are masked, company names are public; a business may be run under its owner's name. */
export const maskCustomerName = (name: string, categories: readonly CustomerCategory[]): string =>
  categories.includes("RESIDENT") || [...name].length <= LONGEST_PERSON ? maskName(name) : name;

const masked = <Text extends string | null>(text: Text, mask: (text: string) => string): Text =>
  (text === null ? null : mask(text)) as Text;

const unitName = (tree: OrganisationTree, unitId: number) => ({ unitId, name: tree.unit(unitId)?.name ?? String(unitId) });

export const accountRow = (tree: OrganisationTree, found: AccountFound): AccountRow => ({
  customerId: found.customerId,
  accountNo: found.accountNo,
  customerName: maskCustomerName(found.customerName ?? "", [found.category]),
  importance: found.importance,
  category: found.category,
  voltage: found.voltage,
  areaClass: found.areaClass,
  transformerArea: found.transformerArea,
  unit: unitName(tree, found.unitId),
  address: masked(found.address, maskAddress),
  phone: masked(found.phone, maskPhone),
  specialNeeds: [...found.specialNeeds],
});

/** Whether a need holds on a civil date. */
export const validOn = (need: Pick<NeedRecord, "validFrom" | "validTo">, date: string): boolean =>
  (need.validFrom === null || need.validFrom <= date) && (need.validTo === null || date <= need.validTo);

export function customerFile(editor: Editor, record: CustomerRecord, extras: FileExtras, nowMs: number): CustomerFile {
  const { tree, scope } = editor;
  const unitId = record.accounts[0]?.unitId ?? scope.homeUnitId;
  const today = todayAt(tree, unitId, nowMs);
  const soon = soonAt(tree, unitId, nowMs);
  const present = extras.managers.find(({ untilMs }) => untilMs === null);
  const erased = record.erasedAtMs !== null;
  const categories = record.accounts.map((account) => account.category);
  return {
    customerId: record.customerId,
    regionId: record.regionId,
    customerNo: record.customerNo,
    name: maskCustomerName(record.name ?? "", categories),
    importance: record.importance,
    accounts: record.accounts.map(({ unitId: responsible, address, ...account }) => ({
      ...account,
      unit: unitName(tree, responsible),
      address: masked(address, maskAddress),
    })),
    contacts: record.contacts.map((contact) => ({
      ...contact,
      name: masked(contact.name, maskName),
      phone: maskPhone(contact.phone),
    })),
    specialNeeds: record.specialNeeds.map((need) => ({
      ...need,
      note: masked(need.note, maskText),
      valid: validOn(need, today),
      ...evidenceOf(extras, need, today, soon),
    })),
    facts: record.facts && maskedFacts(record.facts),
    manager: present ? { staffId: present.staffId, name: present.name, active: present.active, phone: present.phone } : null,
    managers: extras.managers.map(({ staffId, name, sinceMs, untilMs, givenBy }) => ({
      staffId,
      name,
      since: instant(sinceMs),
      until: instantOrNull(untilMs),
      givenBy,
    })),
    mergedFrom: extras.merges.map(({ name, mergedAtMs, survivorVersion, restorable, ...merge }) => ({
      ...merge,
      name: maskCustomerName(name ?? "", categories),
      mergedAt: instant(mergedAtMs),
      undoable: restorable && survivorVersion === record.version,
    })),
    erased,
    version: record.version,
    createdAt: instant(record.createdAtMs),
    updatedAt: instant(record.changedAtMs),
    actions: {
      edit: !erased && reaches(editor, record, "customer.edit"),
      record: !erased && reaches(editor, record, "customer.record"),
      manage: !erased && reaches(editor, record, "customer.manage"),
      unmask: !erased && reaches(editor, record, "personal-data.unmask"),
      intake: !erased && reaches(editor, record, "order.intake"),
    },
  };
}

function evidenceOf({ evidence }: FileExtras, { kind }: NeedRecord, today: string, soon: string) {
  const files = evidence.filter((file) => file.kind === kind);
  const validTo = files.map((file) => file.validTo);
  return {
    evidence: files.map(({ kind: _, addedAtMs, ...file }) => ({ ...file, addedAt: instant(addedAtMs) })),
    evidenceState: evidenceState(validTo, today, soon),
  };
}
