import { defineErrors } from "./error-entry.ts";

export const clockErrors = defineErrors({});
