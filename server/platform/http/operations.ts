// Operations of the contract, served: parse, ask who calls, check where the request comes from, let the slice decide, answer.
import { commonErrors, type Operation, type OperationInput, type Operations } from "@bihuan/contract/operation.ts";
import type { Permission } from "@bihuan/contract/permissions.ts";
import type { Scope } from "@bihuan/core/identity/scope.ts";
import { isRefusal, type Refusal, refuse } from "@bihuan/core/refusal.ts";
import type { FastifyInstance, FastifyReply, FastifyRequest } from "fastify";
import type { Readable } from "node:stream";
import type { z } from "zod";
import { crossSite } from "./origin.ts";
import { type FieldError, type Language, languageOf, sendRefusal } from "./problem.ts";
import { parsePart } from "./validation.ts";
import type { LiveMessage } from "../live/publish.ts";
import type { Platform } from "../platform.ts";

/** A signed-in caller. `via` decides whether the same-origin check applies: a browser sends cookies by itself, a key it does not. */
export type Session = { readonly id: string; readonly via: "cookie" | "api-key"; readonly scope: Scope };

/** What the platform asks of the identity slice. */
export type Access = {
  /** Who calls: a session, nobody, or why the credentials given do not count (expired, locked, password to be changed first). */
  authenticate(request: FastifyRequest, operation: Operation): Promise<Session | Refusal | null>;
  /** Whether the permission is held anywhere; where, the handler asks. */
  holds(scope: Scope, permission: Permission): boolean;
  /** A filter of live messages for one stream: whether this person may hear of it. */
  audience(session: Session): Promise<(message: LiveMessage) => boolean>;
  /** Which of these sessions (by id) still hold: asked about once a minute for all open streams together. */
  stillValid(sessions: readonly Session[]): Promise<ReadonlySet<string>>;
  /** Hears every live message of any process, so that what is kept in memory can be forgotten; null after a gap. */
  heard?(message: LiveMessage | null): void;
};

/** A file or stream as an answer, for operations that declare `produces`. */
export type Download = {
  readonly body: Readable | Uint8Array | string;
  readonly contentType?: string;
  readonly fileName?: string;
  readonly cacheControl?: string;
};

export type HandlerInput<O extends Operation> = OperationInput<O> & {
  readonly session: O["access"] extends "public" ? Session | null : Session;
  readonly scope: O["access"] extends "public" ? Scope | null : Scope;
  readonly idempotencyKey: O["idempotent"] extends true ? string : null;
  /** From Accept-Language; for texts that are written on the server (exports). */
  readonly acceptLanguage: Language;
  readonly request: FastifyRequest;
  readonly reply: FastifyReply;
};
type Answer<O extends Operation> = O["response"] extends z.ZodType
  ? z.input<O["response"]>
  : O["produces"] extends string
    ? Download
    : undefined | void;
/** Decides one operation: the answer's value, or a catalogued refusal. */
export type Handler<O extends Operation> = (input: HandlerInput<O>) => Promise<Answer<O> | Refusal> | Answer<O> | Refusal;
/** A slice's routes: one handler per operation of its contract. */
export type Handlers<Ops extends Operations> = { readonly [Name in keyof Ops]: Handler<Ops[Name]> };

/** A slice as the composition root sees it. */
export type Slice = { readonly operations: Operations; readonly routes: (platform: Platform) => Handlers<Operations> };

/** Pairs a slice's operations with its routes, checked against each other. */
export const slice = <Ops extends Operations>(operations: Ops, routes: (platform: Platform) => Handlers<Ops>): Slice => ({
  operations,
  routes,
});

declare module "fastify" {
  interface FastifyContextConfig {
    operation?: Operation;
  }
}

type AnyHandler = (input: unknown) => Promise<unknown>;

