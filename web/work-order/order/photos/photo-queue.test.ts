import assert from "node:assert/strict";
import { test } from "node:test";
import { localProblem, ProblemError } from "../../../platform/problem.ts";
import { makePhotoQueue, mayPass, pausesMs, type Photo, type PhotoStore } from "./photo-queue.ts";

const both = (text: string) => ({ zh: text, en: text });
const refusal = (status: number, code = "work-order.closed") =>
  new ProblemError({ status, code, title: both(code), detail: both(code) });
const unreachable = () => localProblem("local.unreachable", new Error("no network"));

const photo = (id: string, staffId = 7): Photo => ({
  id,
  staffId,
  orderId: "3201202606120000001",
  name: `${id}.jpg`,
  file: new Blob([id]),
  atMs: Number(id),
});

function surroundings(kept: readonly Photo[] = []) {
  const stored = new Map(kept.map((one) => [one.id, one]));
  const store: PhotoStore = {
    all: async () => [...stored.values()],
    put: async (one) => void stored.set(one.id, one),
    remove: async (id) => void stored.delete(id),
  };
  const world = {
    online: true,
    sent: [] as string[],
    /** What the next tries meet, in their order; then everything succeeds. */
    answers: [] as (Error | null)[],
    planned: [] as { ms: number; run: () => void }[],
    stored,
  };
  const queue = makePhotoQueue({
    store,
    isOnline: () => world.online,
    async send(one) {
      const answer = world.answers.shift();
      if (answer) throw answer;
      world.sent.push(one.id);
    },
    later(ms, run) {
      const plan = { ms, run };
      world.planned.push(plan);
      return () => void world.planned.splice(world.planned.indexOf(plan), 1);
    },
  });
  return { queue, world };
}
const states = ({ queue }: ReturnType<typeof surroundings>) => queue.view().photos.map(({ id, state }) => `${id} ${state}`);

test("photographs are sent one after the other, in the order in which they were taken, and are gone from the telephone then", async () => {
  const { queue, world } = surroundings();
  await queue.start(7);
  await Promise.all([queue.add(photo("1")), queue.add(photo("2")), queue.add(photo("3"))]);
  await queue.wake();
  assert.deepEqual(world.sent, ["1", "2", "3"]);
  assert.equal(world.stored.size, 0);
  assert.deepEqual(queue.view(), { photos: [], cutOff: false });
});

test("without a network they wait, and go when it is back", async () => {
  const desk = surroundings();
  const { queue, world } = desk;
  await queue.start(7);
  world.online = false;
  await queue.add(photo("1"));
  assert.deepEqual(states(desk), ["1 waiting"]);
  assert.equal(queue.view().cutOff, true);
  assert.equal(world.stored.size, 1);
  world.online = true;
  await queue.wake();
  assert.deepEqual(world.sent, ["1"]);
});

test("where nobody answers it is tried again, less and less often, under the same key", async () => {
  const { queue, world } = surroundings();
  await queue.start(7);
  world.answers = [unreachable(), refusal(503, "server.unavailable"), unreachable(), null];
  await queue.add(photo("1"));
  for (const pause of pausesMs.slice(0, 3)) {
    const plan = world.planned.shift();
    assert.equal(plan?.ms, pause);
    plan?.run();
    await new Promise(setImmediate);
  }
  assert.deepEqual(world.sent, ["1"]);
});

test("what the server refuses stays with the reason, and the others go on", async () => {
  const desk = surroundings();
  const { queue, world } = desk;
  await queue.start(7);
  world.answers = [refusal(409)];
  await queue.add(photo("1"));
  await queue.add(photo("2"));
  assert.deepEqual(states(desk), ["1 refused"]);
  assert.equal(queue.view().photos[0]?.problem?.code, "work-order.closed");
  assert.deepEqual(world.sent, ["2"]);
  await queue.wake(true);
  assert.deepEqual(world.sent, ["2", "1"]);
});

test("a page that was closed meanwhile: what was left is sent when the person is back, and never in another's name", async () => {
  const { queue, world } = surroundings([photo("5"), photo("4"), photo("9", 8)]);
  await queue.start(7);
  assert.deepEqual(world.sent, ["4", "5"]);
  assert.deepEqual([...world.stored.keys()], ["9"]);
  queue.stop();
  await queue.add(photo("6"));
  assert.deepEqual(world.sent, ["4", "5"]);
});

test("a telephone that keeps nothing sends all the same", async () => {
  const fails = async (): Promise<never> => {
    throw new Error("private mode");
  };
  const sent: string[] = [];
  const queue = makePhotoQueue({
    store: { all: fails, put: fails, remove: fails },
    send: async ({ id }) => void sent.push(id),
    isOnline: () => true,
    later: () => () => undefined,
  });
  await queue.start(7);
  await queue.add(photo("1"));
  assert.deepEqual(sent, ["1"]);
});

test("only what may pass by itself is tried again", () => {
  for (const [error, expected] of [
    [unreachable(), true],
    [refusal(500), true],
    [refusal(429), true],
    [refusal(401), true],
    [refusal(404), false],
    [refusal(413, "file.too-large"), false],
  ] as const)
    assert.equal(mayPass(error), expected, `${error.status} ${error.code}`);
});
