import assert from "node:assert/strict";
import { test } from "node:test";
import type { LiveEvent } from "@bihuan/contract/platform.ts";
import type { Scope } from "@bihuan/core/identity/scope.ts";
import type { Access, Session } from "../http/operations.ts";
import { type LiveHub, type Sink, startLiveHub } from "./hub.ts";
import { mountLive } from "./route.ts";
import { type LiveMessage, live, payloads, sessionChanged } from "./publish.ts";
import { createLog } from "../log.ts";
import { sql } from "../sql.ts";
import { testDatabase } from "../testing/database.ts";
import { testPlatform, testServer } from "../testing/server.ts";
import { until } from "../testing/until.ts";
import { manualTime } from "../time.ts";

const db = await testDatabase();
const scope: Scope = { principal: { kind: "staff", id: 1, name: "person" }, homeUnitId: 1, grants: [] };
const session = (id: string): Session => ({ id, via: "cookie", scope });

/** A browser tab: parses the stream as EventSource does. */
function tab(): Sink & { events: LiveEvent[]; lastEventId: string | null; ended: boolean } {
  return {
    events: [],
    lastEventId: null,
    ended: false,
    writableLength: 0,
    write(text) {
      for (const line of text.split("\n")) {
        if (line.startsWith("id: ")) this.lastEventId = line.slice(4);
        if (line.startsWith("data: ")) this.events.push(JSON.parse(line.slice(6)) as LiveEvent);
      }
      return true;
    },
    end() {
      this.ended = true;
    },
  };
}

const ids = (of: { events: LiveEvent[] }) => of.events.map(({ id }) => id);
const changed = (id: string, units: number[] = [1]): LiveMessage => ({ type: "order.changed", id, version: 2, units });
const publish = (...messages: LiveMessage[]) => db.transaction((tx) => live.publish(tx, messages));

async function withHub(work: (hub: LiveHub) => Promise<void>, options: { valid?: Set<string>; ringEvents?: number } = {}) {
  const hub = await startLiveHub({
    db,
    access: { stillValid: async () => options.valid ?? new Set(["a", "b"]) },
    log: createLog("silent"),
    ringEvents: options.ringEvents ?? 100,
  });
  await work(hub).finally(() => hub.close());
}

test("a stream hears what its scope reaches and nothing else, after the commit and never before it", () =>
  withHub(async (hub) => {
    const [mine, theirs] = [tab(), tab()];
    hub.open({ session: session("a"), hears: ({ units }) => units?.includes(1) ?? true, sink: mine }, null);
    hub.open({ session: session("b"), hears: ({ units }) => units?.includes(2) ?? true, sink: theirs }, null);
    await db.transaction(async (tx) => {
      await live.publish(tx, [changed("1", [1]), changed("2", [2])]);
      assert.deepEqual(mine.events, []);
    });
    await assert.rejects(
      db.transaction(async (tx) => {
        await live.publish(tx, [changed("lost", [1, 2])]);
        throw new Error("rolled back");
      }),
    );
    await publish({ type: "notice", id: "all" });
    await until(() => mine.events.length === 2 && theirs.events.length === 2);
    assert.deepEqual(mine.events, [
      { type: "order.changed", id: "1", version: 2 },
      { type: "notice", id: "all", version: null },
    ]);
    assert.deepEqual(ids(theirs), ["2", "all"]);
  }));

test("a stream that was cut off hears what it missed, once; what is no longer known is a reset", () =>
  withHub(
    async (hub) => {
      const before = tab();
      const close = hub.open({ session: session("a"), hears: () => true, sink: before }, null);
      await publish(changed("1"));
      await until(() => before.events.length === 1);
      close();
      await publish(changed("2"), changed("3"));
      const watch = tab();
      hub.open({ session: session("b"), hears: () => true, sink: watch }, null);
      await publish(changed("4"));
      await until(() => watch.events.at(-1)?.id === "4");

      const after = tab();
      hub.open({ session: session("a"), hears: () => true, sink: after }, before.lastEventId);
      assert.deepEqual(ids(after), ["2", "3", "4"]);

      await publish(...Array.from({ length: 40 }, (_, index) => changed(`later-${index}`)));
      await until(() => watch.events.at(-1)?.id === "later-39");
      const late = tab();
      hub.open({ session: session("a"), hears: () => true, sink: late }, before.lastEventId);
      assert.deepEqual(late.events, [{ type: "reset", id: null, version: null }]);
      const foreign = tab();
      hub.open({ session: session("a"), hears: () => true, sink: foreign }, "otherone.3");
      assert.deepEqual(foreign.events, [{ type: "reset", id: null, version: null }]);
    },
    { ringEvents: 10 },
  ));

