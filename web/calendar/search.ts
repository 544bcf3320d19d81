import { present, type RawSearch, whole } from "../platform/search.ts";

export const readCalendarSearch = (search: RawSearch) =>
  present({ year: whole(search, "year", 2000, 2100), unit: whole(search, "unit") });
