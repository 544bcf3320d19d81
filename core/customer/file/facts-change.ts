// Facts on their way: entered with what was typed anew, shown masked, erased, and taken from a second file.
import { z } from "zod";
import { Phone, unmasked } from "../customer.ts";
import { EnterpriseFacts, Facts, FamilyFacts, factFields } from "./facts.ts";

/** As a form sends facts back: what is shown masked is sent only where it was typed anew, and stays as it is where left out. */
export const FactsEntered = z.discriminatedUnion("kind", [
  FamilyFacts,
  EnterpriseFacts.extend({
    legalRepresentative: unmasked(60).nullable().optional(),
    emergencyContact: unmasked(60).nullable().optional(),
    emergencyPhone: Phone.nullable().optional(),
  }),
]);
export type FactsEntered = z.infer<typeof FactsEntered>;

/** Facts as they are shown: masked texts are no numbers one could call. */
export const FactsShown = z.discriminatedUnion("kind", [
  FamilyFacts,
  EnterpriseFacts.extend({
    creditCode: z.string().nullable(),
    legalRepresentative: z.string().nullable(),
    emergencyContact: z.string().nullable(),
    emergencyPhone: z.string().nullable(),
  }),
]);
export type FactsShown = z.infer<typeof FactsShown>;

type Values = Readonly<Record<string, unknown>>;
const fieldsOf = (facts: { readonly kind: Facts["kind"] }) => Object.entries(factFields[facts.kind]);

/** What stands after a change. In: the facts on file, and what was entered; facts of the other kind are replaced whole. */
export function factsAfter(before: Facts | null, entered: FactsEntered): Facts {
  const kept: Values = before?.kind === entered.kind ? before : {};
  const stated = entered as Values;
  const merged = fieldsOf(entered).map(([field]) => [field, stated[field] === undefined ? (kept[field] ?? null) : stated[field]]);
  return Facts.parse({ kind: entered.kind, ...Object.fromEntries(merged) });
}

const withFields = (facts: Facts, change: (field: string, value: unknown) => unknown): Values => {
  const values = facts as Values;
  return {
    kind: facts.kind,
    ...Object.fromEntries(fieldsOf(facts).map(([field]) => [field, change(field, values[field] ?? null)])),
  };
};

/** Facts for a reader who has no need to know. */
export const maskedFacts = (facts: Facts): FactsShown =>
  withFields(facts, (field, value) => {
    const mask = factFields[facts.kind][field]?.mask;
    return mask && typeof value === "string" ? mask(value) : value;
  }) as FactsShown;

/** The texts that {@link maskedFacts} hides, by field. */
export const hiddenFacts = (facts: Facts): Record<string, string> =>
  Object.fromEntries(
    fieldsOf(facts).flatMap(([field, { mask }]) => {
      const value = (facts as Values)[field];
      return mask && typeof value === "string" ? [[field, value]] : [];
    }),
  );

/** What is left after the personal data were erased; null where nothing is. */
export function erasedFacts(facts: Facts): Facts | null {
  const left = withFields(facts, (field, value) => (factFields[facts.kind][field]?.personal ? null : value));
  return Object.entries(left).some(([field, value]) => field !== "kind" && value !== null) ? (left as Facts) : null;
}

/** Facts of two files of one customer: those chosen, completed by what only the other one knows. */
export function completedFacts(chosen: Facts | null, other: Facts | null): Facts | null {
  if (chosen === null || other === null || chosen.kind !== other.kind) return chosen ?? other;
  return withFields(chosen, (field, value) => value ?? (other as Values)[field] ?? null) as Facts;
}
