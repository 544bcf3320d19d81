// What is read again after something was done with an article.
import { knowledgeOperations } from "@bihuan/contract/knowledge.ts";
import { type QueryClient, useQueryClient } from "@tanstack/react-query";
import { useLive } from "../platform/live.ts";
import { operationKey } from "../platform/query.ts";
import { readAgain } from "../platform/read-again.ts";

const { readArticle, searchKnowledge, knowledgeAt, listEditorialWork } = knowledgeOperations;
export const articleReadings = [readArticle, searchKnowledge, knowledgeAt, listEditorialWork];

/** Forgets the articles that are not on the screen: a page opened next must not act on a revision that has passed. */
export const forgetRead = (client: QueryClient): void =>
  client.removeQueries({ queryKey: operationKey(readArticle), type: "inactive" });

/** Reads articles again when somebody changes one. */
export function useKnowledgeLive(): void {
  const client = useQueryClient();
  useLive((change) => {
    if (change === "everything" || change.type !== "knowledge.changed") return;
    forgetRead(client);
    readAgain(client, articleReadings);
  });
}
