// How good suggestions are in this very utility: asked about its newest orders, with these taken out of what was learnt.
import { categoriesOf } from "@bihuan/core/desk/suggestion/categories.ts";
import { type Judged, judge, withoutLessons } from "@bihuan/core/desk/suggestion/measure.ts";
import { makeModel } from "@bihuan/core/desk/suggestion/model.ts";
import { flows } from "@bihuan/core/flows.ts";
import type { Platform } from "../../platform/platform.ts";
import { examplesNow } from "./current-model.ts";
import { newestLessons, readLearnt } from "./store.ts";

/** Holds back the newest orders, at most so many, and judges what all the others have taught by them. */
export async function measureSuggestions(platform: Pick<Platform, "db" | "time">, held: number): Promise<Judged> {
  const [examples, learnt, newest] = await Promise.all([
    examplesNow(platform),
    readLearnt(platform.db),
    newestLessons(platform.db, held),
  ]);
  return judge(makeModel(categoriesOf(flows), examples, withoutLessons(learnt, newest)), newest);
}
