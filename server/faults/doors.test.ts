// Credentials that no longer count, on every operation there is; and orders of foreign units, on every operation about an
// order: refused alike, nothing changed, nothing learnt. The operations come from the contract: a new one is tried by itself.
import assert from "node:assert/strict";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { after, describe, test } from "node:test";
import type { Operation } from "@bihuan/contract/operation.ts";
import { flows } from "@bihuan/core/flows.ts";
import { forgetSessions } from "../identity/memory.ts";
import { business } from "../identity/testing/access-matrix/entry.ts";
import { matrix } from "../identity/testing/access-matrix/matrix.ts";
import { matrixWorld } from "../identity/testing/access-matrix/world.ts";
import { type Caller, signedIn, withApiKey } from "../identity/testing/people.ts";
import { sql } from "../platform/sql.ts";
import { testDatabase } from "../platform/testing/database.ts";
import { testPlatform, testServer } from "../platform/testing/server.ts";
import { manualTime } from "../platform/time.ts";
import { access, slices } from "../routes.ts";
import { fingerprint } from "./testing/fingerprint.ts";
import { multipart } from "./testing/http.ts";

const folder = await mkdtemp(path.join(tmpdir(), "bihuan-doors-"));
const db = await testDatabase();
const platform = testPlatform(db, manualTime("2026-03-20T02:00:00Z"), { BIHUAN_ATTACHMENTS: folder });
const { world, server } = await matrixWorld(platform, () => testServer({ platform, slices, access: access(platform) }));
after(async () => {
  await server.close();
  await rm(folder, { recursive: true, force: true });
});
const operations: (readonly [string, Operation])[] = slices.flatMap((slice) => Object.entries(slice.operations));
const everything = business.map((role) => [role, world.unitId("P")] as const);

type Sent = { path: string; body?: string | Buffer | object; headers?: Record<string, string> };
async function ask(
  { method }: Operation,
  { path: at, body, headers = {} }: Sent,
  caller: Caller,
  key: string = crypto.randomUUID(),
) {
  const response = await server.app.inject({
    method,
    url: `/api${at}`,
    headers: { ...caller.headers, "idempotency-key": key, ...headers },
    ...(body === undefined ? {} : { payload: body }),
  });
  const json = String(response.headers["content-type"]).includes("json");
  return { status: response.statusCode, headers: response.headers, body: json ? response.json<Record<string, unknown>>() : {} };
}

describe("a session or key that no longer counts is turned away from every operation, and nothing is changed", () => {
  const person = () => signedIn(platform, everything);
  const key = () => withApiKey(platform, everything);
  const spoilt = async (caller: Caller, statement: ReturnType<typeof sql>): Promise<Caller> => {
    await db.run(statement);
    forgetSessions(db);
    return caller;
  };
  const headers = (given: Record<string, string>): Caller => ({ id: 0, headers: given });
  const ended = "identity.session-ended";
  const invalid = "identity.api-key-invalid";
  const callers: readonly [string, string, () => Promise<Caller>][] = [
    [
      "a session that was idle for too long",
      ended,
      async () => {
        const one = await person();
        return spoilt(one, sql`update session set last_seen_at = last_seen_at - interval '1 day' where staff_id = ${one.id}`);
      },
    ],
    [
      "a session at its end, however busy",
      ended,
      async () => {
        const one = await person();
        return spoilt(one, sql`update session set expires_at = last_seen_at where staff_id = ${one.id}`);
      },
    ],
    [
      "a session that was revoked",
      ended,
      async () => {
        const one = await person();
        return spoilt(one, sql`update session set revoked_at = created_at where staff_id = ${one.id}`);
      },
    ],
    [
      "a session of a person who was locked out",
      ended,
      async () => {
        const one = await person();
        return spoilt(one, sql`update staff set active = false where staff_id = ${one.id}`);
      },
    ],
    [
      "a session nobody ever opened",
      ended,
      async () => headers({ cookie: `bihuan=${"x".repeat(43)}`, "sec-fetch-site": "same-origin" }),
    ],
    [
      "a key at its end",
      invalid,
      async () => {
        const one = await key();
        return spoilt(one, sql`update api_key set expires_at = created_at where api_key_id = ${one.id}`);
      },
    ],
    [
      "a key that was revoked",
      invalid,
      async () => {
        const one = await key();
        return spoilt(one, sql`update api_key set revoked_at = created_at where api_key_id = ${one.id}`);
      },
    ],
    ["a key nobody ever made", invalid, async () => headers({ authorization: `Bearer bihuan_${"x".repeat(43)}` })],
    [
      "a key nobody ever made, beside a session that holds",
      invalid,
      async () => headers({ ...(await person()).headers, authorization: "Bearer x" }),
    ],
  ];
  for (const [what, code, make] of callers)
    test(what, async () => {
      const caller = await make();
      const requests = [];
      for (const [name, operation] of operations)
        if (operation.access !== "public")
          requests.push([name, operation, await matrix[name]?.request(world, "own", caller)] as const);
      const before = await fingerprint(db, ["access_log"]);
      for (const [name, operation, request] of requests) {
        assert.ok(request, `${name} has no request in the access matrix`);
        const answer = await ask(operation, request, caller);
        assert.deepEqual([answer.status, answer.body["code"]], [401, code], name);
      }
      assert.deepEqual(await fingerprint(db, ["access_log"]), before);
    });
});

