// What a customer may want, in his words, and what proves to be behind it. Texts are kept beside what they belong to, so that an
// order reads as one story from the call to the reply.
import type { Random } from "../random.ts";

/** What was found and done. */
export type Outcome = {
  readonly cause: "EQUIPMENT" | "STAFF" | "MANAGEMENT" | "CUSTOMER_SIDE" | "EXTERNAL" | "NO_FAULT";
  readonly proved?: "PROVED" | "PARTLY_PROVED" | "NOT_PROVED";
  /** Of a fault: its kind. */
  readonly kind?: string;
  readonly facts: string;
  readonly why: string;
  readonly done: string;
};

export type Matter = {
  readonly flow: string;
  readonly subtype?: string;
  readonly weight: number;
  readonly titles: readonly string[];
  /** What the caller says: one of each list, joined. */
  readonly says: readonly (readonly string[])[];
  readonly details?: Readonly<Record<string, unknown>>;
  readonly urgent?: boolean;
  readonly outcomes: readonly Outcome[];
  /** Read out on the call, where it can be answered at once. */
  readonly answer?: string;
};

export const titleOf = (matter: Matter, random: Random): string => random.pick(matter.titles);

/** The caller's account of it. */
export const descriptionOf = (matter: Matter, random: Random): string =>
  matter.says
    .map((sentences) => random.pick(sentences))
    .filter((sentence) => sentence !== "")
    .join("，")
    .concat("。");
