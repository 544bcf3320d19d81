// Learning from orders: each one taken in is a lesson under the category it has now; a reclassification moves its lesson, an erasure
// takes it back. Nothing of this is in an intake's way: a job reads what was recorded since it last looked.
import { categoriesOf, categoryKey } from "@bihuan/core/desk/suggestion/categories.ts";
import type { Lesson } from "@bihuan/core/desk/suggestion/measure.ts";
import { wordsOf } from "@bihuan/core/desk/suggestion/words.ts";
import { flows } from "@bihuan/core/flows.ts";
import type { OrderId } from "@bihuan/core/order-id.ts";
import { currentTree } from "../../identity/organisation/tree.ts";
import type { Database, Tx } from "../../platform/database.ts";
import type { Platform } from "../../platform/platform.ts";
import {
  type AcceptedOrder,
  type AcceptedPlace,
  lastRecordedAtMs,
  ordersByKey,
  ordersCategorisedAfter,
  ordersCategorisedBefore,
} from "../../work-order/queries/accepted.ts";
import { keyOf } from "../../work-order/store/event-store.ts";
import {
  type Change,
  countChange,
  forgetRegion,
  lessonsOf,
  lockProgress,
  markFirstReading,
  markReadTo,
  type OrderKey,
  type Progress,
  writeLessons,
} from "./store.ts";

// So many are cut into words between two turns of the event loop: some ten milliseconds.
const BATCH = 200;
// What another process recorded is committed by then, a long import included; orders read twice change nothing.
const LATE_MS = 10 * 60_000;
// So many are looked at again for some that came late.
const LOOKED_BACK = 500;

const known = new Set(categoriesOf(flows).map(categoryKey));

/** What an order teaches; null for one of another system, and for one whose personal data were erased. */
export function lessonOf(order: AcceptedOrder): Lesson | null {
  const category = { flow: order.flow, subtype: order.subtype };
  if (order.title === "" || !known.has(categoryKey(category))) return null;
  const said = `${order.title}\n${order.description ?? ""}`;
  return { category, words: wordsOf(said, [order.name, order.phone, order.address, order.accountNo]) };
}

const sameCategory = (a: Lesson, b: Lesson): boolean => categoryKey(a.category) === categoryKey(b.category);

// Keeps the lessons of one page. Out: how many orders taught something new.
async function keep(tx: Tx, regionId: number, orders: readonly AcceptedOrder[]): Promise<number> {
  const latest = new Map(orders.map((order) => [order.orderId, order]));
  const before = await lessonsOf(tx, regionId, [...latest.values()]);
  const changes = [...latest.values()].flatMap((order): Change[] => {
    const { intakeMonth, orderId } = order;
    const [was, now] = [before.get(orderId) ?? null, lessonOf(order)];
    // What was learnt from a text stays as it was learnt: it is taken back exactly so.
    const after = was !== null && now !== null ? { ...was, category: now.category } : now;
    const changed = was === null || after === null ? was !== after : !sameCategory(was, after);
    return changed ? [{ intakeMonth, orderId, before: was, after }] : [];
  });
  if (changes.length > 0) await writeLessons(tx, regionId, changes);
  return changes.length;
}

/** What a piece of learning came to: how many orders taught something new, and whether there is more to read. */
export type Learning = { readonly learnt: number; readonly more: boolean };

/** Learns what a region has recorded since it was last read, or goes on with its first reading. In: about how many orders to read. */
export async function learnRegion(db: Database, regionId: number, most: number): Promise<Learning> {
  const progress = await db.transaction((tx) => lockProgress(tx, regionId));
  return progress.readToMs === null
    ? readFirst(db, regionId, progress, most)
    : readSince(db, regionId, { ...progress, recordedAtMs: progress.readToMs }, most);
}

const nowhere: OrderKey = { intakeMonth: 0, orderId: "0" };

