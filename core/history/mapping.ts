// How a file of histories is to be read: which column says what, how times are written, what an empty mark looks like.
// People write it as YAML beside their file; docs/examples/mappings/ has examples.
import { z } from "zod";
import { timeFormat } from "./time-format.ts";
import { zoneOf } from "./zone.ts";

const own = (zh: string, en: string) => ({ params: { zh, en } });
const Column = z.string().min(1).max(200);

/** Where a value stands: a column; several columns written as one; in a step log also whether the case's first or last row says it. */
const Source = z.union([
  Column,
  z
    .strictObject({
      column: Column.optional(),
      columns: z.array(Column).min(2).max(6).optional(),
      separator: z.string().max(10).default(" / "),
      from: z.enum(["first", "last"]).optional(),
      /** What reports call it; the column's own name where absent. */
      as: z.string().min(1).max(100).optional(),
    })
    .refine(
      (source) => (source.column === undefined) !== (source.columns === undefined),
      own("column 与 columns 二者取其一", "expected one of column and columns"),
    ),
]);
export type Source = z.infer<typeof Source>;

const TimePattern = z.string().refine((pattern) => timeFormat(pattern) !== null, own("不是时间格式", "not a time format"));
const Pattern = z.string().min(1).max(200);

const common = {
  /** What the import is called where the command names it nothing else. */
  name: z.string().regex(/^[\p{L}\p{N}][\p{L}\p{N}._-]{0,99}$/u),
  /** IANA zone of times without an offset and of months, or `floating`. */
  zone: z
    .string()
    .refine(
      (name) => zoneOf(name) !== null,
      own("不是已知的时区（IANA 名称或 floating）", "not a known zone (an IANA name or floating)"),
    ),
  time: z.union([TimePattern, z.array(TimePattern).min(1).max(10)]).default("ISO"),
  encoding: z.enum(["utf-8", "gb18030"]).default("utf-8"),
  delimiter: z.string().length(1).default(","),
  /** What stands in the file where a time, a number or a unit is not known. */
  unknown: z.array(z.string().max(50)).default([]),
  /** Further values to keep, so that reports can be grouped by them. Nothing that no line here names is stored. */
  also: z.array(Source).max(50).default([]),
  /** How the file's own verdict reads, where it has one. */
  verdict: z.strictObject({ met: z.array(z.string()).min(1), missed: z.array(z.string()).min(1) }).optional(),
};

const roles = {
  id: Source,
  unit: Source.optional(),
  type: Source.optional(),
  due: Source.optional(),
  closed: Source.optional(),
  resolved: Source.optional(),
  planned: Source.optional(),
  channel: Source.optional(),
  priority: Source.optional(),
  verdict: Source.optional(),
  reassigned: Source.optional(),
  reopened: Source.optional(),
};

const verdictExplained = (mapping: { columns: { verdict?: unknown }; verdict?: unknown }) =>
  (mapping.columns.verdict === undefined) === (mapping.verdict === undefined);
const verdictMessage = {
  ...own("columns.verdict 与 verdict 必须同时给出", "columns.verdict and verdict belong together"),
  path: ["verdict"],
};

/** One row is one request, with the times it was opened, due and closed. */
export const RequestMapping = z
  .strictObject({
    kind: z.literal("service-requests"),
    ...common,
    columns: z.strictObject({ ...roles, opened: Source, state: Source.optional() }),
  })
  .refine(verdictExplained, verdictMessage);
export type RequestMapping = z.infer<typeof RequestMapping>;

/** One row is one step of a case; the case's rows stand in the order in which things happened. */
export const EventMapping = z
  .strictObject({
    kind: z.literal("ticket-events"),
    ...common,
    columns: z.strictObject({ ...roles, at: Source, state: Source, opened: Source.optional() }),
    /** States in which the case waits for somebody else; `*` stands for any text. */
    pause: z.array(Pattern).max(50).default([]),
    /** States that end the case when they are its last, for logs without a closing time. */
    closing: z.array(Pattern).max(50).default([]),
  })
  .refine(verdictExplained, verdictMessage);
export type EventMapping = z.infer<typeof EventMapping>;

export type Mapping = RequestMapping | EventMapping;
export type MappingKind = Mapping["kind"];
export const mappingSchemas = { "service-requests": RequestMapping, "ticket-events": EventMapping } as const;

export const patternsOf = (mapping: Mapping): string[] => (typeof mapping.time === "string" ? [mapping.time] : mapping.time);

/** What a source is called in reports: its own word, else the column (several columns: joined as their values are). */
export function sourceName(source: Source): string {
  if (typeof source === "string") return source;
  return source.as ?? source.column ?? (source.columns ?? []).join(source.separator);
}

/** The columns a source reads. */
export const sourceColumns = (source: Source): readonly string[] =>
  typeof source === "string" ? [source] : (source.columns ?? [source.column as string]);

/** Every source of a mapping. */
export function sourcesOf(mapping: Mapping): Source[] {
  return [...Object.values(mapping.columns).filter((source) => source !== undefined), ...mapping.also];
}

/** Tests a state against patterns in which `*` stands for any text. */
export function matcher(patterns: readonly string[]): (text: string) => boolean {
  const expressions = patterns.map(
    (pattern) =>
      new RegExp(
        `^${pattern
          .split("*")
          .map((part) => part.replaceAll(/[.+?^${}()|[\]\\]/g, "\\$&"))
          .join(".*")}$`,
        "su",
      ),
  );
  return (text) => expressions.some((expression) => expression.test(text));
}
