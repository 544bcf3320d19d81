// The model a process answers with: built from what was learnt and kept in memory, so that a suggestion asks no database. It is looked
// after every half minute, behind an answer that is given from the one at hand.
import { articleExamples, builtInExamples } from "@bihuan/core/desk/suggestion/examples.ts";
import { categoriesOf } from "@bihuan/core/desk/suggestion/categories.ts";
import { makeModel, type Model } from "@bihuan/core/desk/suggestion/model.ts";
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

async function read({ db, time }: Source): Promise<Model> {
  const lookedAtMs = time.nowMs();
  const tree = await currentTree({ db, time });
  const today = todayAt(tree, tree.root.unitId, lookedAtMs);
  const stamp = [today, ...(await Promise.all([learntStamp(db), knowledgeStamp(db)]))].join(" · ");
  const known = kept.get(db);
  if (known?.stamp === stamp) {
    kept.set(db, { ...known, lookedAtMs });
    return known.model;
  }
  const [learnt, articles] = await Promise.all([readLearnt(db), taughtArticles(db, today)]);
  const examples = [...builtInExamples(flows), ...articleExamples(flows, articles)];
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
