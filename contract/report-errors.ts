import { defineErrors } from "./error-entry.ts";

export const reportErrors = defineErrors({});
