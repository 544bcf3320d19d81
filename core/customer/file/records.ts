// What is added to a customer's file over the years: notes, visits, the evidence of a special need.
import { z } from "zod";
import type { Bilingual } from "../../text.ts";
import { type Refusal, refuse } from "../../refusal.ts";

// Prose keeps its own punctuation, full width or not; what nobody sees goes.
const plainLine = (line: string): string =>
  line
    .normalize("NFC")
    .replace(/[\p{Cc}\p{Cf}\p{Cs}]/gu, " ")
    .replace(/\s+/g, " ")
    .trim();

/** Several lines of text; blanks at the ends of lines and more than one empty line go. */
export const paragraphs = (max: number) =>
  z
    .string()
    .max(20_000)
    .overwrite((text) =>
      text
        .split(/\r?\n/)
        .map(plainLine)
        .join("\n")
        .replace(/\n{3,}/g, "\n\n")
        .trim(),
    )
    .min(1)
    .max(max);

export const visitStates = ["PLANNED", "DONE", "CANCELLED"] as const;
export const VisitState = z.enum(visitStates);
export type VisitState = z.infer<typeof VisitState>;
export const visitStateTitles: Readonly<Record<VisitState, Bilingual>> = {
  PLANNED: { zh: "计划", en: "Planned" },
  DONE: { zh: "已走访", en: "Done" },
  CANCELLED: { zh: "已取消", en: "Cancelled" },
};

/** What a visit is made for. */
export const occasions = ["REGULAR", "SPECIAL_CARE", "COMPLAINT", "CONNECTION", "SAFETY", "OUTAGE", "OTHER"] as const;
export const Occasion = z.enum(occasions);
export type Occasion = z.infer<typeof Occasion>;
export const occasionTitles: Readonly<Record<Occasion, Bilingual>> = {
  REGULAR: { zh: "例行走访", en: "Regular visit" },
  SPECIAL_CARE: { zh: "特殊需求关怀", en: "Special care" },
  COMPLAINT: { zh: "投诉回访", en: "After a complaint" },
  CONNECTION: { zh: "用电需求", en: "New or larger supply" },
  SAFETY: { zh: "用电安全", en: "Safety" },
  OUTAGE: { zh: "停电沟通", en: "About an outage" },
  OTHER: { zh: "其他", en: "Other" },
};

export const satisfactions = ["VERY_SATISFIED", "SATISFIED", "NEUTRAL", "DISSATISFIED", "VERY_DISSATISFIED"] as const;
export const Satisfaction = z.enum(satisfactions);
export type Satisfaction = z.infer<typeof Satisfaction>;
export const satisfactionTitles: Readonly<Record<Satisfaction, Bilingual>> = {
  VERY_SATISFIED: { zh: "非常满意", en: "Very satisfied" },
  SATISFIED: { zh: "满意", en: "Satisfied" },
  NEUTRAL: { zh: "一般", en: "Neutral" },
  DISSATISFIED: { zh: "不满意", en: "Dissatisfied" },
  VERY_DISSATISFIED: { zh: "非常不满意", en: "Very dissatisfied" },
};

/** Whether a visit may still be changed that way. A visit that was made or cancelled stays as it is. */
export const visitRefusal = (state: VisitState): Refusal | null =>
  state === "PLANNED" ? null : refuse("customer.visit-over", { state });

/** Who wrote a note retracts it, once. In: author and reader by staff id (null: not a person), whether it was retracted. */
export const retractionRefusal = (authorId: number | null, staffId: number | null, retracted: boolean): Refusal | null =>
  retracted
    ? refuse("customer.note-retracted")
    : authorId === null || staffId === null || authorId !== staffId
      ? refuse("customer.note-of-another")
      : null;

/** How the evidence of a special need stands: none there, run out, running out within the days given, or in order. */
export const evidenceStates = ["MISSING", "EXPIRED", "EXPIRING", "IN_ORDER"] as const;
export const EvidenceState = z.enum(evidenceStates);
export type EvidenceState = z.infer<typeof EvidenceState>;

/** Evidence that ends within so many days is to be renewed. */
export const EXPIRING_DAYS = 30;

/**
 * How the evidence of one need stands on a civil date. In: the last valid day of each piece, null where it has none. The piece that
 * lasts longest counts.
 */
export function evidenceState(validTo: readonly (string | null)[], today: string, soon: string): EvidenceState {
  if (validTo.length === 0) return "MISSING";
  if (validTo.includes(null)) return "IN_ORDER";
  const last = validTo.reduce((latest, one) => ((one as string) > (latest as string) ? one : latest)) as string;
  return last < today ? "EXPIRED" : last <= soon ? "EXPIRING" : "IN_ORDER";
}
