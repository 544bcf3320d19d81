// What a request of one kind is: what it asks with, and what must hold for it when it is made, and again when it is granted.
import type { z } from "zod";
import type { Refusal } from "../../refusal.ts";
import type { Action, ActionInput } from "../definition.ts";
import type { NewEvent } from "../event.ts";
import type { JsonObject } from "../form.ts";
import type { Request, RequestKind } from "../state.ts";

export const DAY_MS = 86_400_000;

export type RequestRules = {
  readonly kind: RequestKind;
  readonly title: Action["title"];
  readonly form: z.ZodObject;
  /** What the event of the request keeps: values of the form, and what the rule adds, in public and beside the chain. */
  asks(input: ActionInput):
    | Refusal
    | {
        readonly value: Readonly<Record<string, unknown>>;
        readonly data?: JsonObject;
        readonly personal?: JsonObject | null;
      };
  /** Why it cannot be granted as things stand. In: the public data of the request's event. */
  refusal(data: JsonObject, asked: Pick<ActionInput, "state" | "context">): Refusal | null;
  /** The event by which what was asked happens. */
  grants(request: Request, input: ActionInput): NewEvent | Refusal;
};
