// The routes of what is added to a customer's file: facts, evidence, notes, visits.
import type { customerFileOperations } from "@bihuan/contract/customer-file.ts";
import type { CustomerId } from "@bihuan/core/customer/customer.ts";
import type { Scope } from "@bihuan/core/identity/scope.ts";
import { isRefusal, type Refusal, refuse } from "@bihuan/core/refusal.ts";
import { actorOf } from "../../identity/access-log/commands.ts";
import { currentTree } from "../../identity/organisation/tree.ts";
import type { Handlers } from "../../platform/http/operations.ts";
import type { Platform } from "../../platform/platform.ts";
import { type CustomerRecord, customerRecord } from "../queries.ts";
import { type Editor, reaches } from "../reach.ts";
import { addEvidence, openEvidence, removeEvidence } from "./evidence.ts";
import { saveFacts } from "./facts.ts";
import { notesOf, noteView, readPlace, type RecordPlace, retractNote, writeNote, writePlace } from "./notes.ts";
import { visitsOf, visitView } from "./visit-list.ts";
import { changeVisit, enterVisit, type VisitPorts } from "./visits.ts";

export const customerFileRoutes =
  (ports: VisitPorts) =>
  (platform: Platform): Handlers<typeof customerFileOperations> => {
    const { db } = platform;
    const editorOf = async (scope: Scope): Promise<Editor> => ({ scope, tree: await currentTree(platform) });

    async function readable(
      editor: Editor,
      customerId: CustomerId,
      after: string | undefined,
    ): Promise<{ readonly record: CustomerRecord; readonly place: RecordPlace | null } | Refusal> {
      const place = readPlace(after);
      if (after !== undefined && place === null) return refuse("customer.cursor-invalid");
      const record = await customerRecord(db, customerId);
      return record && reaches(editor, record, "customer.read") ? { record, place } : refuse("request.not-found");
    }

    return {
      saveCustomerFacts: async ({ params, body, scope, request }) =>
        saveFacts(platform, await editorOf(scope), actorOf(scope, request.ip), params.customerId, body),

      addNeedEvidence: async ({ params, query, scope, request }) =>
        addEvidence(
          platform,
          await editorOf(scope),
          actorOf(scope, request.ip),
          { ...params, validTo: query.validTo ?? null },
          request,
        ),

      removeNeedEvidence: async ({ params, scope, request }) =>
        removeEvidence(platform, await editorOf(scope), actorOf(scope, request.ip), params),

      openNeedEvidence: async ({ params, scope, request }) =>
        openEvidence(platform, await editorOf(scope), actorOf(scope, request.ip), params),

      async listCustomerNotes({ params, query, scope }) {
        const editor = await editorOf(scope);
        const read = await readable(editor, params.customerId, query.after);
        if (isRefusal(read)) return read;
        const rows = await notesOf(db, params.customerId, read.place, query.limit + 1);
        const shown = rows.slice(0, query.limit);
        const last = rows.length > query.limit ? shown.at(-1) : undefined;
        const mayRecord = read.record.erasedAtMs === null && reaches(editor, read.record, "customer.record");
        return {
          notes: shown.map((note) => noteView(editor, note, mayRecord)),
          next: last ? writePlace({ atMs: last.writtenAtMs, customerId: last.customerId, no: last.noteNo }) : null,
        };
      },

      writeCustomerNote: async ({ params, body, scope, idempotencyKey, request }) =>
        writeNote(platform, await editorOf(scope), actorOf(scope, request.ip), params.customerId, body.body, idempotencyKey),

      retractCustomerNote: async ({ params, body, scope, request }) =>
        retractNote(platform, await editorOf(scope), actorOf(scope, request.ip), { ...params, ...body }),

      async listCustomerVisits({ params, query, scope }) {
        const editor = await editorOf(scope);
        const read = await readable(editor, params.customerId, query.after);
        if (isRefusal(read)) return read;
        const rows = await visitsOf(db, params.customerId, read.place, query.limit + 1);
        const shown = rows.slice(0, query.limit);
        const last = rows.length > query.limit ? shown.at(-1) : undefined;
        const mayRecord = read.record.erasedAtMs === null && reaches(editor, read.record, "customer.record");
        return {
          visits: shown.map((visit) => visitView(visit, mayRecord)),
          next: last ? writePlace({ atMs: last.atMs, customerId: last.customerId, no: last.visitNo }) : null,
        };
      },

      enterCustomerVisit: async ({ params, body, scope, idempotencyKey, request }) =>
        enterVisit(platform, ports, await editorOf(scope), actorOf(scope, request.ip), params.customerId, body, idempotencyKey),

      changeCustomerVisit: async ({ params, body, scope, request }) =>
        changeVisit(platform, ports, await editorOf(scope), actorOf(scope, request.ip), params, body),
    };
  };
