// The routes of who answers for customers, of the cards they keep, and of files that are made one.
import type { customerCareOperations } from "@bihuan/contract/customer-care.ts";
import type { Scope } from "@bihuan/core/identity/scope.ts";
import { refuse } from "@bihuan/core/refusal.ts";
import { actorOf } from "../../identity/access-log/commands.ts";
import { currentTree } from "../../identity/organisation/tree.ts";
import { staffPage } from "../../identity/staff/queries.ts";
import { decodeCursor, encodeCursor } from "../../platform/cursor.ts";
import type { Handlers } from "../../platform/http/operations.ts";
import type { Platform } from "../../platform/platform.ts";
import { customerRecord } from "../queries.ts";
import { type Editor, reaches, withinReach } from "../reach.ts";
import { openCard, printAreaCards, printCard } from "./cards.ts";
import { type DuplicatePlace, duplicateGroups, duplicatesOf } from "../merge/duplicates.ts";
import { canAnswer, handOver, managersOf, setManager } from "./managers.ts";
import { mergeCustomers } from "../merge/merge.ts";
import { savePhone, unitPhones } from "./phones.ts";
import { undoMerge } from "../merge/undo-merge.ts";

function readPlace(cursor: string): DuplicatePlace | null {
  const [regionId, phone, name] = decodeCursor(cursor, [/^\d{3}$/, /^.{1,60}$/u, /^.{1,200}$/u]) ?? [];
  return name === undefined ? null : { regionId: Number(regionId), phone: phone as string, name };
}

export function customerCareRoutes(platform: Platform): Handlers<typeof customerCareOperations> {
  const { db, time } = platform;
  const editorOf = async (scope: Scope): Promise<Editor> => ({ scope, tree: await currentTree(platform) });
  const named = ({ tree }: Editor, unitId: number) => ({ unitId, name: tree.unit(unitId)?.name ?? String(unitId) });
  // What a card's code leads to is where people open the product, not where this process listens.
  const addressFor = (request: { readonly protocol: string; readonly host: string }): string =>
    platform.config.publicUrl ?? `${request.protocol}://${request.host}`;

  return {
    async listCustomerManagers({ query, scope }) {
      const editor = await editorOf(scope);
      const { managers, unassigned } = await managersOf(db, withinReach(editor, ["customer.read"], query.unitId));
      const reached = new Set(editor.tree.descendants(query.unitId ?? editor.tree.root.unitId));
      return {
        managers: managers.map(({ unitId, ...manager }) => ({ ...manager, unit: named(editor, unitId) })),
        unassigned,
        unitPhones: [...(await unitPhones(db))]
          .filter(([unitId]) => reached.has(unitId))
          .map(([unitId, phone]) => ({ unit: named(editor, unitId), phone })),
      };
    },

    async findManagerChoices({ body, scope }) {
      const editor = await editorOf(scope);
      const nowMs = time.nowMs();
      const { rows } = await staffPage(db, null, editor.tree, { text: body.text || undefined, active: true, limit: 200 }, nowMs);
      const reached = new Set(
        scope.grants.flatMap(({ unitId }) => editor.tree.descendants(unitId)).concat(editor.tree.ancestors(scope.homeUnitId)),
      );
      const staff = rows.filter((person) => canAnswer(person) && reached.has(person.homeUnitId)).slice(0, body.limit);
      return {
        staff: staff.map(({ staffId, account, name, homeUnitId }) => ({
          staffId,
          account,
          name,
          unit: named(editor, homeUnitId),
        })),
      };
    },

    setCustomerManager: async ({ params, body, scope, request }) =>
      setManager(platform, await editorOf(scope), actorOf(scope, request.ip), params.customerId, body),

    handOverCustomers: async ({ body, scope, request }) =>
      handOver(platform, await editorOf(scope), actorOf(scope, request.ip), body),

    saveServicePhone: async ({ params, body, scope, request }) =>
      savePhone(platform, await editorOf(scope), actorOf(scope, request.ip), params, body.phone),

    async printServiceCard({ params, body, scope, acceptLanguage, request }) {
      const actor = actorOf(scope, request.ip);
      const printing = { editor: await editorOf(scope), actor, language: acceptLanguage, address: addressFor(request) };
      return printCard(platform, printing, params.customerId, body.renew);
    },

    async printAreaCards({ params, scope, acceptLanguage, request }) {
      const actor = actorOf(scope, request.ip);
      const printing = { editor: await editorOf(scope), actor, language: acceptLanguage, address: addressFor(request) };
      return printAreaCards(platform, printing, params);
    },

    openServiceCard: async ({ params, scope }) => openCard(db, await editorOf(scope), params.token),

    async findDuplicates({ params, scope }) {
      const editor = await editorOf(scope);
      const record = await customerRecord(db, params.customerId);
      if (!record || !reaches(editor, record, "customer.read")) return refuse("request.not-found");
      return { duplicates: await duplicatesOf(db, editor, record) };
    },

    async listDuplicates({ query, scope }) {
      const after = query.after === undefined ? null : readPlace(query.after);
      if (query.after !== undefined && after === null) return refuse("customer.cursor-invalid");
      const editor = await editorOf(scope);
      const { groups, next } = await duplicateGroups(db, editor, withinReach(editor, ["customer.manage"], query.unitId), after);
      return { groups, next: next && encodeCursor([String(next.regionId), next.phone, next.name]) };
    },

    mergeCustomers: async ({ params, body, scope, request }) =>
      mergeCustomers(platform, await editorOf(scope), actorOf(scope, request.ip), { ...params, ...body }),

    undoMerge: async ({ params, body, scope, request }) =>
      undoMerge(platform, await editorOf(scope), actorOf(scope, request.ip), { ...params, ...body }),
  };
}
