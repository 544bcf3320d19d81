// What is read again after something was done with an article.
import { knowledgeOperations } from "@bihuan/contract/knowledge.ts";
import { useQueryClient } from "@tanstack/react-query";
import { useLive } from "../platform/live.ts";
import { operationKey } from "../platform/query.ts";

const { readArticle, searchKnowledge, knowledgeAt, listEditorialWork } = knowledgeOperations;
export const articleReadings = [readArticle, searchKnowledge, knowledgeAt, listEditorialWork];

/** Reads articles again when somebody changes one. */
export function useKnowledgeLive(): void {
  const client = useQueryClient();
  useLive((change) => {
    if (change === "everything" || change.type !== "knowledge.changed") return;
    for (const reading of articleReadings) void client.invalidateQueries({ queryKey: operationKey(reading) });
  });
}
