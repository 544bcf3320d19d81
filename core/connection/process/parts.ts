// What the moves of a connection share: its shape, who does what, and where it goes once nothing but formalities is left.
import type { NewEvent } from "../../flow/event.ts";
import { plainEvent } from "../../flow/outcome.ts";
import type { OrderState } from "../../flow/state.ts";
import type { Bilingual } from "../../text.ts";
import type { FollowingDocument } from "./documents.ts";
import type { Works } from "./forms.ts";

/** What kind of connection it is: which works may follow the plan, and what is inspected. */
export type Shape = {
  readonly documents: readonly FollowingDocument[];
  /** Works that may follow the supply plan; asked where there are several. */
  readonly works: readonly Works[];
  /** Important customers have their design reviewed and their works inspected on the way. */
  readonly reviews: boolean;
  /** Parts of the completion inspection; each passes for itself, and only what failed is inspected again. */
  readonly stages: Readonly<Record<string, Bilingual>>;
  readonly fee: boolean;
};

/** In the field: by whoever handles it. */
export const field = { by: ["HANDLER"] } as const;
/** At the counter: the hall that took it in, or whoever handles it now (首问负责). */
export const counter = { by: ["AGENT", "HANDLER", "MANAGER"], at: "participant" } as const;

export const ready = {
  type: "ready",
  to: "metering",
  title: { zh: "手续办结，可装表接电", en: "Ready to be energised" },
} as const;
export const formalities = {
  type: "await-formalities",
  to: "formalities",
  title: { zh: "待办结手续", en: "Waits for formalities" },
} as const;

/** Nothing but formalities is left: where they are complete as well, it is the utility's turn to set the meter. */
export const whereNext = (state: Pick<OrderState, "marks">): NewEvent =>
  state.marks["contract"] === true
    ? plainEvent(ready.type, {}, { step: ready.to })
    : plainEvent(formalities.type, {}, { step: formalities.to });
