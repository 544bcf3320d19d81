// What the values of an event mean: the labels and choices of the form it was made with. Loaded with the first story that is opened.
import { formJsonSchema } from "@bihuan/core/flow/form.ts";
import { IntakeForm } from "@bihuan/core/flow/intake.ts";
import { flows } from "@bihuan/core/flows.ts";
import type { z } from "zod";
import { type FormField, readForm, withChoices } from "../../../ui/schema-form-model.ts";
import { intakeCodes } from "../../codes.ts";

const fieldsOf = (form: z.ZodObject): FormField[] => readForm(formJsonSchema(form));
/** Categories by their titles: events name them by their codes. */
const categories = {
  flow: flows.all.map(({ id, title }) => ({ code: id, label: title })),
  subtype: flows.all.flatMap(({ subtypes }) => Object.entries(subtypes).map(([code, label]) => ({ code, label }))),
};
const known = new Map<string, readonly FormField[]>();

/** The form behind an event type of a flow: that of the action which can add it. */
export function eventFields(flowId: string, type: string): readonly FormField[] {
  const key = `${flowId} ${type}`;
  let fields = known.get(key);
  if (!fields) {
    const flow = flows.all.find(({ id }) => id === flowId);
    const action =
      flow &&
      Object.values(flow.actions).find((one) => one.key === type || one.outcomes.some((outcome) => outcome.type === type));
    fields =
      type === "intake"
        ? [...withChoices(fieldsOf(IntakeForm), intakeCodes), ...(flow ? fieldsOf(flow.details) : [])]
        : action
          ? withChoices(fieldsOf(action.form), type === "request-reclassification" ? categories : {})
          : [];
    known.set(key, fields);
  }
  return fields;
}

export type EventFact = { readonly field: FormField; readonly value: unknown };

/** Values that the page shows elsewhere, or that only the machine reads. */
const silent: ReadonlySet<string> = new Set([
  "requestSeq",
  "customerId",
  "sha256",
  "mediaType",
  "title",
  "description",
  "details",
]);

const isNone = (value: unknown): boolean => Array.isArray(value) && value.length === 0;

/** The values of an event in the order of its form; what the form does not know stays out. */
export function eventFacts(
  flowId: string,
  event: { type: string; data: Readonly<Record<string, unknown>>; personal: Readonly<Record<string, unknown>> | null },
): EventFact[] {
  const inside = (event.data["facts"] ?? {}) as Record<string, unknown>;
  const values: Record<string, unknown> = {
    ...(event.type === "intake" || event.type === "reclassify" ? inside : {}),
    ...(event.data["details"] as object | undefined),
    ...event.data,
    ...event.personal,
    ...(event.personal?.["details"] as object | undefined),
  };
  const target = event.type.endsWith("reclassification") || event.type === "reclassify" ? values["flow"] : null;
  const details = target === null ? undefined : flows.all.find(({ id }) => id === target)?.details;
  return [...eventFields(flowId, event.type), ...(details ? fieldsOf(details) : [])]
    .filter(
      ({ name }) =>
        !silent.has(name) && values[name] !== undefined && values[name] !== null && values[name] !== "" && !isNone(values[name]),
    )
    .map((field) => ({ field, value: values[field.name] }));
}
