import type { JsonObject } from "./form.ts";

/** Who did it: a person, an integration, or the system itself (a timer). */
export type Actor = { readonly kind: "staff" | "api-key" | "system"; readonly id: number };
export const systemActor: Actor = { kind: "system", id: 0 };
/** Whether it was the same person or integration: a number alone names one of the staff and one of the keys. */
export const isSameActor = (a: Actor, b: Actor): boolean => a.kind === b.kind && a.id === b.id;

/**
 * What an action adds to the history. The outcome (step, unit, holder) stands in the event itself, so that a later edition of
 * a flow never changes what an old history folds to. `data` is hashed for ever and holds no personal data.
 */
export type NewEvent = {
  readonly type: string;
  readonly data: JsonObject;
  readonly personal: JsonObject | null;
  /** Step after the event; absent where it does not change, null where the order leaves its flow. */
  readonly step?: string | null;
  /** Responsible unit after the event; absent where it does not change. */
  readonly unitId?: number;
  /** Person who has it after the event; absent where it does not change. */
  readonly holderId?: number | null;
};

export type OrderEvent = NewEvent & {
  readonly seq: number;
  readonly atMs: number;
  readonly actor: Actor;
  /** The unit the actor acted for. */
  readonly actingUnitId: number | null;
};

/** Values of an event's data by name, typed at the reader. */
export const text = (data: JsonObject, key: string): string | null => (typeof data[key] === "string" ? data[key] : null);
export const number = (data: JsonObject, key: string): number | null => (typeof data[key] === "number" ? data[key] : null);
export const object = (data: JsonObject, key: string): JsonObject | null => {
  const value = data[key];
  return typeof value === "object" && value !== null && !Array.isArray(value) ? (value as JsonObject) : null;
};
export const numbers = (data: JsonObject, key: string): readonly number[] =>
  Array.isArray(data[key]) ? (data[key] as number[]) : [];
export const texts = (data: JsonObject, key: string): readonly string[] =>
  Array.isArray(data[key]) ? (data[key] as readonly unknown[]).filter((one): one is string => typeof one === "string") : [];
/** What an event says is missing: by itself, or among what a flow asks at intake. */
export const owed = (data: JsonObject): readonly string[] => [
  ...texts(data, "missing"),
  ...texts(object(data, "details") ?? {}, "missing"),
];
