// Type ▸ category as one list: a kind of business without categories is one of its own.
import type { FlowView } from "@bihuan/contract/flow.ts";
import type { Category } from "../draft/draft.ts";

/** One category among the options of a list. */
export const categoryKey = ({ flow, subtype }: Category): string => (subtype === null ? flow : `${flow}/${subtype}`);

export type CategoryOption = { readonly value: string; readonly label: string };
export type CategoryGroup = { readonly label: string; readonly options: readonly CategoryOption[] };

/** In: the flows, and how to say a text. Out: those that are taken in, each with its categories; the search finds both names. */
export function categoryGroups(
  flows: readonly FlowView[],
  say: (text: FlowView["title"]) => string,
): readonly (CategoryGroup | CategoryOption)[] {
  return flows
    .filter(({ takesIn }) => takesIn)
    .map(({ id, title, subtypes }) =>
      subtypes.length === 0
        ? { value: id, label: say(title) }
        : {
            label: say(title),
            options: subtypes.map(({ code, title: name }) => ({
              value: categoryKey({ flow: id, subtype: code }),
              label: `${say(title)} ▸ ${say(name)}`,
            })),
          },
    );
}

/** The category an option stands for; null where the flows have no such one. */
export function categoryOf(flows: readonly FlowView[], key: string): Category | null {
  const [id = "", code = null] = key.split("/", 2);
  const flow = flows.find((one) => one.id === id && one.takesIn);
  if (!flow) return null;
  if (flow.subtypes.length === 0) return code === null ? { flow: id, subtype: null } : null;
  return code === null || flow.subtypes.some((one) => one.code === code) ? { flow: id, subtype: code } : null;
}

/** Whether the business is chosen and its category is not: it has several, and the demand cannot be taken in without one. */
export const lacksSubtype = (flows: readonly FlowView[], category: Category): boolean =>
  category.subtype === null && (flows.find(({ id }) => id === category.flow)?.subtypes.length ?? 0) > 0;
