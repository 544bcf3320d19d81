// Requests generated from the OpenAPI document: well-formed ones by its schemas, and what remains of them after something
// in them was put out of order.
import fc from "fast-check";
import { hostileJson, hostileTexts, hostileValue } from "./hostile.ts";

export type Schema = { readonly [key: string]: unknown };
export type OpenApiOperation = {
  readonly operationId: string;
  readonly parameters: readonly {
    readonly name: string;
    readonly in: string;
    readonly required: boolean;
    readonly schema: Schema;
  }[];
  readonly requestBody?: { readonly content: Readonly<Record<string, { readonly schema: Schema }>> };
};
export type Document = {
  readonly paths: Readonly<Record<string, Readonly<Record<string, OpenApiOperation>>>>;
  readonly components: { readonly schemas: Readonly<Record<string, Schema>> };
};
export type GeneratedRequest = {
  readonly operation: string;
  readonly method: string;
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly payload?: string;
};

/** What a generator may know: real ids and names by the field they stand in, and requests that the schemas do not describe. */
export type Knowledge = {
  readonly values: Readonly<Record<string, readonly unknown[]>>;
  readonly requests: Readonly<
    Record<string, fc.Arbitrary<{ readonly path?: Readonly<Record<string, string>>; readonly body: unknown }>>
  >;
};

const instants = ["2026-03-20T02:00:00Z", "2026-03-01T10:00:00+08:00", "2025-12-31T16:00:00.000Z"];
const dates = ["2026-03-20", "2026-02-28", "2025-10-01"];

// Making one of these costs more than a hundred values of it.
const texts = new WeakMap<Schema, fc.Arbitrary<string>>();
function text(schema: Schema): fc.Arbitrary<string> {
  const made = texts.get(schema) ?? makeText(schema);
  texts.set(schema, made);
  return made;
}

function makeText(schema: Schema): fc.Arbitrary<string> {
  const { format, pattern } = schema;
  if (format === "date-time") return fc.constantFrom(...instants);
  if (format === "date") return fc.constantFrom(...dates);
  if (format === "uuid") return fc.uuid();
  const least = typeof schema["minLength"] === "number" ? schema["minLength"] : 0;
  const most = typeof schema["maxLength"] === "number" ? schema["maxLength"] : 40;
  if (typeof pattern === "string") return fc.stringMatching(new RegExp(pattern)).filter((one) => one.length <= 2000);
  const unit = fc.constantFrom(..."中国电力城东所abcXYZ0189 -_.");
  return fc.string({ unit, minLength: Math.min(least, 200), maxLength: Math.min(most, 200) });
}

/** Values that a JSON schema describes; fields whose real values are known mostly get one of those. */
export function valuesOf(
  schema: Schema,
  document: Document,
  known: Knowledge["values"],
  name = "",
  depth = 0,
): fc.Arbitrary<unknown> {
  const real = known[name];
  const inner = shapeOf(schema, document, known, depth);
  return real && real.length > 0
    ? fc.oneof({ weight: 4, arbitrary: fc.constantFrom(...real) }, { weight: 1, arbitrary: inner })
    : inner;
}

function shapeOf(schema: Schema, document: Document, known: Knowledge["values"], depth: number): fc.Arbitrary<unknown> {
  const next = (child: unknown, name = "") => valuesOf((child ?? {}) as Schema, document, known, name, depth + 1);
  if (depth > 8) return fc.constant(null);
  if (typeof schema["$ref"] === "string") return next(document.components.schemas[schema["$ref"].split("/").at(-1) ?? ""]);
  if (schema["const"] !== undefined) return fc.constant(schema["const"]);
  if (Array.isArray(schema["enum"])) return fc.constantFrom(...(schema["enum"] as unknown[]));
  const choices = schema["anyOf"] ?? schema["oneOf"];
  if (Array.isArray(choices)) return fc.oneof(...choices.map((choice) => next(choice)));
  const type = Array.isArray(schema["type"]) ? (schema["type"] as string[])[0] : schema["type"];
  switch (type) {
    case "string":
      return text(schema);
    case "boolean":
      return fc.boolean();
    case "integer":
    case "number": {
      const min = Math.max(-1e9, Number(schema["minimum"] ?? schema["exclusiveMinimum"] ?? -5));
      const max = Math.min(2e9, Number(schema["maximum"] ?? schema["exclusiveMaximum"] ?? min + 300));
      return fc.integer({ min: Math.ceil(min), max: Math.max(Math.ceil(min), Math.floor(max)) });
    }
    case "null":
      return fc.constant(null);
    case "array":
      return fc.array(next(schema["items"]), { maxLength: 4 });
    case "object": {
      const properties = (schema["properties"] ?? {}) as Readonly<Record<string, Schema>>;
      const required = (schema["required"] ?? []) as string[];
      const shape = Object.fromEntries(Object.entries(properties).map(([name, child]) => [name, next(child, name)]));
      if (Object.keys(shape).length > 0) return fc.record(shape, { requiredKeys: required.filter((name) => name in shape) });
      if (schema["additionalProperties"] === undefined) return fc.constant({});
      return fc.dictionary(fc.constantFrom("a", "b", "note"), next(schema["additionalProperties"]), { maxKeys: 3 });
    }
    default:
      return fc.constantFrom(null, 1, "text", true, [1], { a: 1 });
  }
}