async function readFirst(db: Database, regionId: number, progress: Progress, most: number): Promise<Learning> {
  // What is recorded while this goes on is read once more afterwards.
  const beganAtMs = progress.beganAtMs ?? (await lastRecordedAtMs(db, regionId));
  if (beganAtMs === null) return { learnt: 0, more: false };
  let learnt = 0;
  let after: OrderKey = progress;
  for (let read = 0; read < most; read += BATCH) {
    const page = await ordersByKey(db, regionId, after, BATCH);
    const at = page.at(-1) ?? after;
    learnt += await keepPage(db, regionId, page, (tx) => markFirstReading(tx, regionId, beganAtMs, at));
    after = at;
    if (page.length === BATCH) continue;
    await db.transaction((tx) => markReadTo(tx, regionId, { ...nowhere, recordedAtMs: beganAtMs }));
    return { learnt, more: false };
  }
  return { learnt, more: true };
}

async function readSince(db: Database, regionId: number, from: AcceptedPlace, most: number): Promise<Learning> {
  // Recorded earlier and committed later than what was read already: then all of those minutes are read again.
  const back = await ordersCategorisedBefore(db, regionId, from, LATE_MS, LOOKED_BACK);
  let learnt = await keepPage(db, regionId, back);
  let place = learnt === 0 ? from : { ...nowhere, recordedAtMs: from.recordedAtMs - LATE_MS };
  for (let read = 0; read < most; read += BATCH) {
    const page = await ordersCategorisedAfter(db, regionId, place, BATCH);
    place = page.at(-1) ?? place;
    const at = place;
    learnt += await keepPage(db, regionId, page, (tx) => markReadTo(tx, regionId, at));
    if (page.length < BATCH) return { learnt, more: false };
  }
  return { learnt, more: true };
}

function keepPage(
  db: Database,
  regionId: number,
  page: readonly AcceptedOrder[],
  mark: (tx: Tx) => Promise<unknown> = async () => {},
): Promise<number> {
  if (page.length === 0) return Promise.resolve(0);
  return db.transaction(async (tx) => {
    await lockProgress(tx, regionId);
    const learnt = await keep(tx, regionId, page);
    if (learnt > 0) await countChange(tx, regionId);
    await mark(tx);
    return learnt;
  });
}

const regionsOf = async (platform: Pick<Platform, "db" | "time">): Promise<readonly number[]> => {
  const tree = await currentTree(platform);
  return tree.regionsWithin(tree.root.unitId);
};

/** Learns from every region. In: about how many orders to read of each. */
export async function learn(platform: Pick<Platform, "db" | "time">, most = Number.POSITIVE_INFINITY): Promise<Learning> {
  let [learnt, more] = [0, false];
  for (const regionId of await regionsOf(platform)) {
    const done = await learnRegion(platform.db, regionId, most);
    learnt += done.learnt;
    more ||= done.more;
  }
  return { learnt, more };
}

/** Forgets what an order has taught: its personal data were erased. */
export async function forgetOrder(db: Database, orderId: OrderId): Promise<void> {
  const { regionId, intakeMonth } = keyOf(orderId);
  await db.transaction(async (tx) => {
    await lockProgress(tx, regionId);
    const before = (await lessonsOf(tx, regionId, [{ intakeMonth, orderId }])).get(orderId);
    if (before === undefined) return;
    await writeLessons(tx, regionId, [{ intakeMonth, orderId, before, after: null }]);
    await countChange(tx, regionId);
  });
}

// So many are read before somebody who waits hears of it.
const TOLD_EVERY = 10_000;

/**
 * Forgets everything and learns it anew from the orders: the counts come out as they were, unless the words of a text are cut
 * differently by now. Until it has ended, suggestions rest on what was read so far. Out: how many orders taught something.
 */
export async function relearn(
  platform: Pick<Platform, "db" | "time">,
  onLearnt: (orders: number) => void = () => {},
): Promise<number> {
  let learnt = 0;
  for (const regionId of await regionsOf(platform)) {
    await platform.db.transaction(async (tx) => {
      await lockProgress(tx, regionId);
      await forgetRegion(tx, regionId);
    });
    for (let more = true; more; ) {
      const done = await learnRegion(platform.db, regionId, TOLD_EVERY);
      learnt += done.learnt;
      more = done.more;
      onLearnt(learnt);
    }
  }
  return learnt;
}
