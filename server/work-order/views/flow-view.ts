import type { FlowView } from "@bihuan/contract/flow.ts";
import { type Flow, noCallbackReasons } from "@bihuan/core/flow/definition.ts";
import { formJsonSchema } from "@bihuan/core/flow/form.ts";
import { IntakeForm } from "@bihuan/core/flow/intake.ts";
import type { z } from "zod";

/** A flow as the screen draws it. */
export const flowView = (flow: Flow): z.input<typeof FlowView> => ({
  id: flow.id,
  version: flow.version,
  title: flow.title,
  subtypes: Object.entries(flow.subtypes).map(([code, title]) => ({ code, title })),
  initial: flow.initial,
  steps: Object.entries(flow.steps).map(([key, step]) => ({ key, title: step.title, by: [...step.by], at: step.at })),
  actions: Object.values(flow.actions).map((action) => ({
    key: action.key,
    title: action.title,
    by: [...action.by],
    from: action.from === "open" ? [] : action.from === "archived" ? ["closed"] : [...action.from],
    outcomes: action.outcomes.map((outcome) => ({ type: outcome.type, to: outcome.to ?? null })),
  })),
  slots: flow.slots.map((slot) => ({
    key: slot.key,
    title: slot.title,
    from: [...slot.from],
    until: [...slot.until],
    limit: slot.limit,
    perSubject: slot.perSubject ?? false,
  })),
  reviewLevels: [...flow.reviewLevels],
  noCallbackReasons: flow.noCallbackReasons.map((code) => ({ code, title: noCallbackReasons[code] ?? { zh: code, en: code } })),
  intakeForm: formJsonSchema(IntakeForm),
  detailsForm: formJsonSchema(flow.details),
  takesIn: !flow.closedElsewhere,
});
