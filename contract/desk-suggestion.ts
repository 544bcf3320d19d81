// The category a desk is offered for what a caller says: learnt from the orders this utility has taken in, and told with its reasons.
import { z } from "zod";
import { defineOperation } from "./operation.ts";

const TAG = "desk";

const code = z
  .string()
  .max(60)
  .regex(/^[A-Za-z][A-Za-z0-9_-]*$/);

export const CategorySuggestion = z
  .object({
    flow: z.string(),
    /** Null where the flow has no subtypes. */
    subtype: z.string().nullable(),
    /** How often, of a hundred suggestions made with this confidence, the order was taken in so: 0 to 1. */
    confidence: z.number().min(0).max(1),
    /** The words of the text that spoke for it, the weightiest first; at most five. */
    words: z.array(z.string()),
  })
  .meta({ id: "CategorySuggestion" });
export type CategorySuggestion = z.infer<typeof CategorySuggestion>;

export const deskSuggestionOperations = {
  // A POST: what a caller says must not stand in an address, a log or a proxy.
  suggestCategory: defineOperation({
    method: "POST",
    path: "/desk/suggest",
    summary: { zh: "按诉求内容建议业务类别", en: "Suggest the category of a demand from what is said in it" },
    tag: TAG,
    access: "order.intake",
    body: z.object({
      /** Title and description as typed so far. Nothing of it is kept. */
      text: z.string().max(5000),
      /** Where the kind of business is chosen already: only its subtypes are weighed. */
      flow: code.optional(),
    }),
    response: z.object({
      /** The likeliest first, at most three; empty where the text does not say enough. */
      suggestions: z.array(CategorySuggestion),
      /** Accepted orders this was learnt from. */
      learntFrom: z.int(),
    }),
    errors: ["work-order.flow-unknown"],
  }),
};
