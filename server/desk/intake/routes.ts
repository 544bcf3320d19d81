// The routes of the intake desk: they connect the contract with what composes the slices for one person.
import type { deskIntakeOperations } from "@bihuan/contract/desk-intake.ts";
import type { Scope } from "@bihuan/core/identity/scope.ts";
import { isRefusal, type Refusal, refuse } from "@bihuan/core/refusal.ts";
import type { Editor } from "../../customer/reach.ts";
import type { Handlers } from "../../platform/http/operations.ts";
import type { Platform } from "../../platform/platform.ts";
import { instant } from "../../platform/sql.ts";
import { orderPorts } from "../../work-order/ports.ts";
import { deskCard } from "./card.ts";
import { discardDraft, listDrafts, saveDraft } from "./drafts.ts";
import { findAtDesk } from "./find.ts";
import { previewAtDesk, takeInAtDesk } from "./intake.ts";
import { noOutages, type OutagesAt } from "./outages.ts";

const personNeeded = ({ principal }: Scope): Refusal | null => (principal.kind === "staff" ? null : refuse("desk.person-needed"));

export function deskIntakeRoutes(platform: Platform, outagesAt: OutagesAt = noOutages): Handlers<typeof deskIntakeOperations> {
  const { db, time } = platform;
  const ports = orderPorts(platform);
  const editorOf = async (scope: Scope): Promise<Editor> => ({ scope, tree: await ports.tree() });
  return {
    findAtDesk: async ({ body, scope }) => findAtDesk(platform, await editorOf(scope), body.text, body.limit),

    readDeskCard: async ({ params, query, scope }) =>
      deskCard(platform, ports, outagesAt, await editorOf(scope), { ...params, ...query }),

    previewAtDesk: ({ body, scope }) => previewAtDesk(platform, ports, scope, body),

    takeInAtDesk: ({ body, scope, idempotencyKey }) => takeInAtDesk(platform, ports, scope, body, idempotencyKey),

    async listIntakeDrafts({ scope }) {
      const refused = personNeeded(scope);
      if (refused) return refused;
      const drafts = await listDrafts(db, await editorOf(scope), time.nowMs());
      return {
        drafts: drafts.map(({ changedAtMs, expiresAtMs, ...draft }) => ({
          ...draft,
          changedAt: instant(changedAtMs),
          expiresAt: instant(expiresAtMs),
        })),
      };
    },

    async saveIntakeDraft({ params, body, scope }) {
      const refused = personNeeded(scope);
      if (refused) return refused;
      const saved = await saveDraft(platform, await editorOf(scope), params.draftId, body.content);
      if (isRefusal(saved)) return saved;
      return { draftId: saved.draftId, changedAt: instant(saved.changedAtMs), expiresAt: instant(saved.expiresAtMs) };
    },

    async discardIntakeDraft({ params, scope }) {
      const refused = personNeeded(scope);
      if (refused) return refused;
      await discardDraft(db, await editorOf(scope), params.draftId);
    },
  };
}
