// A draft is the next rulebook before anybody is bound to it: made from changes, dry-run over the open orders, then published as shown.
import { randomUUID } from "node:crypto";
import type { RulebookChange } from "@bihuan/contract/clock.ts";
import { checkRulebook } from "@bihuan/core/clock/rules/check-rulebook.ts";
import { compileRulebook } from "@bihuan/core/clock/rules/rulebook.ts";
import type { OrganisationTree } from "@bihuan/core/identity/organisation.ts";
import { can, type Scope } from "@bihuan/core/identity/scope.ts";
import { isRefusal, type Refusal, refuse } from "@bihuan/core/refusal.ts";
import { actorOf, atCommandLine } from "../../identity/access-log/commands.ts";
import type { Queryable } from "../../platform/database.ts";
import type { Platform } from "../../platform/platform.ts";
import { hashOf } from "../hash.ts";
import { insertDraft, insertPack, lockRulebooks, markPublished, publishRulebook } from "../commands.ts";
import { DRY_RUN_JOB, REBIND_JOB, REBIND_QUEUE } from "../job-names.ts";
import {
  currentVersion,
  type DraftRow,
  draftProposal,
  draftRow,
  packHistory,
  packTexts,
  type Proposal,
  rulebookState,
} from "../queries.ts";
import { definitionOf, packVersions, type RulebookState } from "../rulebook-state.ts";
import type { Business } from "../world.ts";
import { applyChange, type Authorisation, type ChangeContext } from "./changes.ts";
import { uncoveredSteps } from "./coverage.ts";
import type { Bilingual } from "@bihuan/contract/text.ts";

/** Who drafts or publishes. A null scope is the command line, which is bound by the rules but not by a node. */
export type Drafter = { readonly scope: Scope | null };

const staffIdOf = ({ scope }: Drafter): number | null => (scope?.principal.kind === "staff" ? scope.principal.id : null);

const lacks = ({ scope }: Drafter, tree: OrganisationTree, needs: readonly Authorisation[]): Refusal | null => {
  const missing = scope && needs.find(({ permission, unitId }) => !can(scope, tree, permission, unitId));
  return missing ? refuse("permission.missing", { permission: missing.permission }) : null;
};

async function contextOf(on: Queryable, business: Business, tree: OrganisationTree): Promise<ChangeContext> {
  const history = await packHistory(on);
  const shipped = new Map(history.filter(({ origin }) => origin === "shipped").map((pack) => [pack.key, pack]));
  return {
    business,
    tree,
    lastVersion: new Map(history.map(({ key, version }) => [key, version])),
    newestShipped: new Map((await packTexts(on, [...shipped.values()])).map((pack) => [pack.key, pack])),
  };
}

/**
 * Applies changes to the rulebook in force. Out: what they would publish, or why they cannot: a change that is wrong, one the
 * drafter may not make, nothing changed at all, or a step of a flow left without a limit.
 */
async function propose(
  on: Queryable,
  business: Business,
  tree: OrganisationTree,
  drafter: Drafter,
  baseVersion: number,
  changes: readonly RulebookChange[],
  nowMs: number,
): Promise<Refusal | { proposal: Proposal; summary: Bilingual[] }> {
  const current = await currentVersion(on);
  if (current !== baseVersion) return refuse("clock.rulebook-changed", { currentVersion: current });
  const base = await rulebookState(on, baseVersion);
  const context = await contextOf(on, business, tree);
  let state: RulebookState = base;
  const summary: Bilingual[] = [];
  const needs: Authorisation[] = [];
  for (const change of changes) {
    const changed = applyChange(state, change, context);
    if (isRefusal(changed)) return changed;
    const refused = lacks(drafter, tree, [changed.needs]);
    if (refused) return refused;
    state = changed.state;
    summary.push(changed.summary);
    needs.push(changed.needs);
  }
  const definition = definitionOf(state, baseVersion + 1, tree);
  const before = { definition: definitionOf(base, baseVersion + 1, tree), versions: packVersions(base) };
  if (hashOf({ definition, versions: packVersions(state) }).equals(hashOf(before))) return refuse("clock.nothing-changes");
  const [problem] = checkRulebook(definition);
  if (problem)
    return refuse("clock.rulebook-invalid", { place: problem.place, firstZh: problem.message.zh, firstEn: problem.message.en });
  const [gap] = uncoveredSteps(compileRulebook(definition), business, tree.root.unitId, nowMs);
  if (gap) {
    const flow = business.flows.find(({ id }) => id === gap.flow);
    const { zh: flowZh, en: flowEn } = flow?.title ?? { zh: gap.flow, en: gap.flow };
    const { zh: slotZh, en: slotEn } = flow?.slots.find(({ key }) => key === gap.slot)?.title ?? { zh: gap.slot, en: gap.slot };
    return refuse("clock.slot-without-limit", { flow: gap.flow, slot: gap.slot, flowZh, flowEn, slotZh, slotEn });
  }
  const newPacks = state.packs
    .filter((pack) => (context.lastVersion.get(pack.key) ?? 0) < pack.version)
    .map(({ key, version, yaml, document }) => ({ key, version, yaml, document }));
  return { proposal: { definition, calendar: state.calendar, packVersions: packVersions(state), needs, newPacks }, summary };
}

