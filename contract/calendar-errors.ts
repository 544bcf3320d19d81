import { defineErrors } from "./error-entry.ts";

export const calendarErrors = defineErrors({});
