import { oneOf, present, type RawSearch } from "../platform/search.ts";

/** What stands side by side. */
export const sides = ["themes", "languages"] as const;
export type StyleguideSearch = { side?: (typeof sides)[number] };
export const readStyleguideSearch = (search: RawSearch): StyleguideSearch => present({ side: oneOf(search, "side", sides) });
