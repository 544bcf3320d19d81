// Rows and snapshots as the contract shows them.
import type { PackSummary, RulebookDraft, RulebookSummary } from "@bihuan/contract/clock.ts";
import type { Adoption } from "@bihuan/core/clock/rules/rulebook.ts";
import { tokenOf } from "./draft/drafts.ts";
import type { DraftRow, PackVersion, SummaryRow } from "./queries.ts";
import type { PackText } from "./rulebook-state.ts";

const iso = (atMs: number): string => new Date(atMs).toISOString();

/** The earliest of dates, or the latest; null where one is open. */
const outermost = (dates: readonly (string | null)[], end: "first" | "last"): string | null => {
  const known = dates.flatMap((date) => date ?? []);
  if (known.length < dates.length) return null;
  const sorted = known.toSorted((a, b) => (a < b ? -1 : 1));
  return (end === "first" ? sorted[0] : sorted.at(-1)) ?? null;
};

/**
 * A pack as lists show it. In: every version it ever had (oldest first), the version in force or null, the text to show, where it
 * is adopted, and the units' names.
 */
export function packSummary(
  versions: readonly PackVersion[],
  inForce: number | null,
  shown: PackText,
  adoptions: readonly Adoption[],
  unitName: (unitId: number) => string,
): PackSummary {
  const { key, document, version } = shown;
  const { rules } = document;
  const newestShipped = versions.findLast(({ origin }) => origin === "shipped");
  const saved = versions.find((pack) => pack.version === version);
  return {
    key,
    title: document.title,
    description: document.description,
    version,
    origin: shown.origin === "shipped" ? "shipped" : newestShipped ? "edited" : "own",
    inForce: inForce !== null,
    newerShippedVersion: newestShipped && newestShipped.version > (inForce ?? 0) ? newestShipped.version : null,
    authorities: [...new Set(rules.map(({ authority }) => authority))],
    validFrom: outermost(
      rules.map((rule) => rule.validFrom),
      "first",
    ),
    validTo: outermost(
      rules.map((rule) => rule.validTo),
      "last",
    ),
    ruleCount: rules.length,
    unverifiedCount: rules.filter(({ source }) => !source.verified).length,
    adoptedAt: adoptions.filter(({ packKey }) => packKey === key).map(({ unitId }) => ({ unitId, unitName: unitName(unitId) })),
    savedAt: iso(saved?.savedAtMs ?? 0),
    savedBy: saved?.savedBy ?? null,
  };
}

/** A draft; `current` is the rulebook in force, by which it may have been outrun. */
export function draftView(row: DraftRow, current: number): RulebookDraft {
  const isOpen = row.state === "RUNNING" || row.state === "READY" || row.state === "FAILED";
  return {
    draftId: row.draftId,
    baseVersion: row.baseVersion,
    state: isOpen && row.baseVersion !== current ? "OUTDATED" : row.state,
    createdAt: iso(row.createdAtMs),
    createdBy: row.createdBy ?? "–",
    changes: row.summary,
    progress: { ordersChecked: row.ordersChecked, ordersTotal: row.ordersTotal },
    result: row.result,
    token: tokenOf(row),
    publishedVersion: row.publishedVersion,
  };
}

export const rulebookSummary = (row: SummaryRow): RulebookSummary => ({
  version: row.version,
  publishedAt: iso(row.publishedAtMs),
  publishedBy: row.publishedBy,
  note: row.note,
  hash: row.hash,
  changes: row.changes,
  rebinding: { state: row.rebinding, rebound: row.rebound },
});
