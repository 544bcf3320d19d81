// Many orders at once: which acts are offered for a selection, and how they are done. Each order is an act of its own, with its own
// version and its own key; what one is refused stops none of the others.
import type { TaskRow } from "@bihuan/contract/desk-work.ts";
import type { Bilingual } from "@bihuan/contract/text.ts";
import { bulkRule } from "@bihuan/core/desk/work/bulk.ts";
import type { Role } from "@bihuan/core/identity/roles.ts";

export type BulkOffer = { readonly key: string; readonly title: Bilingual; readonly safe: boolean; readonly because: Bilingual };

// What may be said to any order, whatever its step asks for.
const anywhere: readonly { readonly key: string; readonly title: Bilingual; readonly by: readonly Role[] }[] = [
  { key: "urge", title: { zh: "催办", en: "Urge" }, by: ["AGENT", "DISPATCHER", "SUPERVISOR", "MANAGER", "VERIFIER"] },
  {
    key: "note",
    title: { zh: "备注", en: "Note" },
    by: ["AGENT", "DISPATCHER", "HANDLER", "REVIEWER", "VERIFIER", "SUPERVISOR", "MANAGER"],
  },
];

/** What is offered for a selection: the next step they have in common, first; then what may be said to any of them. */
export function offersFor(tasks: readonly Pick<TaskRow, "action">[], roles: ReadonlySet<Role>): readonly BulkOffer[] {
  const [first] = tasks;
  const common = first?.action && tasks.every(({ action }) => action?.key === first.action?.key) ? first.action : null;
  const judged = ({ key, title }: { key: string; title: Bilingual }): BulkOffer => ({ key, title, ...bulkRule(key) });
  return [
    ...(common ? [judged(common)] : []),
    ...anywhere.filter(({ key, by }) => key !== common?.key && by.some((role) => roles.has(role))).map(judged),
  ];
}

export type Outcome<Item> = { readonly item: Item; readonly error: unknown };

/** So many at a time: quick enough for a screenful, and never all the connections that a server has. */
const AT_ONCE = 4;

/**
 * Does one thing for each, some at a time, in their order. Out: how each came out, in their order; `error` is null where it was done.
 * `onDone` hears how many are.
 */
export async function forEach<Item>(
  items: readonly Item[],
  one: (item: Item) => Promise<unknown>,
  onDone: (count: number) => void = () => undefined,
): Promise<readonly Outcome<Item>[]> {
  const outcomes: Outcome<Item>[] = [];
  let [next, done] = [0, 0];
  const work = async (): Promise<void> => {
    for (let place = next++; place < items.length; place = next++) {
      const item = items[place] as Item;
      try {
        await one(item);
        outcomes[place] = { item, error: null };
      } catch (error) {
        outcomes[place] = { item, error: error ?? new Error("refused") };
      }
      onDone(++done);
    }
  };
  await Promise.all(Array.from({ length: Math.min(AT_ONCE, items.length) }, work));
  return outcomes;
}
