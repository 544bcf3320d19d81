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
import { type AcceptedOrder, lastRecordedAtMs, ordersByKey, ordersCategorisedAfter } from "../../work-order/queries/accepted.ts";
import { keyOf } from "../../work-order/store/event-store.ts";
import { type Change, forgetRegion, lessonsOf, lockProgress, markAllRead, markProgress, writeLessons } from "./store.ts";

const BATCH = 1000;
// What another process recorded is committed by then, a long import included; orders read twice change nothing.
const OVERLAP_MS = 10 * 60_000;

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

type OnLearnt = (orders: number) => void;

/** Learns what a region has recorded since it was last read; every order where it never was. Out: how many taught something new. */
export async function learnRegion(db: Database, regionId: number, onLearnt: OnLearnt = () => {}): Promise<number> {
  const { readToMs } = await db.transaction((tx) => lockProgress(tx, regionId));
  return readToMs === null ? learnAll(db, regionId, onLearnt) : learnSince(db, regionId, readToMs, onLearnt);
}

const nowhere = { intakeMonth: 0, orderId: "0" };

async function learnAll(db: Database, regionId: number, onLearnt: OnLearnt): Promise<number> {
  // What is recorded while this goes on is read once more afterwards.
  const readToMs = await lastRecordedAtMs(db, regionId);
  if (readToMs === null) return 0;
  let learnt = 0;
  for (let after = nowhere; ; ) {
    const page = await ordersByKey(db, regionId, after, BATCH);
    learnt += await keepPage(db, regionId, page, null);
    onLearnt(learnt);
    const last = page.at(-1);
    if (last === undefined || page.length < BATCH) break;
    after = last;
  }
  await db.transaction((tx) => markAllRead(tx, regionId, readToMs));
  return learnt;
}

async function learnSince(db: Database, regionId: number, readToMs: number, onLearnt: OnLearnt): Promise<number> {
  let learnt = 0;
  for (let after = { ...nowhere, recordedAtMs: readToMs - OVERLAP_MS }; ; ) {
    const page = await ordersCategorisedAfter(db, regionId, after, BATCH);
    const last = page.at(-1);
    learnt += await keepPage(db, regionId, page, last?.recordedAtMs ?? null);
    onLearnt(learnt);
    if (last === undefined || page.length < BATCH) return learnt;
    after = last;
  }
}

function keepPage(db: Database, regionId: number, page: readonly AcceptedOrder[], readToMs: number | null): Promise<number> {
  if (page.length === 0) return Promise.resolve(0);
  return db.transaction(async (tx) => {
    await lockProgress(tx, regionId);
    const learnt = await keep(tx, regionId, page);
    await markProgress(tx, regionId, readToMs, learnt > 0);
    return learnt;
  });
}

/** Learns from every region. Out: how many orders taught something new. */
export async function learn(platform: Pick<Platform, "db" | "time">): Promise<number> {
  const tree = await currentTree(platform);
  let learnt = 0;
  for (const regionId of tree.regionsWithin(tree.root.unitId)) learnt += await learnRegion(platform.db, regionId);
  return learnt;
}

/** Forgets what an order has taught: its personal data were erased. */
export async function forgetOrder(db: Database, orderId: OrderId): Promise<void> {
  const { regionId, intakeMonth } = keyOf(orderId);
  await db.transaction(async (tx) => {
    await lockProgress(tx, regionId);
    const before = (await lessonsOf(tx, regionId, [{ intakeMonth, orderId }])).get(orderId);
    if (before === undefined) return;
    await writeLessons(tx, regionId, [{ intakeMonth, orderId, before, after: null }]);
    await markProgress(tx, regionId, null, true);
  });
}

/**
 * Forgets everything and learns it anew from the orders: the counts come out as they were, unless the words of a text are cut
 * differently by now. Until it has ended, suggestions rest on what was read so far. Out: how many orders taught something.
 */
export async function relearn(platform: Pick<Platform, "db" | "time">, onLearnt: OnLearnt = () => {}): Promise<number> {
  const tree = await currentTree(platform);
  let learnt = 0;
  for (const regionId of tree.regionsWithin(tree.root.unitId)) {
    await platform.db.transaction(async (tx) => {
      await lockProgress(tx, regionId);
      await forgetRegion(tx, regionId);
    });
    learnt += await learnRegion(platform.db, regionId, (inRegion) => onLearnt(learnt + inRegion));
  }
  return learnt;
}
