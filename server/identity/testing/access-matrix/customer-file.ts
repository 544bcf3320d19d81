import { Readable } from "node:stream";
import type { customerCareOperations } from "@bihuan/contract/customer-care.ts";
import type { customerFileOperations } from "@bihuan/contract/customer-file.ts";
import type { customerTableOperations } from "@bihuan/contract/customer-table.ts";
import { isRefusal } from "@bihuan/core/refusal.ts";
import { storeFile } from "../../../platform/files/store.ts";
import { instant, sql } from "../../../platform/sql.ts";
import { business, type Matrix, type MatrixEntry, type Position } from "./entry.ts";
import type { MatrixWorld } from "./world.ts";

const edits = ["AGENT", "MANAGER"] as const;
const records = ["AGENT", "DISPATCHER", "HANDLER", "VERIFIER", "MANAGER"] as const;
const unmasks = records;
const manages = ["MANAGER"] as const;
const hidden = ["request.not-found"] as const;

const about =
  (path: string, body?: object): MatrixEntry["request"] =>
  async (world, position) => ({
    path: `/customers/${(await world.customerAt(position)).customerId}${path}`,
    ...(body && { body }),
  });

const regionOf = (customerId: string) => Number(customerId.slice(0, 3));

/** A customer with a note of somebody else's, a visit that was made, a piece of evidence, a card, and an account on an area. */
async function fileAt(world: MatrixWorld, position: Position) {
  const { customerId } = await world.customerAt(position);
  const { db, config, time } = world.platform;
  const { regionId, code } = await world.areaAt(position);
  const staffId = await world.staffAt(position);
  const at = instant(time.nowMs());
  const stored = await storeFile(config.attachmentFolder, Readable.from([Buffer.from("证明\n")]), "证明.txt", 1000);
  if (isRefusal(stored)) throw new Error(`the matrix has no evidence: ${stored.refused}`);
  const key = sql`${regionOf(customerId)}, ${customerId}`;
  await db.run(sql`
    insert into customer_note (region_id, customer_id, note_no, body, author, written_at, receipt, request_hash)
    values (${key}, 1, '备注', '某人', ${at}, 'matrix', '') on conflict do nothing`);
  await db.run(sql`
    insert into customer_visit (region_id, customer_id, visit_no, state, occasion, staff_id, visited_at, receipt, request_hash, created_at, changed_at)
    values (${key}, 1, 'DONE', 'REGULAR', ${staffId}, ${at}, 'matrix', '', ${at}, ${at}) on conflict do nothing`);
  await db.run(sql`
    insert into special_need_evidence (region_id, customer_id, file_no, kind, name, sha256, size_bytes, media_type, added_at)
    values (${key}, 1, 'OTHER', '证明.txt', ${stored.sha256}, ${stored.sizeBytes}, ${stored.mediaType}, ${at}) on conflict do nothing`);
  const token = `${regionOf(customerId)}${customerId.replaceAll(/\D/g, "").replaceAll(/[01]/g, "a").replaceAll(/[89]/g, "b").padEnd(26, "c")}`;
  await db.run(sql`
    update customer set card_token = ${token} where region_id = ${regionOf(customerId)} and customer_id = ${customerId}`);
  await db.run(sql`
    update customer_account set transformer_area_code = ${code}
    where region_id = ${regionOf(customerId)} and customer_id = ${customerId} and unit_id = ${world.unitAt(position)}`);
  return { customerId, token, regionId, code };
}

const onFile =
  (path: string, body?: object): MatrixEntry["request"] =>
  async (world, position) => ({
    path: `/customers/${(await fileAt(world, position)).customerId}${path}`,
    ...(body && { body }),
  });

export const customerFileMatrix: Matrix<
  typeof customerFileOperations & typeof customerCareOperations & typeof customerTableOperations
