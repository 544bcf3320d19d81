// The life of a version: written, submitted, approved by somebody else, in force between its dates, replaced or withdrawn.
import { formatCivilDate, parseCivilDate } from "../calendar/civil-date.ts";
import { type Refusal, refuse } from "../refusal.ts";
import { type ArticleContent, type ArticleKind, missingParts } from "./article.ts";

export const versionStates = ["DRAFT", "SUBMITTED", "APPROVED", "WITHDRAWN"] as const;
export type VersionState = (typeof versionStates)[number];

/** How a version stands on a day. */
export const standings = ["DRAFT", "SUBMITTED", "UPCOMING", "IN_FORCE", "EXPIRED", "SUPERSEDED", "WITHDRAWN"] as const;
export type Standing = (typeof standings)[number];

/** A version's dates: as its author asked (`valid…`), and as they came to be once it and its successors were approved (`holds…`). */
export type Dates = {
  readonly state: VersionState;
  readonly validTo: string | null;
  readonly holdsFrom: string | null;
  readonly holdsTo: string | null;
};

export type Decided = {
  readonly state: VersionState;
  /** Everybody who has written in this version, and who submitted it. */
  readonly authorIds: readonly number[];
};

export type VersionAction = "edit" | "submit" | "return" | "approve" | "withdraw" | "discard";
const from: Readonly<Record<VersionAction, VersionState>> = {
  edit: "DRAFT",
  submit: "DRAFT",
  discard: "DRAFT",
  return: "SUBMITTED",
  approve: "SUBMITTED",
  withdraw: "APPROVED",
};

/**
 * Why a person may not do this with a version; null where they may. In: the version (null where there is none such) and the
 * person's staff id, null for a program. Whether the permission is held is asked before. Approval takes four eyes: nobody
 * approves what they wrote or submitted, and no program approves anything.
 */
export function lifeRefusal(action: VersionAction, version: Decided | null, staffId: number | null): Refusal | null {
  if (version?.state !== from[action]) return refuse("knowledge.not-at-this-stage", { state: version?.state ?? null });
  if (action !== "approve") return null;
  if (staffId === null) return refuse("knowledge.person-needed");
  return version.authorIds.includes(staffId) ? refuse("knowledge.own-words") : null;
}

const partMissing = {
  answer: "knowledge.answer-missing",
  steps: "knowledge.steps-missing",
  causes: "knowledge.causes-missing",
} as const;

/** Why a version cannot be submitted or approved as it is written: parts are missing, or it would never be in force. */
export function contentRefusal(
  kind: ArticleKind,
  { content, validTo }: { readonly content: ArticleContent; readonly validTo: string | null },
  today: string,
): Refusal | null {
  const [missing] = missingParts(kind, content);
  if (missing !== undefined) return refuse(partMissing[missing]);
  return validTo !== null && validTo < today ? refuse("knowledge.over-already", { validTo }) : null;
}

/** The day before a civil date. */
export const dayBefore = (day: string): string => formatCivilDate((parseCivilDate(day) as number) - 1);

/**
 * When an approved version holds, and the last day on which the ones before it may. It cannot have held before it was approved.
 * In: its dates as asked, and the civil date of approval.
 */
export function holding(
  asked: { readonly validFrom: string | null; readonly validTo: string | null },
  today: string,
): { readonly holdsFrom: string; readonly holdsTo: string | null; readonly othersUntil: string } {
  const holdsFrom = asked.validFrom !== null && asked.validFrom > today ? asked.validFrom : today;
  return { holdsFrom, holdsTo: asked.validTo, othersUntil: dayBefore(holdsFrom) };
}

/** How a version stands on a civil date. */
export function standingOn({ state, validTo, holdsFrom, holdsTo }: Dates, today: string): Standing {
  if (state !== "APPROVED" || holdsFrom === null) return state === "APPROVED" ? "UPCOMING" : state;
  const over = holdsTo !== null && (holdsTo < today || holdsTo < holdsFrom);
  if (over) return holdsTo === validTo ? "EXPIRED" : "SUPERSEDED";
  return holdsFrom > today ? "UPCOMING" : "IN_FORCE";
}
