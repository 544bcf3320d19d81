// The flows as the screen needs them: drawn from their definitions, their forms as JSON Schema.
import { z } from "zod";
import { defineOperation } from "./operation.ts";
import { Bilingual } from "./text.ts";

/**
 * JSON Schema of a form. Every property carries under `bihuan` its label {zh,en}, hint, `personal`, `widget` (long-text, staff,
 * unit, units, order, date-time, file, customer, position) and `options` (code → {zh,en}).
 */
export const FormSchema = z
  .record(z.string(), z.unknown())
  .describe("JSON Schema; each property carries its labels and widget under `bihuan`");

export const FlowAction = z.object({
  key: z.string(),
  title: Bilingual,
  by: z.array(z.string()),
  /** Steps it can be taken from; empty for any open step. */
  from: z.array(z.string()),
  /** Events it may add and the step they lead to; `closed` leaves the flow, null stays. */
  outcomes: z.array(z.object({ type: z.string(), to: z.string().nullable() })),
});

export const FlowSlot = z.object({
  key: z.string(),
  title: Bilingual,
  from: z.array(z.string()),
  until: z.array(z.string()),
  limit: z.enum(["rule", "given"]),
  perSubject: z.boolean(),
});

export const FlowView = z
  .object({
    id: z.string(),
    version: z.int(),
    title: Bilingual,
    subtypes: z.array(z.object({ code: z.string(), title: Bilingual })),
    initial: z.string(),
    steps: z.array(
      z.object({ key: z.string(), title: Bilingual, by: z.array(z.string()), at: z.enum(["desk", "handling", "above"]) }),
    ),
    actions: z.array(FlowAction),
    slots: z.array(FlowSlot),
    reviewLevels: z.array(Bilingual),
    noCallbackReasons: z.array(z.object({ code: z.string(), title: Bilingual })),
    /** What every intake asks, and what this flow asks besides. */
    intakeForm: FormSchema,
    detailsForm: FormSchema,
    /** False for flows nobody takes in here (imported histories). */
    takesIn: z.boolean(),
  })
  .meta({ id: "Flow" });
export type FlowView = z.infer<typeof FlowView>;

export const flowOperations = {
  listFlows: defineOperation({
    method: "GET",
    path: "/flows",
    summary: { zh: "列出业务流程", en: "List the flows" },
    tag: "flow",
    access: "signed-in",
    response: z.object({ flows: z.array(FlowView) }),
  }),
};