const BOUNDARY = "----fault";
/** A multipart body with one file, as {@link requestsOf} sends it. */
export const oneFile = (name: string, content: string): string =>
  `--${BOUNDARY}\r\ncontent-disposition: form-data; name="file"; filename="${name}"\r\ncontent-type: text/plain\r\n\r\n${content}\r\n--${BOUNDARY}--\r\n`;

type Draft = {
  readonly method: string;
  readonly path: Readonly<Record<string, string>>;
  readonly query: readonly (readonly [string, string])[];
  readonly body: unknown;
  readonly contentType: string | null;
};

/** Puts a hostile value in the place of one node of a JSON value, or beside its keys. */
function spoiled(value: unknown, at: number, by: unknown): unknown {
  const places: { put(replacement: unknown): void }[] = [];
  const copy = structuredClone(value);
  const visit = (node: unknown) => {
    if (node === null || typeof node !== "object") return;
    for (const key of Object.keys(node)) {
      places.push({ put: (replacement) => ((node as Record<string, unknown>)[key] = replacement) });
      visit((node as Record<string, unknown>)[key]);
    }
  };
  visit(copy);
  if (places.length === 0) return by;
  places[at % places.length]?.put(by);
  return copy;
}

const asText = (value: unknown): string => (typeof value === "string" ? value : (JSON.stringify(value) ?? ""));
const encode = (value: string) => encodeURIComponent(value.toWellFormed());

const contentTypes = [
  "text/plain",
  "application/xml",
  "application/x-www-form-urlencoded",
  "multipart/form-data",
  "multipart/form-data; boundary=x",
  "application/json; charset=utf-16",
  "application/json-patch+json",
  "garbage",
  "",
];
const methods = ["GET", "POST", "PUT", "PATCH", "DELETE", "HEAD", "OPTIONS"];
const wildPaths = [
  "/api/%00",
  "/api/orders/%ff",
  "/api/%zz",
  "/api/orders/..%2f..%2f..%2fetc%2fpasswd",
  "/../../etc/passwd",
  "//api//orders",
  "/api/orders/",
  "/assets/../../package.json",
  "/.env",
  "/api/orders?a[b]=1&a=2&__proto__=3",
];

