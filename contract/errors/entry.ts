import type { Bilingual } from "../text.ts";

/** One catalogued refusal. `title` says what happened; `action` says what was kept and what to do. `{name}` is filled from the facts. */
export type ErrorEntry = { readonly status: number; readonly title: Bilingual; readonly action: Bilingual };
export const defineErrors = <const E extends Record<string, ErrorEntry>>(errors: E): E => errors;
