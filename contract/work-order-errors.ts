import { defineErrors } from "./error-entry.ts";

export const workOrderErrors = defineErrors({});