/** Makes a draft and starts its dry run. Out: its id, or a refusal. */
export async function createDraft(
  platform: Platform,
  business: Business,
  tree: OrganisationTree,
  drafter: Drafter,
  input: { baseVersion: number; changes: readonly RulebookChange[] },
): Promise<Refusal | string> {
  const nowMs = platform.time.nowMs();
  return platform.db.transaction(async (tx) => {
    const proposed = await propose(tx, business, tree, drafter, input.baseVersion, input.changes, nowMs);
    if (isRefusal(proposed)) return proposed;
    const draftId = randomUUID();
    await insertDraft(tx, { draftId, ...input, ...proposed, atMs: nowMs, staffId: staffIdOf(drafter) });
    await platform.jobs.addJob(tx, DRY_RUN_JOB, { draftId }, { maxAttempts: 3 });
    return draftId;
  });
}

/** Names exactly what a dry run has shown: the rulebook it would make and what it would do. Null until it is ready. */
export const tokenOf = ({ draftId, hash, state, result }: DraftRow): string | null =>
  result === null || state === "RUNNING" || state === "FAILED" ? null : hashOf({ draftId, hash, result }).toString("hex");

/**
 * Publishes a draft: its packs, its calendars and the rulebook, then the job that binds the open orders. Out: the new version.
 * Errors: it is not ready or not open, somebody has published in the meantime, the token names something else.
 */
export async function publishDraft(
  platform: Platform,
  tree: OrganisationTree,
  publisher: Drafter,
  input: { draftId: string; token: string; note: string; address?: string },
): Promise<Refusal | number> {
  return platform.db.transaction(async (tx) => {
    await lockRulebooks(tx);
    const draft = await draftRow(tx, input.draftId);
    if (!draft) return refuse("request.not-found");
    if (draft.state === "PUBLISHED" || draft.state === "DISCARDED") return refuse("clock.draft-not-open");
    if (draft.state !== "READY") return refuse("clock.draft-not-ready");
    const current = await currentVersion(tx);
    if (current !== draft.baseVersion) return refuse("clock.rulebook-changed", { currentVersion: current });
    if (tokenOf(draft) !== input.token) return refuse("clock.draft-token-wrong");
    const proposal = await draftProposal(tx, input.draftId);
    const refused = lacks(publisher, tree, proposal.needs);
    if (refused) return refused;
    const { version } = proposal.definition;
    // A shipped text may have taken the number since: then it is the pack that has changed, and nothing is written yet.
    const taken = await packHistory(tx);
    const clash = proposal.newPacks.find((pack) =>
      taken.some(({ key, version: number }) => key === pack.key && number >= pack.version),
    );
    if (clash) return refuse("clock.pack-changed", { key: clash.key, currentVersion: clash.version });
    const actor = publisher.scope ? actorOf(publisher.scope, input.address ?? null) : atCommandLine;
    const by = { atMs: platform.time.nowMs(), staffId: staffIdOf(publisher), note: input.note, actor };
    for (const pack of proposal.newPacks) await insertPack(tx, { ...pack, origin: "edited" }, by);
    await publishRulebook(tx, { ...proposal, changes: draft.summary }, by, "RUNNING");
    await markPublished(tx, input.draftId, version);
    await platform.jobs.addJob(tx, REBIND_JOB, { version }, { queue: REBIND_QUEUE });
    await platform.live.publish(tx, [{ type: "rulebook.published", id: String(version), version }]);
    return version;
  });
}
