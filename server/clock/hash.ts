import { createHash } from "node:crypto";

const ordered = (value: unknown): unknown => {
  if (Array.isArray(value)) return value.map(ordered);
  if (typeof value !== "object" || value === null) return value;
  const entries = Object.entries(value).filter(([, entry]) => entry !== undefined);
  return Object.fromEntries(entries.sort(([a], [b]) => (a < b ? -1 : 1)).map(([key, entry]) => [key, ordered(entry)]));
};

/** SHA-256 of a JSON value, whatever the order of its keys: jsonb gives them back in another one. */
export const hashOf = (value: unknown): Buffer =>
  createHash("sha256")
    .update(JSON.stringify(ordered(value)))
    .digest();