test("a revoked session's streams are closed, the others stay", () =>
  withHub(async (hub) => {
    const [revoked, other] = [tab(), tab()];
    hub.open({ session: session("a"), hears: () => true, sink: revoked }, null);
    hub.open({ session: session("b"), hears: () => true, sink: other }, null);
    await publish(sessionChanged("a"), changed("1"));
    await until(() => other.events.length === 1);
    assert.equal(revoked.ended, true);
    assert.deepEqual(revoked.events, []);
    assert.equal(hub.connections(), 1);
  }));

test("when the database connection comes back, everybody reads again and sessions that ended meanwhile are closed", () =>
  withHub(
    async (hub) => {
      const [valid, ended] = [tab(), tab()];
      hub.open({ session: session("a"), hears: () => true, sink: valid }, null);
      hub.open({ session: session("b"), hears: () => true, sink: ended }, null);
      await db.rows(
        sql`select pg_terminate_backend(pid) from pg_stat_activity where datname = current_database() and query = 'listen bihuan_live'`,
      );
      await until(() => valid.events.length === 1 && ended.ended);
      assert.deepEqual(valid.events, [{ type: "reset", id: null, version: null }]);
      await publish(changed("after"));
      await until(() => valid.events.length === 2);
      assert.equal(hub.listening(), true);
    },
    { valid: new Set(["a"]) },
  ));

test("a browser that reads too slowly is cut off instead of filling the memory", () =>
  withHub(async (hub) => {
    const slow = { ...tab(), writableLength: 2 * 1024 * 1024 };
    hub.open({ session: session("a"), hears: () => true, sink: slow }, null);
    await publish(changed("1"));
    await until(() => slow.ended);
    assert.equal(hub.connections(), 0);
  }));

test("a session that opens ever more streams loses its oldest, and nobody else's", () =>
  withHub(async (hub) => {
    const other = tab();
    hub.open({ session: session("b"), hears: () => true, sink: other }, null);
    const tabs = Array.from({ length: 25 }, () => tab());
    for (const sink of tabs) hub.open({ session: session("a"), hears: () => true, sink }, null);
    assert.deepEqual(
      tabs.map(({ ended }) => ended),
      tabs.map((_, index) => index < 5),
    );
    assert.equal(other.ended, false);
    assert.equal(hub.connections(), 21);
  }));

test("many messages are packed below NOTIFY's limit of 8000 bytes, and none is lost", () => {
  const units = Array.from({ length: 1500 }, (_, index) => index + 100_000);
  const packed = payloads([
    ...Array.from({ length: 900 }, (_, index) => changed(`单-${index}`)),
    { type: "rulebook.published", units },
  ]);
  assert.ok(packed.length > 1);
  for (const payload of packed) assert.ok(Buffer.byteLength(payload) < 8000);
  const messages = packed.flatMap((payload) => JSON.parse(payload) as LiveMessage[]);
  assert.equal(messages.filter(({ type }) => type === "order.changed").length, 900);
  assert.deepEqual(
    messages.filter(({ type }) => type === "rulebook.published").flatMap((message) => message.units),
    units,
  );
  assert.throws(() => payloads([{ type: "order.changed", id: "x".repeat(9000) }]));
});

test("over HTTP the stream opens for who is signed in, with the headers proxies need, and ends with the server", async () => {
  const access: Access = {
    authenticate: async (request) => (request.headers["x-test-person"] ? session("a") : null),
    holds: () => true,
    audience: async () => () => true,
    stillValid: async () => new Set(["a"]),
  };
  const hub = await startLiveHub({ db, access, log: createLog("silent") });
  const server = await testServer({ platform: testPlatform(db, manualTime(0)), slices: [], access });
  mountLive(server.app, hub, access);
  const address = await server.listen();
  assert.equal((await fetch(`${address}/api/live`)).status, 401);
  const response = await fetch(`${address}/api/live`, { headers: { "x-test-person": "yes" } });
  assert.equal(response.headers.get("content-type"), "text/event-stream; charset=utf-8");
  assert.equal(response.headers.get("x-accel-buffering"), "no");
  assert.match(response.headers.get("content-security-policy") ?? "", /default-src/);
  await publish(changed("1"));
  let text = "";
  const read = (async () => {
    for await (const chunk of response.body ?? []) text += Buffer.from(chunk as Uint8Array).toString();
  })();
  await until(() => text.includes('"id":"1"'));
  await hub.close();
  await read;
  await server.close();
});
