// The order in which an intake asks: what the caller says comes first, then what is chosen, and the rest is folded away.
import { asButtons, type FormField, type FormValues } from "../../ui/schema-form-model.ts";

const said = ["title", "description", "contactName", "contactPhone", "address"];
const chosen = ["areaClass", "urgency"];

export type IntakeGroups = {
  /** What the caller says. */
  readonly said: readonly string[];
  /** What is chosen while they say it: of the common form, and of the flow's own questions. */
  readonly chosen: readonly string[];
  readonly ownChosen: readonly string[];
  /** What is known already, or asked now and then. */
  readonly more: readonly string[];
  readonly ownMore: readonly string[];
};

const quickKinds: ReadonlySet<FormField["kind"]> = new Set(["flag", "date-time", "date", "number", "choices"]);
const isQuick = (field: FormField): boolean =>
  field.required || quickKinds.has(field.kind) || (field.kind === "choice" && asButtons(field));

/** In: the fields of the common form and those of the flow. Out: their names, each in one group; a field nobody thought of is folded. */
export function intakeGroups(common: readonly FormField[], own: readonly FormField[]): IntakeGroups {
  const has = (name: string): boolean => common.some((field) => field.name === name);
  return {
    said: said.filter(has),
    chosen: chosen.filter(has),
    ownChosen: own.filter(isQuick).map(({ name }) => name),
    more: common.map(({ name }) => name).filter((name) => !said.includes(name) && !chosen.includes(name)),
    ownMore: own.filter((field) => !isQuick(field)).map(({ name }) => name),
  };
}

/** What stands in folded fields, a text each, empty ones left out: units by their names, choices by their labels. */
export function foldedValues(
  fields: readonly FormField[],
  values: FormValues,
  words: { readonly unit: (unitId: number) => string | undefined; readonly language: "zh" | "en" },
): string[] {
  return fields.flatMap((field) => {
    const value = values[field.name];
    if ((typeof value !== "string" && typeof value !== "number") || value === "") return [];
    const label = field.label[words.language];
    if (field.kind === "unit") return [`${label} ${words.unit(Number(value)) ?? value}`];
    const option = field.options.find(({ code }) => code === String(value));
    return [option ? option.label[words.language] : `${label} ${value}`];
  });
}

/** A number that a caller's telephone shows: mobile, or fixed with its area code. */
export const isPhone = (words: string): boolean => /^(?:1[3-9]\d{9}|0\d{2,3}-?\d{7,8})$/.test(words);
