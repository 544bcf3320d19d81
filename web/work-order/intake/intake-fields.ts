// The order in which an intake asks: what the caller says comes first, then what is chosen, and the rest is folded away.
import { asButtons, type FormField, type FormValues } from "../../ui/schema-form-model.ts";

const said = ["title"];
const told = ["description"];
const reached = ["contactName", "contactPhone"];
const chosen = ["urgency", "address", "callbackWish"];
/** Known of a customer on file: asked only where there is none. */
const ofPlace = ["areaClass"];

export type IntakeGroups = {
  /** What the caller says, in a line: it leads to the category. */
  readonly said: readonly string[];
  /** The chosen business's own questions. */
  readonly own: readonly string[];
  /** What else the caller says. */
  readonly told: readonly string[];
  /** Who can be reached, where no contact of the file is chosen. */
  readonly reached: readonly string[];
  /** Where, how urgent, and what the caller wishes. */
  readonly chosen: readonly string[];
  /** What is known already, or asked now and then: of the common form, and of the business's own. */
  readonly more: readonly string[];
  readonly ownMore: readonly string[];
};

const quickKinds: ReadonlySet<FormField["kind"]> = new Set(["flag", "date-time", "date", "number", "choices"]);
const isQuick = (field: FormField): boolean =>
  field.required || quickKinds.has(field.kind) || (field.kind === "choice" && asButtons(field));

/**
 * In: the fields of the common form and those of the flow, and whether the customer is on file. Out: their names, each in one group; a
 * field nobody thought of is folded.
 */
export function intakeGroups(common: readonly FormField[], own: readonly FormField[], onFile: boolean): IntakeGroups {
  const only = (names: readonly string[]): string[] => names.filter((name) => common.some((field) => field.name === name));
  const shown = {
    said: only(said),
    told: only(told),
    reached: only(reached),
    chosen: only(onFile ? chosen : [...ofPlace, ...chosen]),
  };
  const isShown = (name: string): boolean => Object.values(shown).some((names) => names.includes(name));
  return {
    ...shown,
    own: own.filter(isQuick).map(({ name }) => name),
    more: common.map(({ name }) => name).filter((name) => !isShown(name)),
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
