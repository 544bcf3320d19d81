// The model a process answers with: built from what was learnt and kept in memory, so that a suggestion asks no database. It is looked
// after every half minute, behind an answer that is given from the one at hand.
import { articleExamples, builtInExamples } from "@bihuan/core/desk/suggestion/examples.ts";
import { categoriesOf } from "@bihuan/core/desk/suggestion/categories.ts";
import { type Example, makeModel, type Model } from "@bihuan/core/desk/suggestion/model.ts";
import { flows } from "@bihuan/core/flows.ts";
import { currentTree } from "../../identity/organisation/tree.ts";
import { todayAt } from "../../knowledge/reader.ts";
import { knowledgeStamp, taughtArticles } from "../../knowledge/search/taught.ts";
import type { Database } from "../../platform/database.ts";
import type { Platform } from "../../platform/platform.ts";
import { learntStamp, readLearnt } from "./store.ts";

const KEPT_MS = 30_000;

type Kept = { readonly model: Model; readonly stamp: string; readonly lookedAtMs: number };
// Keyed by the database, so that each platform (each test) has its own; it goes when the database does.
const kept = new WeakMap<Database, Kept>();
const reading = new WeakMap<Database, Promise<Model>>();

type Source = Pick<Platform, "db" | "time" | "log">;

const todayOf = async ({ db, time }: Pick<Platform, "db" | "time">): Promise<string> => {
  const tree = await currentTree({ db, time });
  return todayAt(tree, tree.root.unitId, time.nowMs());
};

/** What is known before the first order: the built-in phrases, and what the articles in force today teach. */
export const examplesNow = async (source: Pick<Platform, "db" | "time">): Promise<Example[]> => [
  ...builtInExamples(flows),
  ...articleExamples(flows, await taughtArticles(source.db, await todayOf(source))),
];

async function read({ db, time }: Source): Promise<Model> {
  const lookedAtMs = time.nowMs();
  const today = await todayOf({ db, time });
  const stamp = [today, ...(await Promise.all([learntStamp(db), knowledgeStamp(db)]))].join(" · ");
  const known = kept.get(db);
  if (known?.stamp === stamp) {
    kept.set(db, { ...known, lookedAtMs });
    return known.model;
  }
  const [learnt, examples] = await Promise.all([readLearnt(db), examplesNow({ db, time })]);
  const model = makeModel(categoriesOf(flows), examples, learnt);
  kept.set(db, { model, stamp, lookedAtMs });
  return model;
}

function readOnce(source: Source): Promise<Model> {
  const running = reading.get(source.db);
  if (running) return running;
  const begun = read(source).finally(() => reading.delete(source.db));
  reading.set(source.db, begun);
  return begun;
}

/** The model to answer with: what was learnt and written at most half a minute before somebody last asked. */
export async function currentModel(source: Source): Promise<Model> {
  const known = kept.get(source.db);
  if (known === undefined) return readOnce(source);
  if (source.time.nowMs() - known.lookedAtMs >= KEPT_MS)
    readOnce(source).catch((error: unknown) => source.log.warn({ err: error }, "suggestions: the model could not be read"));
  return known.model;
}
