// The routes of calls: they connect the contract with queries and commands.
import type { callOperations } from "@bihuan/contract/call.ts";
import type { Scope } from "@bihuan/core/identity/scope.ts";
import { refuse } from "@bihuan/core/refusal.ts";
import { customerRecord } from "../customer/queries.ts";
import { type Editor, reaches } from "../customer/reach.ts";
import { currentTree } from "../identity/organisation/tree.ts";
import { decodeCursor, encodeCursor, MILLISECONDS } from "../platform/cursor.ts";
import type { Handlers } from "../platform/http/operations.ts";
import type { Platform } from "../platform/platform.ts";
import { callWithin, endCall, identifyCaller, isOwn, recordCall, sitAt } from "./commands.ts";
import { callsOfCustomer, extensionOf, ownCalls } from "./queries.ts";
import { callRows, callView } from "./view.ts";

const CALL_NO = /^[A-Za-z0-9._:@-]{1,100}$/;

export function callRoutes(platform: Platform): Handlers<typeof callOperations> {
  const { db, time } = platform;
  const editorOf = async (scope: Scope): Promise<Editor> => ({ scope, tree: await currentTree(platform) });
  return {
    recordCall: async ({ body, scope }) => recordCall(platform, await editorOf(scope), body),

    endCall: async ({ params, body, scope }) => endCall(platform, await editorOf(scope), params.callNo, body),

    async listOwnCalls({ scope }) {
      const editor = await editorOf(scope);
      const { kind, id } = scope.principal;
      return { calls: kind === "staff" ? await callRows(platform, editor, await ownCalls(db, id, time.nowMs())) : [] };
    },

    async readCall({ params, scope }) {
      const editor = await editorOf(scope);
      const call = await callWithin(db, editor, params.callNo);
      return call === null ? refuse("call.not-found") : callView(platform, editor, call);
    },

    async identifyCaller({ params, body: { customerId }, scope }) {
      const editor = await editorOf(scope);
      const call = await callWithin(db, editor, params.callNo);
      if (call === null) return refuse("call.not-found");
      if (!isOwn(scope.principal, call)) return refuse("call.not-yours");
      const record = customerId === null ? null : await customerRecord(db, customerId);
      if (customerId !== null && (!record || !reaches(editor, record, "customer.read"))) return refuse("request.not-found");
      const known = record?.customerId ?? null;
      await identifyCaller(platform, call, known);
      const [row] = await callRows(platform, editor, [{ ...call, customerId: known }]);
      return row ?? refuse("call.not-found");
    },

    async listCallsOfCustomer({ params, query, scope }) {
      const [startedAtMs, callNo] = decodeCursor(query.after, [MILLISECONDS, CALL_NO]) ?? [];
      if (query.after !== undefined && callNo === undefined) return refuse("customer.cursor-invalid");
      const editor = await editorOf(scope);
      const record = await customerRecord(db, params.customerId);
      if (!record || !reaches(editor, record, "customer.read")) return refuse("request.not-found");
      const ids = [...new Set([params.customerId, record.customerId, ...record.aliases])];
      const after = callNo === undefined ? null : { startedAtMs: Number(startedAtMs), callNo };
      const calls = await callsOfCustomer(db, ids, after, query.limit + 1);
      const shown = calls.slice(0, query.limit);
      const last = calls.length > query.limit ? shown.at(-1) : undefined;
      return {
        calls: await callRows(platform, editor, shown),
        next: last ? encodeCursor([String(last.startedAtMs), last.callNo]) : null,
      };
    },

    async readExtension({ scope: { principal } }) {
      return { extension: principal.kind === "staff" ? await extensionOf(db, principal.id) : null };
    },

    async saveExtension({ body: { extension }, scope }) {
      if (scope.principal.kind !== "staff") return refuse("call.person-needed");
      const { tree } = await editorOf(scope);
      const regionId = tree.unit(scope.homeUnitId)?.regionId ?? tree.root.regionId;
      await sitAt(platform, { staffId: scope.principal.id, regionId }, extension);
      return { extension };
    },
  };
}
