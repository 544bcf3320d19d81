import { defineErrors } from "./error-entry.ts";

export const identityErrors = defineErrors({});
