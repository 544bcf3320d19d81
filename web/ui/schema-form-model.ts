// What a JSON Schema from the server means as a form: which field is drawn how, and what is wrong with what was entered.
// The server judges again; this only saves the person a round trip.
import type { FieldMeta } from "@bihuan/core/flow/form.ts";

type Bilingual = FieldMeta["label"];

export type FieldKind =
  | "text"
  | "long-text"
  | "number"
  | "choice"
  | "flag"
  | "date"
  | "date-time"
  | "staff"
  | "unit"
  | "units"
  | "order"
  | "customer"
  | "file"
  | "position"
  | "choices"
  | "list"
  | "group";

export type FormOption = {
  readonly code: string;
  readonly label: Bilingual;
  /** What choosing it means, where the page knows: shown in the list, and under the field once chosen. */
  readonly note?: Bilingual | undefined;
};

export type FormField = {
  readonly name: string;
  readonly kind: FieldKind;
  readonly label: Bilingual;
  readonly hint: Bilingual | null;
  readonly required: boolean;
  readonly requiredWhen: NonNullable<FieldMeta["requiredWhen"]> | null;
  /** An instant at which something has happened. */
  readonly happened: boolean;
  readonly options: readonly FormOption[];
  readonly integer: boolean;
  /** Of the text's length, the number's size or the list's length. */
  readonly min: number | null;
  readonly max: number | null;
  readonly pattern: string | null;
  /** The one field of a list's items, or the fields of a group. */
  readonly parts: readonly FormField[];
  readonly initial: unknown;
};

type Schema = { readonly [key: string]: unknown };
const isSchema = (value: unknown): value is Schema => typeof value === "object" && value !== null && !Array.isArray(value);
const numberOr = (value: unknown): number | null =>
  typeof value === "number" && Math.abs(value) < Number.MAX_SAFE_INTEGER ? value : null;

/** `anyOf: [x, null]` is x that may stay empty. */
function unwrapNullable(schema: Schema): { schema: Schema; nullable: boolean } {
  const alternatives = (schema["anyOf"] ?? schema["oneOf"]) as unknown[] | undefined;
  if (!Array.isArray(alternatives)) return { schema, nullable: false };
  const real = alternatives.filter((one): one is Schema => isSchema(one) && one["type"] !== "null");
  const [only] = real;
  if (real.length !== 1 || !only || real.length === alternatives.length) return { schema, nullable: false };
  const { anyOf: _, oneOf: __, ...outer } = schema;
  return { schema: { ...only, ...outer }, nullable: true };
}

function kindOf(schema: Schema, meta: Partial<FieldMeta>): FieldKind {
  if (meta.widget) return meta.widget;
  if (Array.isArray(schema["enum"])) return "choice";
  switch (schema["type"]) {
    case "boolean":
      return "flag";
    case "integer":
    case "number":
      return "number";
    case "object":
      return "group";
    case "array":
      return isSchema(schema["items"]) && Array.isArray(schema["items"]["enum"]) ? "choices" : "list";
    default:
      break;
  }
  if (schema["format"] === "date-time") return "date-time";
  if (schema["format"] === "date") return "date";
  return (numberOr(schema["maxLength"]) ?? 0) > 200 ? "long-text" : "text";
}

