// The route of category suggestions.
import type { deskSuggestionOperations } from "@bihuan/contract/desk-suggestion.ts";
import { suggest } from "@bihuan/core/desk/suggestion/model.ts";
import { wordsOf } from "@bihuan/core/desk/suggestion/words.ts";
import { flows } from "@bihuan/core/flows.ts";
import { refuse } from "@bihuan/core/refusal.ts";
import type { Handlers } from "../../platform/http/operations.ts";
import type { Platform } from "../../platform/platform.ts";
import { currentModel } from "./current-model.ts";

const rounded = (confidence: number): number => Math.round(confidence * 100) / 100;

export function deskSuggestionRoutes(platform: Platform): Handlers<typeof deskSuggestionOperations> {
  return {
    async suggestCategory({ body: { text, flow } }) {
      if (flow !== undefined && !flows.all.some(({ id, closedElsewhere }) => id === flow && closedElsewhere !== true))
        return refuse("work-order.flow-unknown", { flow });
      const model = await currentModel(platform);
      return {
        suggestions: suggest(model, wordsOf(text), flow ?? null).map(({ category, confidence, words }) => ({
          ...category,
          confidence: rounded(confidence),
          words: [...words],
        })),
        learntFrom: model.orders,
      };
    },
  };
}
