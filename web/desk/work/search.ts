// The state of my work, as it stands in the address.
import { taskKindNames, type TaskKind } from "@bihuan/core/flow/tasks/task.ts";
import { digits, oneOf, present, type RawSearch, text, whole } from "../../platform/search.ts";

export const tabs = ["mine", "unit", "waiting", "visits"] as const;
export type Tab = (typeof tabs)[number];

/** `open` is the order that stands beside the list. */
export const readWorkSearch = (search: RawSearch) =>
  present({
    tab: oneOf(search, "tab", tabs),
    flow: text(search, "flow", 64),
    kind: oneOf(search, "kind", taskKindNames),
    unit: whole(search, "unit"),
    day: digits(search, "day", /^\d{4}-\d{2}-\d{2}$/),
    whose: oneOf(search, "whose", ["mine"]),
    open: digits(search, "open", /^[1-9]\d{18}$/),
  });
export type WorkSearch = ReturnType<typeof readWorkSearch>;

/** The filters that follow the person from one day, and one workstation, to the next. */
export type KeptFilter = { readonly flow?: string; readonly kind?: TaskKind; readonly unit?: number };

export const filterOf = ({ flow, kind, unit }: WorkSearch): KeptFilter => present({ flow, kind, unit });
export const isFiltered = (search: WorkSearch): boolean => Object.keys(filterOf(search)).length > 0;

/** The filters as they were kept: whatever no longer fits is left out. */
export const readKept = (kept: unknown): KeptFilter =>
  kept !== null && typeof kept === "object" ? filterOf(readWorkSearch(kept as RawSearch)) : {};
