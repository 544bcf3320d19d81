import { defineErrors } from "./error-entry.ts";

export const customerErrors = defineErrors({});