describe("an order of a foreign unit is answered as one that does not exist", () => {
  const about = operations.filter(([, operation]) => operation.path.includes(":orderId"));
  const actions = [...new Set(flows.all.flatMap((flow) => Object.keys(flow.actions)))];

  /** The ways to ask one operation about an order: as the matrix does, with every action there is, and with nonsense. */
  async function variants(name: string, operation: Operation, position: "foreign" | "sibling" | "parent"): Promise<Sent[]> {
    const { orderId } = await world.orderAt(position);
    const request = (await matrix[name]?.request(world, position, { id: 0, headers: {} })) as Sent;
    const file = multipart({ name: "a.txt", content: "现场情况" });
    const byAction = operation.path.includes(":action")
      ? actions.flatMap((action) => [
          { path: `/orders/${orderId}/actions/${action}`, body: { version: 1, form: {} } },
          { path: `/orders/${orderId}/actions/${action}`, body: { version: 99, form: { note: "x" } } },
        ])
      : [];
    const withFile = operation.consumes ? [{ path: request.path, body: file.body, headers: { ...file.headers } }] : [];
    const withNonsense = operation.method === "GET" ? [] : [{ path: request.path, body: { nonsense: true } }];
    return [request, ...byAction, ...withFile, ...withNonsense];
  }

  /** What an answer tells: all of it but the moment, the request's own number and the order's. */
  const told = ({ status, headers, body }: Awaited<ReturnType<typeof ask>>, orderId: string) => {
    const { date: _date, ...others } = headers;
    const { requestId: _requestId, ...rest } = body;
    return JSON.stringify({ status, others, rest }).replaceAll(orderId, "ORDER");
  };

  test("by every operation about an order, with every action, whatever is sent along", async () => {
    assert.ok(about.length >= 6 && actions.length > 20);
    const caller = await signedIn(
      platform,
      business.map((role) => [role, world.unitAt("own")] as const),
    );
    const own = (await world.orderAt("own")).orderId;
    const used = crypto.randomUUID();
    const note = operations.find(([name]) => name === "act")?.[1] as Operation;
    const done = await ask(
      note,
      { path: `/orders/${own}/actions/note`, body: { version: 2, form: { note: "x" } } },
      caller,
      used,
    );
    assert.equal(done.status, 200, JSON.stringify(done.body));
    for (const position of ["foreign", "sibling", "parent"] as const) {
      const { orderId } = await world.orderAt(position);
      const asked: (readonly [string, Operation, Sent])[] = [];
      for (const [name, operation] of about)
        for (const sent of await variants(name, operation, position)) asked.push([name, operation, sent]);
      const missing = [orderId.replace(/\d{8}$/, "99999999"), orderId.replace(/^\d{3}20260320/, "90120200101")];
      const before = await fingerprint(db);
      for (const [name, operation, sent] of asked)
        for (const key of [crypto.randomUUID(), used]) {
          const answer = await ask(operation, sent, caller, key);
          assert.ok(answer.status >= 400 && answer.status < 500, `${name} ${sent.path}: ${JSON.stringify(answer.body)}`);
          for (const none of missing) {
            const other = await ask(operation, { ...sent, path: sent.path.replace(orderId, none) }, caller, key);
            assert.equal(told(answer, orderId), told(other, none), `${name} ${sent.path}`);
          }
        }
      assert.deepEqual(await fingerprint(db), before);
    }
  });

  test("also where it is named by an action on one's own order", async () => {
    const manager = await signedIn(
      platform,
      business.map((role) => [role, world.unitAt("own")] as const),
    );
    const { orderId: own } = await world.orderAt("own");
    const others = await Promise.all(
      (["sibling", "parent", "foreign"] as const).map(async (position) => (await world.orderAt(position)).orderId),
    );
    const act = operations.find(([name]) => name === "act")?.[1] as Operation;
    const { version } = await db.one<{ version: number }>(sql`select version from work_order where order_id = ${own}`);
    const before = await fingerprint(db);
    for (const [action, field] of [
      ["link", "orderId"],
      ["merge", "masterId"],
    ] as const) {
      const naming = (orderId: string) =>
        ask(act, { path: `/orders/${own}/actions/${action}`, body: { version, form: { [field]: orderId } } }, manager);
      for (const orderId of others) {
        const none = orderId.replace(/\d{8}$/, "99999999");
        assert.equal(told(await naming(orderId), orderId), told(await naming(none), none), `${action} ${orderId}`);
      }
    }
    assert.deepEqual(await fingerprint(db), before);
  });
});
