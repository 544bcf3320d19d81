// An intake while it is being written: what it would become, and what still has to be said before its clocks can be told.
import type { Clock } from "@bihuan/core/clock/types.ts";
import type { Rulebook } from "@bihuan/core/clock/rules/rulebook.ts";
import type { InvalidForm } from "@bihuan/core/flow/engine.ts";
import { type MissingField, missingFields } from "@bihuan/core/flow/form.ts";
import { IntakeForm } from "@bihuan/core/flow/intake.ts";
import { flows } from "@bihuan/core/flows.ts";
import { isRefusal, type Refusal } from "@bihuan/core/refusal.ts";
import type { Acting } from "../world.ts";
import { withCustomer } from "./named-customer.ts";
import { type IntakeCommand, openIntake } from "./take-in.ts";

export type Preview = {
  readonly unitId: number;
  readonly step: string;
  readonly clocks: readonly Clock[];
  /** Null while no clock can be told. */
  readonly rulebook: Rulebook | null;
  /** What the demand cannot be taken in without and was not entered yet. */
  readonly missing: readonly MissingField[];
};
type World = Parameters<typeof openIntake>[2];

const subtypeLabel = { zh: "子类", en: "Subtype" };

/**
 * Looks ahead of an intake. Out: the order it would become; while answers are missing, the unit and the step that are known already
 * and what is missing; a refusal where what was entered could not be taken in however it is completed.
 */
export function previewIntake(acting: Acting, command: IntakeCommand, world: World): Preview | Refusal | InvalidForm {
  const opened = openIntake(acting, command, world);
  if (!isRefusal(opened)) {
    const { form, state, clocks, rulebook } = opened;
    return { unitId: form.targetUnitId ?? state.unitId, step: state.step ?? "", clocks, rulebook, missing: [] };
  }
  const missing = missingOf(command, world);
  const flow = flows.all.find(({ id }) => id === command.flow);
  // Who may not take in here, and where, is settled before the form is read: those refusals come first and stand.
  const isUnfinished = opened.refused === "work-order.form-invalid" || opened.refused === "work-order.subtype-unknown";
  if (!isUnfinished || !flow || missing === null || missing.length === 0) return opened;
  return { unitId: placeOf(command, world), step: flow.initial, clocks: [], rulebook: null, missing };
}

function missingOf(command: IntakeCommand, { customer }: World): MissingField[] | null {
  const flow = flows.all.find(({ id }) => id === command.flow);
  const completed = withCustomer(command.form, customer);
  if (!flow || isRefusal(completed)) return null;
  const subtype = command.subtype ?? "";
  const subtypes = Object.keys(flow.subtypes);
  if (subtype !== "" && !subtypes.includes(subtype)) return null;
  const form = missingFields(IntakeForm, completed.form, "form");
  const details = missingFields(flow.details, command.details ?? {}, "details");
  if (form === null || details === null) return null;
  return [...(subtypes.length > 0 && subtype === "" ? [{ path: "subtype", label: subtypeLabel }] : []), ...form, ...details];
}

/** The unit that was proposed, where it could handle the demand at all; else the desk. */
function placeOf({ form, deskUnitId }: IntakeCommand, { tree }: World): number {
  const target = (form as { readonly targetUnitId?: unknown }).targetUnitId;
  const proposed = typeof target === "number" ? tree.unit(target) : null;
  return proposed?.regionId === tree.unit(deskUnitId)?.regionId && proposed ? proposed.unitId : deskUnitId;
}