/** Requests of one operation. In: its path and method as the document has them. About a third are as they should be. */
export function requestsOf(
  document: Document,
  path: string,
  method: string,
  operation: OpenApiOperation,
  known: Knowledge,
): fc.Arbitrary<GeneratedRequest> {
  const part = (where: string) => operation.parameters.filter((one) => one.in === where);
  const inAddress = (name: string, schema: Schema) =>
    valuesOf(
      schema,
      document,
      known.values,
      `${operation.operationId}.${name}` in known.values ? `${operation.operationId}.${name}` : name,
    ).map(asText);
  const pathValues = fc.record(Object.fromEntries(part("path").map(({ name, schema }) => [name, inAddress(name, schema)])));
  const queryValues = fc
    .record(Object.fromEntries(part("query").map(({ name, schema }) => [name, inAddress(name, schema)])), {
      requiredKeys: part("query")
        .filter(({ required }) => required)
        .map(({ name }) => name),
    })
    .map((values) => Object.entries(values).filter((entry): entry is [string, string] => typeof entry[1] === "string"));
  const schema = operation.requestBody?.content["application/json"]?.schema;
  const body = (schema ? valuesOf(schema, document, known.values) : fc.constant(undefined)).map((value) => ({ body: value }));
  const draft: fc.Arbitrary<Draft> = fc
    .tuple(pathValues, queryValues, known.requests[operation.operationId] ?? body)
    .map(([values, query, special]) => ({
      method: method.toUpperCase(),
      path: { ...values, ...("path" in special ? special.path : {}) },
      query,
      body: special.body,
      contentType: operation.requestBody ? (Object.keys(operation.requestBody.content)[0] ?? null) : null,
    }));
  const idempotent = part("header").some(({ name }) => name === "Idempotency-Key");

  const finish = (one: Draft, headers: Record<string, string>, payload?: string): GeneratedRequest => {
    const filled = path.replaceAll(/\{(\w+)\}/g, (_, name: string) => encode(one.path[name] ?? "0"));
    const query = one.query.map(([name, value]) => `${encode(name)}=${encode(value)}`).join("&");
    const multipart = one.contentType === "multipart/form-data" && payload === undefined && typeof one.body === "string";
    const text = payload ?? (one.body === undefined ? undefined : multipart ? one.body : JSON.stringify(one.body));
    return {
      operation: operation.operationId,
      method: one.method,
      url: query === "" ? filled : `${filled}?${query}`,
      headers: {
        ...(text === undefined || one.contentType === null
          ? {}
          : { "content-type": multipart ? `multipart/form-data; boundary=${BOUNDARY}` : one.contentType }),
        ...(idempotent ? { "idempotency-key": crypto.randomUUID() } : {}),
        ...headers,
      },
      ...(text === undefined ? {} : { payload: text }),
    };
  };
  const spoilBody = fc
    .tuple(draft, fc.nat(60), hostileValue)
    .map(([one, at, by]) => finish({ ...one, body: spoiled(one.body, at, by) }, {}));
  const spoilPath = fc
    .tuple(draft, fc.nat(5), fc.constantFrom(...hostileTexts.filter((value) => value.length < 1000)))
    .map(([one, at, by]) => {
      const names = Object.keys(one.path);
      const name = names[at % Math.max(1, names.length)];
      return finish(name === undefined ? one : { ...one, path: { ...one.path, [name]: by } }, {});
    });
  const spoilQuery = fc
    .tuple(
      draft,
      fc.constantFrom(...part("query").map(({ name }) => name), "limit", "after", "__proto__", "a[b]"),
      hostileValue,
      fc.boolean(),
    )
    .map(([one, name, by, twice]) => {
      const value = asText(by).slice(0, 4000);
      return finish({ ...one, query: [...one.query, [name, value], ...(twice ? ([[name, "1"]] as const) : [])] }, {});
    });
  const breakJson = fc
    .tuple(draft, fc.constantFrom(...hostileJson))
    .map(([one, text]) => finish({ ...one, contentType: "application/json" }, {}, text));
  const cutJson = fc
    .tuple(draft, fc.nat(400))
    .map(([one, at]) => finish(one, {}, (JSON.stringify(one.body) ?? "{}").slice(0, at)));
  const wrongType = fc
    .tuple(draft, fc.constantFrom(...contentTypes))
    .map(([one, contentType]) => finish({ ...one, contentType }, {}));
  const wrongMethod = fc.tuple(draft, fc.constantFrom(...methods)).map(([one, other]) => finish({ ...one, method: other }, {}));
  const oddHeaders = fc
    .tuple(
      draft,
      fc.constantFrom<Record<string, string>>(
        { "idempotency-key": "" },
        { "idempotency-key": "k".repeat(5000) },
        { "idempotency-key": "same key for all" },
        { "accept-language": "x".repeat(3000) },
        { "accept-language": "en;q=abc,zh;q=,*;q=9e9" },
        { origin: "https://elsewhere.example" },
        { origin: "null" },
        { "sec-fetch-site": "cross-site" },
        { authorization: "Bearer " },
        { authorization: "Basic YTpi" },
        { authorization: `Bearer bihuan_${"x".repeat(150)}` },
        { cookie: "bihuan_session=%00; bihuan_session=abc" },
        { cookie: "bihuan_session=" + "z".repeat(3000) },
        { "content-length": "5" },
        { "transfer-encoding": "chunked" },
        { "content-encoding": "gzip" },
        { "x-forwarded-for": "not an address, 10.0.0.1" },
        { "if-none-match": '"x"', range: "bytes=9-1" },
        { "last-event-id": "x.99999999999999999999" },
      ),
    )
    .map(([one, headers]) => finish(one, headers));
  const wild = fc.tuple(draft, fc.constantFrom(...wildPaths)).map(([one, url]) => ({ ...finish(one, {}), url }));

  return fc.oneof(
    { weight: 10, arbitrary: draft.map((one) => finish(one, {})) },
    { weight: schema ? 12 : 1, arbitrary: spoilBody },
    { weight: part("path").length > 0 ? 5 : 0, arbitrary: spoilPath },
    { weight: 4, arbitrary: spoilQuery },
    { weight: schema ? 3 : 1, arbitrary: breakJson },
    { weight: 1, arbitrary: cutJson },
    { weight: 1, arbitrary: wrongType },
    { weight: 1, arbitrary: wrongMethod },
    { weight: 2, arbitrary: oddHeaders },
    { weight: 1, arbitrary: wild },
  );
}