/** Serves operations below `/api`. In: the contract's operations, one handler each, and who decides about callers. */
export function mount<Ops extends Operations>(
  app: FastifyInstance,
  operations: Ops,
  handlers: Handlers<Ops>,
  access: Access,
): void {
  for (const [name, operation] of Object.entries(operations)) {
    const handler = handlers[name] as AnyHandler | undefined;
    if (!handler) throw new Error(`operation ${name} (${operation.method} ${operation.path}) has no handler`);
    app.route({
      method: operation.method,
      url: `/api${operation.path}`,
      config: {
        operation,
        ...(operation.rateLimit
          ? { rateLimit: { max: operation.rateLimit.max, timeWindow: operation.rateLimit.windowSeconds * 1000 } }
          : {}),
      },
      handler: (request, reply) => serve(operation, handler, access, request, reply),
    });
  }
}

async function serve(operation: Operation, handler: AnyHandler, access: Access, request: FastifyRequest, reply: FastifyReply) {
  const caller = await access.authenticate(request, operation);
  const session = isRefusal(caller) ? null : caller;
  const refused = isRefusal(caller) && operation.access !== "public" ? caller : admission(operation, access, session, request);
  if (refused) return sendRefusal(request, reply, refused);

  const errors: FieldError[] = [];
  const part = (schema: z.ZodType | undefined, input: unknown, where: FieldError["in"]): unknown => {
    if (!schema) return undefined;
    const parsed = parsePart(schema, input, where);
    if ("value" in parsed) return parsed.value;
    errors.push(...parsed.errors);
    return undefined;
  };
  const params = part(operation.params, request.params, "path");
  const query = part(operation.query, request.query, "query");
  const body = part(operation.body, request.body, "body");
  const acceptLanguage = languageOf(request.headers["accept-language"]);
  if (errors.length > 0) return sendRefusal(request, reply, { ...refuse("request.invalid"), fields: errors });

  const key = request.headers["idempotency-key"];
  if (operation.idempotent && (typeof key !== "string" || key.length < 1 || key.length > 200))
    return sendRefusal(request, reply, refuse("request.idempotency-key-missing"));

  const result = await handler({
    params,
    query,
    body,
    session,
    scope: session?.scope ?? null,
    idempotencyKey: operation.idempotent ? key : null,
    acceptLanguage,
    request,
    reply,
  });
  return answer(operation, result, request, reply);
}

// Whether the caller may try at all; whether at this unit, the handler decides.
function admission(operation: Operation, access: Access, session: Session | null, request: FastifyRequest): Refusal | null {
  if (session?.via !== "api-key" && crossSite(request)) return refuse("request.cross-site");
  if (operation.access === "public") return null;
  if (!session) return refuse("session.required");
  if (operation.access !== "signed-in" && !access.holds(session.scope, operation.access))
    return refuse("permission.missing", { permission: operation.access });
  return null;
}

async function answer(operation: Operation, result: unknown, request: FastifyRequest, reply: FastifyReply) {
  if (reply.sent || reply.raw.headersSent) return reply;
  if (isRefusal(result)) return sendRefusal(request, reply, result);
  if (operation.response) {
    // Parsing the answer keeps what the contract does not name from leaving, and proves each answer against it.
    const body = operation.response.parse(result);
    if (!reply.hasHeader("cache-control")) reply.header("cache-control", "no-store");
    return reply.type("application/json; charset=utf-8").send(JSON.stringify(body));
  }
  if (operation.produces) {
    const download = result as Download;
    reply.type(download.contentType ?? operation.produces).header("cache-control", download.cacheControl ?? "private, no-store");
    // Whatever is in it, a browser that showed it would run nothing and load nothing.
    reply.header("content-security-policy", "default-src 'none'; sandbox; frame-ancestors 'none'");
    if (download.fileName) reply.header("content-disposition", `attachment; filename*=UTF-8''${asParameter(download.fileName)}`);
    return reply.send(download.body);
  }
  return reply.code(204).send();
}

// RFC 5987: what encodeURIComponent leaves and the header's grammar does not allow.
const asParameter = (text: string) =>
  encodeURIComponent(text).replaceAll(/['()*]/g, (letter) => `%${letter.charCodeAt(0).toString(16)}`);

/** Every code an operation may answer with. */
export const declaredErrors = (operation: Operation): ReadonlySet<string> =>
  new Set<string>([...commonErrors(operation), ...(operation.errors ?? [])]);
