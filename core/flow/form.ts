// Forms of actions. One zod schema checks the input, draws the screen (as JSON Schema) and says which fields are personal.
import { z } from "zod";
import type { Bilingual } from "../text.ts";
import { Whole } from "../whole.ts";

export type { Bilingual };

export type FieldMeta = {
  readonly label: Bilingual;
  readonly hint?: Bilingual;
  /** True for what identifies a person, and for free text, in which anybody may appear: kept outside the hash chain, erasable. */
  readonly personal?: boolean;
  readonly widget?: "long-text" | "staff" | "unit" | "units" | "order" | "date-time" | "file" | "customer" | "position";
  /** Labels of an enumeration's codes. */
  readonly options?: Readonly<Record<string, Bilingual>>;
  /** An instant at which something has happened: now, most often, and never later. */
  readonly happened?: true;
  /** Needed once another field has one of these values, although the form is well-formed without it: the action's own check refuses. */
  readonly requiredWhen?: { readonly field: string; readonly is: readonly (string | boolean)[] };
};

type Registered = z.ZodType & { meta(data: object): z.ZodType };

/** Attaches what the screen needs to a field. */
export const field = <S extends z.ZodType>(schema: S, meta: FieldMeta): S => (schema as Registered).meta({ bihuan: meta }) as S;

/** A choice among catalogued codes, each with its label. */
export function choice<const C extends Readonly<Record<string, Bilingual>>>(
  options: C,
  label: Bilingual,
  more: Omit<FieldMeta, "label" | "options"> = {},
) {
  const codes = Object.keys(options) as [keyof C & string, ...(keyof C & string)[]];
  return field(z.enum(codes), { label, options, ...more });
}

/** Free text of a person's hand. In: the most characters it may have. */
export const text = (label: Bilingual, { max = 2000, min = 1 }: { max?: number; min?: number } = {}) =>
  field(z.string().trim().min(min).max(max), { label, personal: true, ...(max > 200 ? { widget: "long-text" as const } : {}) });

export const optionalText = (label: Bilingual, max = 2000, more: Pick<FieldMeta, "requiredWhen"> = {}) =>
  field(z.string().trim().max(max), {
    label,
    personal: true,
    ...(max > 200 ? { widget: "long-text" as const } : {}),
    ...more,
  }).optional();

/** An instant on the wire, ISO 8601. */
export const instantField = (label: Bilingual) => field(z.iso.datetime({ offset: true }), { label, widget: "date-time" });

/** An instant at which something has happened, ISO 8601: an arrival, a restoration. */
export const happenedField = (label: Bilingual, more: Pick<FieldMeta, "requiredWhen"> = {}) =>
  field(z.iso.datetime({ offset: true }), { label, widget: "date-time", happened: true, ...more });

/**
 * Where the person stood, if they want to say: `longitude, latitude` in degrees (WGS 84), and how sure that is: `118.79653, 32.06012
 * ±12 m`. Personal: it is where a customer lives.
 */
export const positionField = (label: Bilingual) =>
  field(z.string().regex(/^-?\d{1,3}\.\d{5}, -?\d{1,2}\.\d{5}(?: ±\d{1,5} m)?$/), {
    label,
    personal: true,
    widget: "position",
  }).optional();

export const unitField = (label: Bilingual) => field(Whole, { label, widget: "unit" });
export const orderField = (label: Bilingual) => field(z.string().regex(/^\d{19}$/), { label, widget: "order" });
export const flag = (label: Bilingual) => field(z.boolean(), { label });

/** What the screen knows of a field; undefined for one without a mark. */
export const metaOf = (schema: z.ZodType): FieldMeta | undefined => {
  for (let inner: z.ZodType | undefined = schema; inner; inner = (inner as { unwrap?: () => z.ZodType }).unwrap?.()) {
    const meta = inner.meta() as { bihuan?: FieldMeta } | undefined;
    if (meta?.bihuan) return meta.bihuan;
    if (!("unwrap" in inner) || inner instanceof z.ZodArray) return undefined;
  }
  return undefined;
};

/** What a field of a form is called. */
export const labelOf = (form: z.ZodObject, name: string): Bilingual =>
  metaOf(form.shape[name] as z.ZodType)?.label ?? { zh: name, en: name };

export type Json = string | number | boolean | null | readonly Json[] | { readonly [key: string]: Json };
export type JsonObject = { readonly [key: string]: Json };

/**
 * Parts a parsed form into what may be hashed for ever and what must stay erasable. Fields without a mark are public only
 * where they are not text: an unmarked string is treated as personal, so that forgetting the mark never leaks.
 */
export function splitPersonal(
  form: z.ZodObject,
  value: Readonly<Record<string, unknown>>,
): { data: JsonObject; personal: JsonObject | null } {
  const data: Record<string, Json> = {};
  const personal: Record<string, Json> = {};
  for (const [key, entry] of Object.entries(value)) {
    if (entry === undefined) continue;
    const schema = form.shape[key] as z.ZodType | undefined;
    const meta = schema && metaOf(schema);
    const isPersonal = meta ? meta.personal === true : typeof entry === "string";
    (isPersonal ? personal : data)[key] = entry as Json;
  }
  return { data, personal: Object.keys(personal).length > 0 ? personal : null };
}

export type MissingField = { readonly path: string; readonly label: Bilingual };
export const isBlank = (value: unknown): boolean =>
  value === undefined || value === null || (typeof value === "string" && value.trim() === "");

/**
 * What a form being written still lacks. In: the form, what was entered so far, and the name of its part. Out: the fields that must
 * be answered and are blank; null where what was entered is itself wrong, which no further answer mends.
 */
export function missingFields(form: z.ZodObject, input: unknown, at: string): MissingField[] | null {
  const { error } = form.safeParse(input);
  if (!error) return [];
  if (typeof input !== "object" || input === null || Array.isArray(input)) return null;
  const names = new Set(error.issues.map(({ path }) => (path.length === 1 ? String(path[0]) : null)));
  const missing: MissingField[] = [];
  for (const name of names) {
    if (name === null || !Object.hasOwn(form.shape, name) || !isBlank((input as JsonObject)[name])) return null;
    missing.push({ path: `${at}.${name}`, label: labelOf(form, name) });
  }
  return missing;
}

/** The form as JSON Schema for the screen; each property carries its {@link FieldMeta} under `bihuan`. */
export const formJsonSchema = (form: z.ZodObject): JsonObject =>
  z.toJSONSchema(form, { io: "input", unrepresentable: "any" }) as unknown as JsonObject;
