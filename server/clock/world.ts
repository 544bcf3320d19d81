// What the clock slice needs to know of the slices above it; the composition root hands it over.
import type { codedFacts } from "@bihuan/core/clock/rules/rule.ts";
import type { ClockSlot } from "@bihuan/core/clock/types.ts";
import type { Bilingual } from "@bihuan/contract/text.ts";
import type { OpenOrderSource } from "./effect/open-orders.ts";

export type CodedFact = (typeof codedFacts)[number];

/** A flow as rules see it: its name, its subtypes and the stretches they may limit. */
export type FlowOutline = {
  readonly id: string;
  readonly title: Bilingual;
  readonly slots: readonly ClockSlot[];
  readonly subtypes: Readonly<Record<string, Bilingual>>;
  /** Histories of another system: their limits are given, no rule applies. */
  readonly closedElsewhere?: boolean;
};

/** The values a fact may take, for those that have a list. A rule that names another value would never apply. */
export type FactValues = Readonly<Partial<Record<CodedFact, readonly string[]>>>;

export type Business = {
  readonly flows: readonly FlowOutline[];
  readonly factValues: FactValues;
};

export type ClockWorld = Business & { readonly openOrders: OpenOrderSource };

const none: readonly ClockSlot[] = [];

/** The slots of a flow, as folding asks for them. */
export function slotsOfFlows({ flows }: Pick<Business, "flows">): (flow: string) => readonly ClockSlot[] {
  const byId = new Map(flows.map((flow) => [flow.id, flow.slots]));
  return (flow) => byId.get(flow) ?? none;
}
