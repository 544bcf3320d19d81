import { createHash } from "node:crypto";
import { canonicalJson } from "@bihuan/core/canonical.ts";

/** SHA-256 of a JSON value, whatever the order of its keys: jsonb gives them back in another one. */
export const hashOf = (value: unknown): Buffer => createHash("sha256").update(canonicalJson(value)).digest();
