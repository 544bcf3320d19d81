// Where an article is shown: with a category of demands at the desk, or at a step of the work on an order.
import { z } from "zod";
import type { FlowRegistry } from "../flow/definition.ts";
import { type Refusal, refuse } from "../refusal.ts";

const Code = z
  .string()
  .max(60)
  .regex(/^[A-Za-z][A-Za-z0-9_-]*$/);

/** What is left out is meant everywhere: no flow, every kind of business; no subtype, all of them; no step, the whole way. */
export const ArticleLink = z
  .strictObject({
    flow: Code.nullable().default(null),
    subtype: Code.nullable().default(null),
    step: Code.nullable().default(null),
  })
  .refine(({ flow, step }) => flow !== null || step !== null, {
    params: { zh: "请选择业务或环节", en: "Choose a kind of business or a step" },
  })
  .refine(({ flow, subtype }) => flow !== null || subtype === null, {
    path: ["subtype"],
    params: { zh: "细类属于某一业务，请先选择业务", en: "A subtype belongs to a kind of business: choose that first" },
  });
export type ArticleLink = z.infer<typeof ArticleLink>;

/** A category of demands (no step), or the step an order stands at. */
export type Place = { readonly flow: string; readonly subtype: string | null; readonly step: string | null };

const ANY = "*";
/** A link as one word, for an index: `flow/subtype/step`, a star for what is left out. */
export const placeKey = ({ flow, subtype, step }: ArticleLink): string =>
  [flow, subtype, step].map((one) => one ?? ANY).join("/");

/** The words of every link that means this place. */
export const keysOf = ({ flow, subtype, step }: Place): string[] => {
  const flows = [flow, null];
  const subtypes = subtype === null ? [null] : [subtype, null];
  const steps = step === null ? [null] : [step, null];
  return flows
    .flatMap((one) => subtypes.flatMap((two) => steps.map((three) => ({ flow: one, subtype: two, step: three }))))
    .filter((link) => (link.flow !== null || link.step !== null) && (link.flow !== null || link.subtype === null))
    .map(placeKey);
};

/** How closely links mean a place: the step before the subtype before the flow. 0 where none does. */
export function closeness(links: readonly ArticleLink[], place: Place): number {
  const means = (said: string | null, here: string | null) => said === null || said === here;
  const close = links
    .filter(({ flow, subtype, step }) => means(flow, place.flow) && means(subtype, place.subtype) && means(step, place.step))
    .map(({ flow, subtype, step }) => (step === null ? 0 : 4) + (subtype === null ? 0 : 2) + (flow === null ? 0 : 1));
  return Math.max(0, ...close);
}

/** Why links cannot be kept: they name a flow, subtype or step there is not. */
export function linkRefusal(links: readonly ArticleLink[], { all }: Pick<FlowRegistry, "all">): Refusal | null {
  const live = all.filter(({ closedElsewhere }) => closedElsewhere !== true);
  for (const { flow, subtype, step } of links) {
    const named = flow === null ? live : live.filter(({ id }) => id === flow);
    const fits = named.some(
      (one) => (subtype === null || Object.hasOwn(one.subtypes, subtype)) && (step === null || Object.hasOwn(one.steps, step)),
    );
    if (!fits) return refuse("knowledge.link-unknown", { link: [flow, subtype, step].filter((one) => one !== null).join(" / ") });
  }
  return null;
}
