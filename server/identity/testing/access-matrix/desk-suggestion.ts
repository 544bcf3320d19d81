import type { deskSuggestionOperations } from "@bihuan/contract/desk-suggestion.ts";
import type { Matrix } from "./entry.ts";

export const deskSuggestionMatrix: Matrix<typeof deskSuggestionOperations> = {
  suggestCategory: {
    by: ["AGENT"],
    reach: "everywhere",
    request: () => ({ path: "/desk/suggest", body: { text: "家里突然停电" } }),
  },
};
