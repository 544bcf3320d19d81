import type { clockOperations } from "@bihuan/contract/clock.ts";
import type { OrganisationTree } from "@bihuan/core/identity/organisation.ts";
import { can, type Scope } from "@bihuan/core/identity/scope.ts";
import { isRefusal, type Refusal, refuse } from "@bihuan/core/refusal.ts";
import { currentTree } from "../identity/organisation/tree.ts";
import type { Handlers } from "../platform/http/operations.ts";
import type { Platform } from "../platform/platform.ts";
import { discardDraft } from "./commands.ts";
import { rulebookDifferences } from "./differences.ts";
import { createDraft, publishDraft } from "./draft/drafts.ts";
import { parsePack } from "./pack/parse-pack.ts";
import {
  currentVersion,
  definitionsOf,
  type DraftRow,
  draftRow,
  packHistory,
  packTexts,
  rulebookRow,
  rulebookRows,
  rulebookState,
} from "./queries.ts";
import { draftView, packSummary, rulebookSummary } from "./views.ts";
import type { Business } from "./world.ts";

const nameOf = (tree: OrganisationTree) => (unitId: number) => tree.unit(unitId)?.name ?? String(unitId);

// A draft shows orders of every unit it moves, so it is for those who may change the whole company's rules, and for whoever made it.
const mayReadDraft = (scope: Scope, tree: OrganisationTree, draft: DraftRow): boolean =>
  can(scope, tree, "rule.edit", tree.root.unitId) ||
  can(scope, tree, "calendar.edit", tree.root.unitId) ||
  (scope.principal.kind === "staff" && draft.createdById === scope.principal.id);

/** Rule packs, rulebooks and their drafts. */
export function clockRoutes(business: Business): (platform: Platform) => Handlers<typeof clockOperations> {
  return (platform) => {
    const { db } = platform;

    const packAt = async (key: string, version: number | undefined) => {
      const [current, versions, tree] = await Promise.all([currentVersion(db), packHistory(db, key), currentTree(platform)]);
      const state = await rulebookState(db, current);
      const inForce = state.packs.find((pack) => pack.key === key)?.version ?? null;
      const wanted = version ?? inForce ?? versions.at(-1)?.version;
      const [shown] = wanted === undefined ? [] : await packTexts(db, [{ key, version: wanted }]);
      return shown && { shown, versions, summary: packSummary(versions, inForce, shown, state.adoptions, nameOf(tree)) };
    };
    const draftFor = async (scope: Scope, draftId: string): Promise<DraftRow | Refusal> => {
      const [draft, tree] = await Promise.all([draftRow(db, draftId), currentTree(platform)]);
      return draft && mayReadDraft(scope, tree, draft) ? draft : refuse("request.not-found");
    };
    const shownDraft = async (draftId: string) => draftView((await draftRow(db, draftId)) as DraftRow, await currentVersion(db));

    return {
      async listRulePacks() {
        const [current, history, tree] = await Promise.all([currentVersion(db), packHistory(db), currentTree(platform)]);
        const state = await rulebookState(db, current);
        const inForce = new Map(state.packs.map(({ key, version }) => [key, version]));
        // The newest version of each pack that came with a newer product and is not in force yet.
        const waiting = new Map(history.filter(({ key }) => !inForce.has(key)).map((pack) => [pack.key, pack]));
        const shown = [...state.packs, ...(await packTexts(db, [...waiting.values()]))];
        const packs = shown.map((pack) => {
          const versions = history.filter(({ key }) => key === pack.key);
          return packSummary(versions, inForce.get(pack.key) ?? null, pack, state.adoptions, nameOf(tree));
        });
        return { rulebookVersion: current, packs: packs.sort((a, b) => (a.key < b.key ? -1 : 1)) };
      },
      async getRulePack({ params, query }) {
        const found = await packAt(params.key, query.version);
        if (!found) return refuse("request.not-found");
        const { shown, versions, summary } = found;
        return {
          ...summary,
          rules: shown.document.rules,
          yaml: shown.yaml,
          versions: versions
            .map(({ version, savedAtMs, savedBy, note }) => ({
              version,
              savedAt: new Date(savedAtMs).toISOString(),
              savedBy,
              note,
            }))
            .reverse(),
        };
      },
      async downloadRulePack({ params, query }) {
        const found = await packAt(params.key, query.version);
        if (!found) return refuse("request.not-found");
        const { key, version, yaml } = found.shown;
        return { body: yaml, contentType: "application/yaml; charset=utf-8", fileName: `${key}-${version}.yaml` };
      },
      async checkRulePack({ body }) {
        const tree = await currentTree(platform);
        const { pack, problems } = parsePack(body.yaml, business, (unitId) => tree.unit(unitId) !== null);
        return { problems: [...problems], key: pack?.key ?? null, rules: pack?.rules ?? [] };
      },
      async createRulebookDraft({ body, scope }) {
        const draft = await createDraft(platform, business, await currentTree(platform), { scope }, body);
        return isRefusal(draft) ? draft : shownDraft(draft);
      },
      async getRulebookDraft({ params, scope }) {
        const draft = await draftFor(scope, params.draftId);
        return isRefusal(draft) ? draft : draftView(draft, await currentVersion(db));
      },
      async discardRulebookDraft({ params, scope }) {
        const draft = await draftFor(scope, params.draftId);
        if (isRefusal(draft)) return draft;
        if (!(await discardDraft(db, params.draftId))) return refuse("clock.draft-not-open");
      },
      async publishRulebookDraft({ params, body, scope, request }) {
        const draft = await draftFor(scope, params.draftId);
        if (isRefusal(draft)) return draft;
        const version = await publishDraft(
          platform,
          await currentTree(platform),
          { scope },
          { ...params, ...body, address: request.ip },
        );
        if (isRefusal(version)) return version;
        const row = await rulebookRow(db, version);
        return row ? rulebookSummary(row) : refuse("request.not-found");
      },
      async getRulebook({ params }) {
        const version = params.version === "current" ? await currentVersion(db) : params.version;
        const [row, tree] = await Promise.all([rulebookRow(db, version), currentTree(platform)]);
        if (!row) return refuse("request.not-found");
        const state = await rulebookState(db, version);
        return {
          ...rulebookSummary(row),
          packs: state.packs.map(({ key, version: packVersion }) => ({ key, version: packVersion })),
          adoptions: state.adoptions.map(({ packKey, unitId }) => ({ key: packKey, unitId, unitName: nameOf(tree)(unitId) })),
          policies: state.policies,
        };
      },
      async listRulebooks({ query }) {
        const rows = await rulebookRows(db, query.before ?? null, query.limit + 1);
        const shown = rows.slice(0, query.limit);
        return {
          rulebooks: shown.map(rulebookSummary),
          next: rows.length > query.limit ? (shown.at(-1)?.version ?? null) : null,
        };
      },
      async compareRulebooks({ params, query }) {
        const against = query.against ?? Math.max(1, params.version - 1);
        const tree = await currentTree(platform);
        const snapshots = await definitionsOf(db, [...new Set([against, params.version])]);
        const [before, after] = [against, params.version].map(
          (version) => snapshots.find((one) => one.version === version)?.definition,
        );
        if (!before || !after) return refuse("request.not-found");
        return { version: params.version, against, differences: rulebookDifferences(before, after, nameOf(tree)) };
      },
    };
  };
}
