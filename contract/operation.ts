// An operation is declared once: the server mounts it, the tests parse its answers with it, the web calls through it, and
// the OpenAPI document is written from it.
import type { z } from "zod";
import type { ErrorCode } from "./errors.ts";
import type { Permission } from "./permissions.ts";
import type { Bilingual } from "./text.ts";

export type Operation = {
  readonly method: "GET" | "POST" | "PUT" | "PATCH" | "DELETE";
  /** With `:name` for path parameters, below `/api`. */
  readonly path: string;
  readonly summary: Bilingual;
  /** Which slice's page of the API documentation it stands on. */
  readonly tag: string;
  /** Who may call it: `public`; `signed-in`; or a permission that must be held somewhere (the handler asks where). */
  readonly access: "public" | "signed-in" | Permission;
  readonly params?: z.ZodObject;
  readonly query?: z.ZodObject;
  readonly body?: z.ZodType;
  /** Absent where the answer is not JSON (a download, a stream): see `produces`. */
  readonly response?: z.ZodType;
  readonly produces?: string;
  /** `multipart/form-data` where files are sent: the handler reads `request.parts()` itself. JSON otherwise. */
  readonly consumes?: "multipart/form-data";
  /** Catalogued refusals beyond those every operation may give (validation, sign-in, permission). */
  readonly errors?: readonly ErrorCode[];
  /** Calls one client address may make to it, where that is to be limited (sign-in, searches that cost). */
  readonly rateLimit?: { readonly max: number; readonly windowSeconds: number };
  /** True where the caller must send an `Idempotency-Key` header. */
  readonly idempotent?: boolean;
};

/** Declares one operation, keeping its literal types. */
export const defineOperation = <const O extends Operation>(operation: O): O => operation;

/** A slice's operations, by name. */
export type Operations = Readonly<Record<string, Operation>>;

/** Refusals every operation may give; the others are listed in its `errors`. */
export const commonErrors = (operation: Operation): ErrorCode[] => [
  ...(operation.params || operation.query || operation.method !== "GET" ? (["request.invalid"] as const) : []),
  ...(operation.method !== "GET" ? (["request.too-large", "request.unsupported-media"] as const) : []),
  ...(operation.access === "public"
    ? []
    : (["session.required", "identity.session-ended", "identity.api-key-invalid", "identity.password-change-required"] as const)),
  ...(operation.access === "public" || operation.access === "signed-in" ? [] : (["permission.missing"] as const)),
  ...(operation.method === "GET" ? [] : (["request.cross-site"] as const)),
  ...(operation.idempotent ? (["request.idempotency-key-missing", "request.idempotency-key-reused"] as const) : []),
  "request.too-many",
  "server.unavailable",
  "server.failure",
];

type Output<S> = S extends z.ZodType ? z.output<S> : undefined;
type Input<S> = S extends z.ZodType ? z.input<S> : undefined;

/** What a handler receives, after parsing. */
export type OperationInput<O extends Operation> = {
  params: Output<O["params"]>;
  query: Output<O["query"]>;
  body: Output<O["body"]>;
};
/** What a caller passes, before parsing. */
export type OperationCall<O extends Operation> = (O["params"] extends z.ZodType ? { params: Input<O["params"]> } : unknown) &
  (O["query"] extends z.ZodType ? { query?: Input<O["query"]> } : unknown) &
  (O["body"] extends z.ZodType ? { body: Input<O["body"]> } : unknown) &
  (O["idempotent"] extends true ? { idempotencyKey: string } : unknown);
/** What comes back. */
export type OperationResult<O extends Operation> = Output<O["response"]>;
