// The OpenAPI 3.1 document, written from the same operation objects that are served.
import { errorCatalogue } from "@bihuan/contract/errors.ts";
import type { Operation, Operations } from "@bihuan/contract/operation.ts";
import { Problem } from "@bihuan/contract/platform.ts";
import { z } from "zod";
import { declaredErrors } from "./operations.ts";

type Json = { [key: string]: unknown };
export type OpenApi = {
  readonly openapi: "3.1.0";
  readonly info: Json;
  readonly tags: readonly { readonly name: string }[];
  readonly paths: Readonly<Record<string, Readonly<Record<string, Json>>>>;
  readonly components: { readonly schemas: Readonly<Record<string, Json>>; readonly securitySchemes: Json };
};

/** Writes the document. In: every slice's operations. The result depends on nothing else, so that it can be compared. */
export function openApi(groups: readonly Operations[], version: string): OpenApi {
  const schemas = new Schemas();
  const paths: Record<string, Record<string, Json>> = {};
  const tags = new Set<string>();
  for (const [name, operation] of groups.flatMap((group) => Object.entries(group))) {
    const path = `/api${operation.path.replaceAll(/:(\w+)/g, "{$1}")}`;
    paths[path] = { ...paths[path], [operation.method.toLowerCase()]: describe(name, operation, schemas) };
    tags.add(operation.tag);
  }
  schemas.convert(Problem, "output");
  return {
    openapi: "3.1.0",
    info: {
      title: "闭环 Bihuan",
      version,
      description:
        "供电服务指挥平台接口。The interface of the service-command platform. Refusals are problem+json (RFC 9457); their codes are listed at /api/docs/errors.",
      license: { name: "Apache-2.0", identifier: "Apache-2.0" },
    },
    tags: [...tags].sort().map((name) => ({ name })),
    paths: Object.fromEntries(Object.entries(paths).sort(([a], [b]) => (a < b ? -1 : 1))),
    components: {
      schemas: schemas.sorted(),
      securitySchemes: {
        session: { type: "apiKey", in: "cookie", name: "bihuan_session", description: "Set by signing in" },
        key: { type: "http", scheme: "bearer", description: "An API key" },
      },
    },
  };
}

function describe(name: string, operation: Operation, schemas: Schemas): Json {
  const refusals = [...declaredErrors(operation)].sort();
  const byStatus = Object.groupBy(refusals, (code) => String(errorCatalogue[code as keyof typeof errorCatalogue].status));
  const success = operation.response
    ? { "200": { description: "OK", content: { "application/json": { schema: schemas.convert(operation.response, "output") } } } }
    : operation.produces
      ? { "200": { description: "OK", content: { [operation.produces]: { schema: { type: "string" } } } } }
      : { "204": { description: "Done" } };
  const body = operation.consumes
    ? {
        content: {
          [operation.consumes]: {
            schema: { type: "object", properties: { file: { type: "string", contentMediaType: "application/octet-stream" } } },
          },
        },
        required: true,
      }
    : operation.body
      ? { content: { "application/json": { schema: schemas.convert(operation.body, "input") } }, required: true }
      : undefined;
  return {
    operationId: name,
    tags: [operation.tag],
    summary: `${operation.summary.zh} · ${operation.summary.en}`,
    "x-access": operation.access,
    security: operation.access === "public" ? [] : [{ session: [] }, { key: [] }],
    parameters: [
      ...parameters(operation.params, "path", schemas),
      ...parameters(operation.query, "query", schemas),
      ...(operation.idempotent
        ? [
            {
              name: "Idempotency-Key",
              in: "header",
              required: true,
              description: "A number of your own for this act: sent again with the same key, it is done once",
              schema: { type: "string", minLength: 1, maxLength: 200 },
            },
          ]
        : []),
    ],
    ...(body ? { requestBody: body } : {}),
    responses: {
      ...success,
      ...Object.fromEntries(
        Object.entries(byStatus).map(([status, codes = []]) => [
          status,
          {
            description: codes.join(", "),
            content: { "application/problem+json": { schema: { $ref: "#/components/schemas/Problem" } } },
          },
        ]),
      ),
    },
  };
}

function parameters(schema: z.ZodObject | undefined, where: "path" | "query", schemas: Schemas): Json[] {
  if (!schema) return [];
  return Object.entries(schema.shape).map(([name, field]) => {
    const type = field as z.ZodType;
    return {
      name,
      in: where,
      required: where === "path" || !type.safeParse(undefined).success,
      schema: schemas.convert(type, "input"),
    };
  });
}

// Named schemas (`.meta({ id })`) become components. What a caller sends and what comes back may differ (defaults, coerced
// values): where they do, the sent form gets a name of its own.
class Schemas {
  readonly #components = new Map<string, Json>();

  convert(schema: z.ZodType, io: "input" | "output"): Json {
    const {
      $schema: _,
      $defs,
      ...own
    } = z.toJSONSchema(schema, { io, unrepresentable: "any", override: ({ jsonSchema }) => tidy(jsonSchema as Json) }) as Json;
    const names = new Map<string, string>();
    const definitions = Object.entries(($defs ?? {}) as Record<string, Json>);
    for (const [id] of definitions) names.set(id, id);
    // Decide names first (a definition that changed takes its users with it), then write them.
    for (let renamed = true; renamed; ) {
      renamed = false;
      for (const [id, definition] of definitions) {
        const name = names.get(id) ?? id;
        const present = this.#components.get(name);
        if (!present || JSON.stringify(present) === JSON.stringify(pointed(definition, names))) continue;
        const next = name === id && io === "input" ? `${id}Input` : `${name}_`;
        names.set(id, next);
        renamed = true;
      }
    }
    for (const [id, definition] of definitions) this.#components.set(names.get(id) ?? id, pointed(definition, names));
    return pointed(own, names);
  }

  sorted(): Record<string, Json> {
    return Object.fromEntries([...this.#components].sort(([a], [b]) => (a < b ? -1 : 1)));
  }
}

// A format says what its pattern repeats at length; the bounds of exact integers are every number's.
function tidy(schema: Json) {
  if (schema["format"] !== undefined) delete schema["pattern"];
  if (schema["maximum"] === Number.MAX_SAFE_INTEGER) delete schema["maximum"];
  if (schema["minimum"] === Number.MIN_SAFE_INTEGER) delete schema["minimum"];
  delete schema["id"];
}

function pointed(schema: Json, names: ReadonlyMap<string, string>): Json {
  return JSON.parse(JSON.stringify(schema), (key, value: unknown) => {
    if (key !== "$ref" || typeof value !== "string") return value;
    const id = value.replace("#/$defs/", "");
    return `#/components/schemas/${names.get(id) ?? id}`;
  }) as Json;
}
