import assert from "node:assert/strict";
import { afterEach, test } from "node:test";
import { knowledgeOperations } from "@bihuan/contract/knowledge.ts";
import { QueryClient, QueryObserver } from "@tanstack/react-query";
import { operationKey } from "./query.ts";
import { readAgain } from "./read-again.ts";

const { readArticle, listMissed } = knowledgeOperations;
const client = new QueryClient();
afterEach(() => client.clear());

/** A page that reads an operation; each reading is answered when the test says so. */
function page(operation: Parameters<typeof operationKey>[0]) {
  const readings: ((answer: string) => void)[] = [];
  const observer = new QueryObserver(client, {
    queryKey: operationKey(operation),
    queryFn: () => new Promise<string>((resolve) => readings.push(resolve)),
    staleTime: 10_000,
  });
  const close = observer.subscribe(() => undefined);
  const shows = () => observer.getCurrentResult().data;
  // Answers pass through a few turns of the event loop.
  const answer = async (number: number, text: string) => {
    readings[number]?.(text);
    await new Promise((resolve) => setImmediate(resolve));
    await new Promise((resolve) => setTimeout(resolve));
  };
  return { readings, answer, shows, close };
}

test("a change that is told while the first reading is on its way is not lost", async () => {
  const article = page(readArticle);
  readAgain(client, [readArticle]);
  assert.equal(article.readings.length, 2);
  await article.answer(0, "before the change");
  await article.answer(1, "after the change");
  assert.equal(article.shows(), "after the change");
  article.close();
});

test("what is on the screen stays there until it was read again", async () => {
  const article = page(readArticle);
  await article.answer(0, "first");
  readAgain(client, [readArticle]);
  assert.equal(article.shows(), "first");
  await article.answer(1, "second");
  assert.equal(article.shows(), "second");
  article.close();
});

test("other operations are left alone, and so is what nobody looks at", async () => {
  const [article, missed] = [page(readArticle), page(listMissed)];
  await article.answer(0, "first");
  article.close();
  readAgain(client, [readArticle]);
  assert.deepEqual([article.readings.length, missed.readings.length], [1, 1]);
  missed.close();
});