> = {
  saveCustomerFacts: {
    by: edits,
    reach: "within",
    inside: ["customer.version-stale"],
    outside: hidden,
    request: about("/facts", { version: 999, facts: null }),
  },
  addNeedEvidence: {
    by: edits,
    reach: "within",
    inside: ["customer.need-unknown"],
    outside: hidden,
    request: about("/special-needs/ELDERLY/evidence", {}),
  },
  removeNeedEvidence: { by: edits, reach: "within", outside: hidden, request: onFile("/evidence/1") },
  openNeedEvidence: { by: unmasks, reach: "within", outside: hidden, request: onFile("/evidence/1") },
  listCustomerNotes: { by: business, reach: "within", outside: hidden, request: about("/notes") },
  writeCustomerNote: { by: records, reach: "within", outside: hidden, request: about("/notes", { body: "备注" }) },
  retractCustomerNote: {
    by: records,
    reach: "within",
    inside: ["customer.note-of-another"],
    outside: hidden,
    request: onFile("/notes/1/retract", { reason: "写错了" }),
  },
  listCustomerVisits: { by: business, reach: "within", outside: hidden, request: about("/visits") },
  enterCustomerVisit: {
    by: records,
    reach: "within",
    outside: hidden,
    async request(world, position) {
      const visitorId = await world.staffAt("own");
      const body = { state: "PLANNED", plannedOn: "2026-04-01", occasion: "REGULAR", visitorId };
      return { path: `/customers/${(await world.customerAt(position)).customerId}/visits`, body };
    },
  },
  changeCustomerVisit: {
    by: records,
    reach: "within",
    inside: ["customer.visit-over"],
    outside: hidden,
    request: onFile("/visits/1", { state: "CANCELLED", version: 1, reason: "客户不在" }),
  },
  listCustomerManagers: { by: business, reach: "everywhere", request: () => ({ path: "/customer-managers" }) },
  findManagerChoices: { by: manages, reach: "everywhere", request: () => ({ path: "/customer-managers/choices", body: {} }) },
  setCustomerManager: {
    by: manages,
    reach: "within",
    inside: ["customer.version-stale"],
    outside: hidden,
    request: about("/manager", { version: 999, staffId: null }),
  },
  handOverCustomers: {
    by: manages,
    reach: "everywhere",
    request: () => ({
      path: "/customer-managers/hand-over",
      body: { from: { by: "manager", staffId: 999_999 }, toStaffId: null },
    }),
  },
  saveServicePhone: {
    by: manages,
    reach: "within",
    outside: ["permission.missing"],
    request: (world, position) => ({ path: `/service-phones/unit/${world.unitAt(position)}`, body: { phone: "0731-88886666" } }),
  },
  printServiceCard: { by: records, reach: "within", outside: hidden, request: about("/service-card", {}) },
  printAreaCards: {
    by: records,
    reach: "within",
    outside: hidden,
    async request(world, position) {
      const { regionId, code } = await fileAt(world, position);
      return { path: `/transformer-areas/${regionId}/${code}/service-cards` };
    },
  },
  openServiceCard: {
    by: business,
    reach: "within",
    outside: hidden,
    request: async (world, position) => ({ path: `/service-cards/${(await fileAt(world, position)).token}` }),
  },
  findDuplicates: { by: business, reach: "within", outside: hidden, request: about("/duplicates") },
  listDuplicates: { by: manages, reach: "everywhere", request: () => ({ path: "/customer-duplicates" }) },
  mergeCustomers: {
    by: manages,
    reach: "within",
    inside: ["customer.version-stale"],
    outside: hidden,
    async request(world, position) {
      const { customerId } = await world.customerAt(position);
      const mergedId = `${customerId.slice(0, 3)}9999999999`;
      return {
        path: `/customers/${customerId}/merge`,
        body: { version: 999, mergedId, mergedVersion: 1, reason: "同一客户" },
      };
    },
  },
  undoMerge: {
    by: manages,
    reach: "within",
    inside: ["customer.version-stale"],
    outside: hidden,
    request: about("/merge/undo", { version: 999, mergedId: "1019999999999", reason: "合并有误" }),
  },
  importCustomers: {
    by: manages,
    reach: "everywhere",
    inside: ["request.unsupported-media"],
    request: () => ({ path: "/customers/import", body: {} }),
  },
  customerTemplate: { by: business, reach: "everywhere", request: () => ({ path: "/customers/import/template?format=csv" }) },
};
