// The routes of customers: they connect the contract with queries and commands, and mask what leaves.
import type { customerOperations } from "@bihuan/contract/customer.ts";
import type { Scope } from "@bihuan/core/identity/scope.ts";
import { hiddenFacts } from "@bihuan/core/customer/file/facts-change.ts";
import { refuse } from "@bihuan/core/refusal.ts";
import { actorOf, recordUnmasking } from "../identity/access-log/commands.ts";
import { decodeCursor, encodeCursor } from "../platform/cursor.ts";
import { currentTree } from "../identity/organisation/tree.ts";
import type { Handlers } from "../platform/http/operations.ts";
import type { Platform } from "../platform/platform.ts";
import { searchTerms } from "../platform/search-text.ts";
import { createCustomer, updateCustomer } from "./commands.ts";
import { listAreas, saveTransformerArea } from "./editing/areas.ts";
import { fileExtras } from "./file/extras.ts";
import { customerRecord } from "./queries.ts";
import { type Editor, reaches, withinReach } from "./reach.ts";
import { listAccounts, type Place, searchAccounts } from "./search/search.ts";
import { exportCustomers } from "./table/export.ts";
import { accountRow, customerFile, todayAt } from "./view.ts";

const REGION = /^\d{3}$/;
const CODE = /^[^\p{Cc}]{1,40}$/u;

const writePlace = ({ rank, regionId, accountNo }: Place) => encodeCursor([String(rank), String(regionId), accountNo]);
function readPlace(cursor: string): Place | null {
  const [rank, regionId, accountNo] = decodeCursor(cursor, [/^[012]$/, REGION, CODE]) ?? [];
  return accountNo === undefined ? null : { rank: Number(rank), regionId: Number(regionId), accountNo };
}

export function customerRoutes(platform: Platform): Handlers<typeof customerOperations> {
  const { db, time } = platform;
  const editorOf = async (scope: Scope): Promise<Editor> => ({ scope, tree: await currentTree(platform) });
  return {
    async searchCustomers({ body, scope }) {
      const after = body.after === null ? null : readPlace(body.after);
      if (body.after !== null && after === null) return refuse("customer.cursor-invalid");
      const editor = await editorOf(scope);
      const terms = searchTerms(body.text);
      // Something was typed that holds nothing to search for: that is not the same as asking for everything.
      if (terms.length === 0 && body.text.trim() !== "") return { rows: [], next: null, tooMany: false };
      const search = {
        terms,
        filter: body.filter,
        within: withinReach(editor, ["customer.read"], body.filter.unitId),
        after,
        limit: body.limit + 1,
        today: todayAt(editor.tree, scope.homeUnitId, time.nowMs()),
      };
      const { rows, tooMany } =
        terms.length > 0 ? await searchAccounts(db, search) : { rows: await listAccounts(db, search), tooMany: false };
      const shown = rows.slice(0, body.limit);
      const last = rows.length > body.limit ? shown.at(-1) : undefined;
      return { rows: shown.map((row) => accountRow(editor.tree, row)), next: last ? writePlace(last) : null, tooMany };
    },

    async getCustomer({ params, scope }) {
      const editor = await editorOf(scope);
      const record = await customerRecord(db, params.customerId);
      if (!record || !reaches(editor, record, "customer.read")) return refuse("request.not-found");
      return customerFile(editor, record, await fileExtras(db, record), time.nowMs());
    },

    async unmaskCustomer({ params: { customerId }, body, scope, request }) {
      const editor = await editorOf(scope);
      return db.transaction(async (tx) => {
        const record = await customerRecord(tx, customerId);
        if (!record || !reaches(editor, record, "customer.read")) return refuse("request.not-found");
        if (!reaches(editor, record, "personal-data.unmask"))
          return refuse("permission.missing", { permission: "personal-data.unmask" });
        if (record.erasedAtMs !== null) return refuse("customer.erased");
        const facts = record.facts ? hiddenFacts(record.facts) : {};
        const refused = await recordUnmasking(tx, time.nowMs(), actorOf(scope, request.ip), {
          recordKind: "customer",
          recordId: record.customerId,
          fields: [
            "name",
            "address",
            "contacts",
            ...(record.specialNeeds.some(({ note }) => note !== null) ? ["special-needs"] : []),
            ...(Object.keys(facts).length > 0 ? ["facts"] : []),
          ],
          reason: body.reason,
        });
        if (refused) return refused;
        return {
          customerId: record.customerId,
          name: record.name ?? "",
          accounts: record.accounts.map(({ accountNo, address }) => ({ accountNo, address })),
          contacts: record.contacts.map(({ contactId, name, phone }) => ({ contactId, name, phone })),
          specialNeeds: record.specialNeeds.map(({ kind, note }) => ({ kind, note })),
          facts,
        };
      });
    },

    createCustomer: async ({ body, scope, idempotencyKey, request }) =>
      createCustomer(platform, await editorOf(scope), actorOf(scope, request.ip), body, idempotencyKey),

    updateCustomer: async ({ params, body, scope, request }) =>
      updateCustomer(platform, await editorOf(scope), actorOf(scope, request.ip), params.customerId, body),

    exportCustomers: async ({ body, scope, acceptLanguage, request }) =>
      exportCustomers(platform, await editorOf(scope), { ...body, language: acceptLanguage }, actorOf(scope, request.ip)),

    async listTransformerAreas({ query, scope }) {
      const [regionId, code] = decodeCursor(query.after, [REGION, CODE]) ?? [];
      if (query.after !== undefined && code === undefined) return refuse("customer.cursor-invalid");
      const editor = await editorOf(scope);
      const within = withinReach(editor, ["customer.read"], query.unitId, "t");
      const after = code === undefined ? null : { regionId: Number(regionId), code };
      const rows = await listAreas(db, within, query.text, after, query.limit + 1);
      const shown = rows.slice(0, query.limit);
      const last = rows.length > query.limit ? shown.at(-1) : undefined;
      return {
        rows: shown.map(({ unitId, ...area }) => ({
          ...area,
          unit: { unitId, name: editor.tree.unit(unitId)?.name ?? String(unitId) },
        })),
        next: last ? encodeCursor([String(last.regionId), last.code]) : null,
      };
    },

    saveTransformerArea: async ({ params, body, scope, request }) =>
      saveTransformerArea(platform, await editorOf(scope), actorOf(scope, request.ip), { ...params, ...body }),
  };
}