function readField(name: string, raw: unknown, required: boolean): FormField {
  const { schema, nullable } = unwrapNullable(isSchema(raw) ? raw : {});
  const meta = (isSchema(schema["bihuan"]) ? schema["bihuan"] : {}) as Partial<FieldMeta>;
  const kind = kindOf(schema, meta);
  const items = isSchema(schema["items"]) ? schema["items"] : {};
  const itemMeta = (isSchema(items["bihuan"]) ? items["bihuan"] : {}) as Partial<FieldMeta>;
  const codes = (kind === "choices" ? items["enum"] : schema["enum"]) as readonly (string | number)[] | undefined;
  const labels = meta.options ?? itemMeta.options ?? {};
  return {
    name,
    kind,
    label: meta.label ?? { zh: name, en: name },
    hint: meta.hint ?? null,
    required: required && !nullable && schema["default"] === undefined,
    requiredWhen: meta.requiredWhen ?? null,
    happened: meta.happened === true,
    options: (codes ?? []).map((code) => ({
      code: String(code),
      label: labels[String(code)] ?? { zh: String(code), en: String(code) },
    })),
    integer: schema["type"] === "integer",
    min: numberOr(schema["minLength"] ?? schema["minimum"] ?? schema["minItems"]),
    max: numberOr(schema["maxLength"] ?? schema["maximum"] ?? schema["maxItems"]),
    pattern: typeof schema["pattern"] === "string" && schema["format"] === undefined ? schema["pattern"] : null,
    parts: kind === "list" ? [readField("", schema["items"], true)] : kind === "group" ? readForm(schema) : [],
    initial: schema["default"],
  };
}

/** The fields of an object schema, in its order. Constants are not asked for. */
export function readForm(schema: unknown): FormField[] {
  if (!isSchema(schema) || !isSchema(schema["properties"])) return [];
  const required = new Set(Array.isArray(schema["required"]) ? schema["required"] : []);
  return Object.entries(schema["properties"])
    .filter(([, property]) => !(isSchema(property) && property["const"] !== undefined))
    .map(([name, property]) => readField(name, property, required.has(name)));
}

/**
 * Alternatives that the page knows and the schema does not: a field that has some becomes a choice. Where there is none to choose
 * from (an empty list), the field is not asked. `required` where the server takes none of them for no answer.
 */
export type KnownChoices = Readonly<
  Record<string, readonly FormOption[] | { readonly options: readonly FormOption[]; readonly required: true } | undefined>
>;

const isOptions = (known: NonNullable<KnownChoices[string]>): known is readonly FormOption[] => Array.isArray(known);

export const withChoices = (fields: readonly FormField[], choices: KnownChoices): FormField[] =>
  fields.flatMap((field) => {
    const known = choices[field.name];
    if (!known) return [field];
    const options = isOptions(known) ? known : known.options;
    const required = field.required || !isOptions(known);
    const integer = field.kind === "number" || field.integer;
    return options.length === 0
      ? []
      : [{ ...field, kind: "choice" as const, options, required, integer, pattern: null, min: null, max: null }];
  });

/** Few short alternatives stand side by side; more of them, longer ones, or some that need a word, are picked from a list. */
export const asButtons = ({ options }: FormField): boolean =>
  options.length <= 4 &&
  options.every(({ note }) => note === undefined) &&
  options.reduce((sum, { label }) => sum + label.zh.length, 0) <= 12;

export type FormValues = Readonly<Record<string, unknown>>;

/** What a form starts with. In: what the page knows, and the instant (ISO 8601) that answers when something required has happened. */
export const initialValues = (fields: readonly FormField[], given: FormValues = {}, now?: string): FormValues =>
  Object.fromEntries(
    fields
      .map(({ name, initial, happened, required }): [string, unknown] => [
        name,
        given[name] ?? initial ?? (happened && required ? now : undefined),
      ])
      .filter(([, value]) => value !== undefined),
  );

/** The fields as they are asked with these values: what is needed only sometimes is required when it is. */
export const askedWith = (fields: readonly FormField[], values: FormValues): FormField[] =>
  fields.map((field) => {
    const when = field.requiredWhen;
    return when && when.is.some((value) => value === values[when.field]) ? { ...field, required: true } : field;
  });

/** The values without those that their fields no longer offer: the subtype of another kind of business. */
export const offeredOnly = (fields: readonly FormField[], values: FormValues): FormValues =>
  Object.fromEntries(
    Object.entries(values).filter(([name, value]) => {
      const field = fields.find((one) => one.name === name);
      return field?.kind !== "choice" || isEmpty(value) || field.options.some(({ code }) => code === String(value));
    }),
  );

