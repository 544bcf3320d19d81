// The categories a demand may be taken in under: a kind of business, and its subtype where it has subtypes.
import type { FlowRegistry } from "../../flow/definition.ts";

export type Category = { readonly flow: string; readonly subtype: string | null };

/** A category as one word, for maps and tables of counts. */
export const categoryKey = ({ flow, subtype }: Category): string => (subtype === null ? flow : `${flow}/${subtype}`);

/** Every category a desk can take in, in the register's order. */
export const categoriesOf = ({ all }: Pick<FlowRegistry, "all">): Category[] =>
  all
    .filter(({ closedElsewhere }) => closedElsewhere !== true)
    .flatMap(({ id, subtypes }): Category[] => {
      const names = Object.keys(subtypes);
      return names.length === 0 ? [{ flow: id, subtype: null }] : names.map((subtype) => ({ flow: id, subtype }));
    });
