// Views of the order list: a name for a set of filters. Some come with the product, others the person saved.
import type { RawSearch } from "../../platform/search.ts";
import { type OrderSearch, readOrderSearch } from "./search.ts";

export type ViewKey = "open" | "mine" | "overdue" | "soon" | "suspended" | "closed";
export type View = { readonly key: ViewKey; readonly search: OrderSearch };
export type SavedView = { readonly name: string; readonly search: OrderSearch };

export const views: readonly View[] = [
  { key: "open", search: {} },
  { key: "mine", search: { holder: "me" } },
  { key: "overdue", search: { clock: "overdue" } },
  { key: "soon", search: { due: 240 } },
  { key: "suspended", search: { clock: "suspended" } },
  { key: "closed", search: { state: "closed", sort: "intake" } },
];

const filters = ({ open: _, ...rest }: OrderSearch): string =>
  JSON.stringify(Object.entries(rest).sort(([a], [b]) => (a < b ? -1 : 1)));
const same = (a: OrderSearch, b: OrderSearch): boolean => filters(a) === filters(b);

/** The view that the filters are, or null where somebody changed them. */
export const viewOf = (search: OrderSearch): View | null => views.find((view) => same(view.search, search)) ?? null;
export const savedViewOf = (search: OrderSearch, saved: readonly SavedView[]): SavedView | null =>
  saved.find((view) => same(view.search, search)) ?? null;

/** What is kept of the present filters: everything but the order that stands open. */
export function saveView(saved: readonly SavedView[], name: string, { open: _, ...search }: OrderSearch): SavedView[] {
  return [...saved.filter((view) => view.name !== name), { name, search }];
}

/** Saved views as they were kept: what is none is left out, and of each what no longer fits. */
export const readViews = (kept: unknown): SavedView[] =>
  Array.isArray(kept)
    ? (kept as readonly unknown[]).flatMap((view) => {
        const { name, search } = (view ?? {}) as { readonly name?: unknown; readonly search?: unknown };
        return typeof name === "string" && name !== "" && typeof search === "object" && search !== null
          ? [{ name, search: readOrderSearch(search as RawSearch) }]
          : [];
      })
    : [];
