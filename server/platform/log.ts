import { type DestinationStream, type Logger, pino } from "pino";

export type Log = Logger;
export const logLevels = ["trace", "debug", "info", "warn", "error", "silent"] as const;
export type LogLevel = (typeof logLevels)[number];

// Logs name things by id. Should a caller hand over a whole record all the same, the fields that are personal are cut out here.
const personal = [
  "name",
  "phone",
  "address",
  "idNumber",
  "email",
  "password",
  "secret",
  "token",
  "cookie",
  "authorization",
  "contact",
  "contacts",
  "callerName",
];
const redacted = personal.flatMap((key) => [key, `*.${key}`, `*.*.${key}`]);

/**
 * A structured logger, one JSON line each, to standard error (standard output belongs to a command's result).
 * An error is written with its type, code and stack but without PostgreSQL's `detail`, which quotes row values.
 */
export function createLog(level: LogLevel, destination: DestinationStream | number = 2): Log {
  const options = {
    level,
    base: null,
    timestamp: pino.stdTimeFunctions.isoTime,
    formatters: { level: (label: string) => ({ level: label }) },
    redact: { paths: redacted, censor: "[removed]" },
    serializers: { err: describeError, error: describeError },
  };
  return typeof destination === "number"
    ? pino(options, pino.destination({ dest: destination, sync: false }))
    : pino(options, destination);
}

/** What of an error may stand in a log. */
function describeError(error: unknown): Record<string, unknown> {
  if (!(error instanceof Error)) return { type: typeof error };
  const { code, constraint, table } = error as Error & Record<string, unknown>;
  const fromDatabase = typeof code === "string" && /^[0-9A-Z]{5}$/.test(code);
  const stack = error.stack?.slice(error.stack.indexOf("\n    at "));
  return {
    type: error.name,
    // A constraint violation's message names the constraint, never the values; other data errors (class 22) quote the input.
    message: fromDatabase && code.startsWith("22") ? `SQLSTATE ${code}` : error.message,
    ...(code === undefined ? {} : { code }),
    ...(fromDatabase ? { constraint, table } : {}),
    stack,
    ...(error.cause ? { cause: describeError(error.cause) } : {}),
  };
}
