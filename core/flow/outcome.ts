import type { z } from "zod";
import { refuse, type Refusal } from "../refusal.ts";
import type { ActionInput } from "./definition.ts";
import type { NewEvent } from "./event.ts";
import { type JsonObject, labelOf, splitPersonal } from "./form.ts";

type Move = Pick<NewEvent, "step" | "unitId" | "holderId">;

/** The event of a parsed form: its public part hashed, its personal part beside it. `extra` is public data the rule adds. */
export function eventOf(
  type: string,
  form: z.ZodObject,
  value: Readonly<Record<string, unknown>>,
  move: Move = {},
  extra: JsonObject = {},
): NewEvent {
  const { data, personal } = splitPersonal(form, value);
  return { type, data: { ...data, ...extra }, personal, ...move };
}

/** An event a rule adds by itself. */
export const plainEvent = (type: string, data: JsonObject = {}, move: Move = {}): NewEvent => ({
  type,
  data,
  personal: null,
  ...move,
});

/** An instant of the past, told by a person: refused, by the field's label, when it lies in the future or before the order began. */
export const happened =
  (form: z.ZodObject, field: string) =>
  ({ value, state, context }: Pick<ActionInput, "value" | "state" | "context">): Refusal | null => {
    const atMs = Date.parse(value[field] as string);
    if (atMs > context.nowMs) return refuse("work-order.time-in-future", { field, ...labelOf(form, field) });
    if (atMs < state.openedAtMs) return refuse("work-order.time-before-intake", { field, ...labelOf(form, field) });
    return null;
  };