const isEmpty = (value: unknown): boolean =>
  value === undefined ||
  value === null ||
  (typeof value === "string" && value.trim() === "") ||
  (Array.isArray(value) && value.length === 0);

/** A problem's key among the texts of the form, with the figures it names. */
export type ValueProblem = {
  readonly key:
    | "missing"
    | "missingChoice"
    | "tooShort"
    | "tooLong"
    | "tooSmall"
    | "tooLarge"
    | "tooFew"
    | "pattern"
    | "notNumber"
    | "notWhole";
  readonly figures: { readonly min?: number; readonly max?: number };
};

const chosen: readonly FieldKind[] = [
  "flag",
  "choice",
  "choices",
  "staff",
  "unit",
  "units",
  "customer",
  "order",
  "date",
  "date-time",
];

function judgeField(field: FormField, value: unknown, path: string, problems: Map<string, ValueProblem>): void {
  const add = (key: ValueProblem["key"], figures: ValueProblem["figures"] = {}): void => {
    problems.set(path, { key, figures });
  };
  if (field.kind === "group") {
    if (!field.required && isEmpty(value)) return;
    for (const part of field.parts)
      judgeField(part, isSchema(value) ? value[part.name] : undefined, `${path}.${part.name}`, problems);
    return;
  }
  if (isEmpty(value)) {
    if (field.required) add(chosen.includes(field.kind) ? "missingChoice" : "missing");
    return;
  }
  if (typeof value === "string") {
    const { length } = value.trim();
    if (field.min !== null && length < field.min) add("tooShort", { min: field.min });
    else if (field.max !== null && length > field.max) add("tooLong", { max: field.max });
    else if (field.pattern !== null && !new RegExp(field.pattern, "u").test(value.trim())) add("pattern");
  } else if (field.kind === "number") {
    if (typeof value !== "number" || !Number.isFinite(value)) add("notNumber");
    else if (field.integer && !Number.isInteger(value)) add("notWhole");
    else if (field.min !== null && value < field.min) add("tooSmall", { min: field.min });
    else if (field.max !== null && value > field.max) add("tooLarge", { max: field.max });
  } else if (Array.isArray(value)) {
    if (field.min !== null && value.length < field.min) add("tooFew", { min: field.min });
    const [part] = field.parts;
    if (part) for (const [at, item] of value.entries()) judgeField(part, item, `${path}.${at}`, problems);
  }
}

/** Every problem of what was entered, by the field's path (`contacts.0.phone`). */
export function judge(fields: readonly FormField[], values: FormValues): Map<string, ValueProblem> {
  const problems = new Map<string, ValueProblem>();
  for (const field of fields) judgeField(field, values[field.name], field.name, problems);
  return problems;
}

/** What is sent: texts trimmed, empty fields left out. */
export function toInput(values: FormValues): Record<string, unknown> {
  const clean = (value: unknown): unknown => {
    if (typeof value === "string") return value.trim();
    if (Array.isArray(value)) return value.filter((item) => !isEmpty(item)).map(clean);
    return isSchema(value) ? toInput(value) : value;
  };
  return Object.fromEntries(
    Object.entries(values)
      .filter(([, value]) => !isEmpty(value))
      .map(([name, value]) => [name, clean(value)]),
  );
}

/** The server's field problems as they concern a form that was sent under `prefix`: `form.cause` is the field `cause`. */
export function problemsBelow<P extends { readonly path: string }>(
  problems: readonly P[],
  prefix: string,
): { fields: Map<string, P>; others: P[] } {
  const fields = new Map<string, P>();
  const others: P[] = [];
  for (const problem of problems) {
    if (prefix === "") fields.set(problem.path, problem);
    else if (problem.path.startsWith(`${prefix}.`)) fields.set(problem.path.slice(prefix.length + 1), problem);
    else others.push(problem);
  }
  return { fields, others };
}
