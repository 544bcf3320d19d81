import assert from "node:assert/strict";
import { after, describe, test } from "node:test";
import { callOperations, type CallRow, type CallView } from "@bihuan/contract/call.ts";
import type { LiveMessage } from "../platform/live/publish.ts";
import { authenticator } from "../identity/authenticator.ts";
import { type Caller, signedIn, testUnits, withApiKey } from "../identity/testing/people.ts";
import { sql } from "../platform/sql.ts";
import { testDatabase } from "../platform/testing/database.ts";
import { testPlatform, testServer } from "../platform/testing/server.ts";
import { manualTime } from "../platform/time.ts";
import { slice } from "../platform/http/operations.ts";
import { csv, importer } from "../customer/testing/file.ts";
import { eraseCustomerData } from "../work-order/commands/erase.ts";
import { keptBeside } from "../erasing.ts";
import { callJobs } from "./erase.ts";
import { callRoutes } from "./routes.ts";

const time = manualTime("2026-03-20T02:00:00Z");
const heard: LiveMessage[] = [];
const base = testPlatform(await testDatabase(), time);
// What is published is listened to here; that it reaches its one hearer is the authenticator's business.
const platform = {
  ...base,
  live: { publish: async (_: unknown, messages: readonly LiveMessage[]) => void heard.push(...messages) },
};
const { db } = platform;
const units = await testUnits(platform);
const at = (code: string) => units[code] as number;
const load = await importer(platform);
await load(
  csv(
    ["户号", "户名", "用电类别", "单位编码", "地址", "联系电话"],
    ["10001", "王小明", "居民", "A11", "滨河路1号", "13800138001"],
    ["10002", "李秀英", "居民", "A11", "滨河路2号", "13800138002"],
    ["10003", "李强", "居民", "A2", "滨河路3号", "13800138002"],
    ["20001", "城北居民", "居民", "B1", "人民路1号", "13800138009"],
  ),
  { mapping: { defaults: { areaClass: "URBAN" } } },
);
const customerOf = async (accountNo: string) =>
  (await db.one<{ id: string }>(sql`select customer_id::text id from customer_account where account_no = ${accountNo}`)).id;
const wang = await customerOf("10001");
const li = await customerOf("10002");

const server = await testServer({ platform, slices: [slice(callOperations, callRoutes)], access: authenticator(platform) });
after(() => server.close());

const switchboard = await withApiKey(platform, [["AGENT", at("A")]]);
const agent = await signedIn(platform, [["AGENT", at("A")]], { account: "agent.one" });
const other = await signedIn(platform, [["AGENT", at("A")]], { account: "agent.two" });
const handler = await signedIn(platform, [["HANDLER", at("A11")]]);
await signedIn(platform, [["AGENT", at("B")]], { account: "agent.far" });

type Answer = { status: number; code?: string; body: Record<string, unknown> };
async function send(caller: Caller, method: "GET" | "POST" | "PUT", url: string, payload?: object): Promise<Answer> {
  const response = await server.app.inject({ method, url: `/api${url}`, headers: caller.headers, ...(payload && { payload }) });
  const body = response.json<Record<string, unknown>>();
  return { status: response.statusCode, body, ...(typeof body["code"] === "string" ? { code: body["code"] } : {}) };
}
const AT = "2026-03-20T01:59:30Z";
const report = (callNo: string, more: object = {}) =>
  send(switchboard, "POST", "/calls", { callNo, from: "13800138001", agent: { account: "agent.one" }, startedAt: AT, ...more });
const read = async (caller: Caller, callNo: string) =>
  (await send(caller, "GET", `/calls/${callNo}`)).body as unknown as CallView;

describe("a call the telephone system reports", () => {
  test("pops up on its agent's screen, with the customer its number leads to", async () => {
    heard.length = 0;
    const { body } = await report("c-1", { from: "+86 138-0013-8001" });
    assert.deepEqual([body["customers"], body["repeated"]], [1, false]);
    assert.deepEqual(heard, [{ type: "call.arrived", id: "c-1", staffId: agent.id }]);
    const call = await read(agent, "c-1");
    assert.deepEqual([call.mine, call.phone, call.customerId], [true, "13800138001", wang]);
    assert.deepEqual(
      call.candidates.map(({ accountNo }) => accountNo),
      ["10001"],
    );
  });

  test("is one call however often it is reported", async () => {
    await report("c-2");
    heard.length = 0;
    assert.equal((await report("c-2")).body["repeated"], true);
    assert.deepEqual(heard, []);
    assert.equal((await report("c-2", { from: "13800138002" })).code, "call.reported-otherwise");
  });

  test("moves to another agent when it is passed on, until it is over", async () => {
    await report("c-3");
    heard.length = 0;
    await report("c-3", { agent: { account: "AGENT.TWO" } });
    assert.deepEqual(
      heard.map(({ type, staffId }) => [type, staffId]),
      [
        ["call.changed", agent.id],
        ["call.arrived", other.id],
      ],
    );
    await send(switchboard, "POST", "/calls/c-3/end", { endedAt: "2026-03-20T02:03:00Z" });
    assert.equal((await report("c-3")).code, "call.over");
  });

  test("names nobody where several have the number, or none", async () => {
    assert.equal((await report("c-4", { from: "13800138002" })).body["customers"], 2);
    assert.equal((await read(agent, "c-4")).customerId, null);
    assert.equal((await read(agent, "c-4")).candidates.length, 2);
    assert.equal((await report("c-5", { from: null })).body["customers"], 0);
    assert.deepEqual([(await read(agent, "c-5")).phone, (await read(agent, "c-5")).candidates], [null, []]);
  });

  test("finds its agent by the extension he signed on to", async () => {
    const extension = { agent: { extension: "8012" } };
    assert.equal((await report("c-6", extension)).code, "call.agent-unknown");
    await send(agent, "PUT", "/call-extension", { extension: "8012" });
    await send(other, "PUT", "/call-extension", { extension: "8012" });
    assert.equal((await send(agent, "GET", "/call-extension")).body["extension"], null, "whoever sits down there last has it");
    assert.equal(((await report("c-6", extension)).body["agent"] as { staffId: number }).staffId, other.id);
    await send(other, "PUT", "/call-extension", { extension: null });
    assert.equal((await send(switchboard, "PUT", "/call-extension", { extension: "8012" })).code, "call.person-needed");
  });

  test("is for agents within the integration's reach, and begins in the past", async () => {
    assert.equal((await report("c-7", { agent: { account: "agent.far" } })).code, "call.agent-unknown");
    assert.equal((await report("c-7", { startedAt: "2026-03-20T02:10:00Z" })).code, "call.starts-ahead");
    assert.equal((await send(handler, "POST", "/calls", {})).code, "permission.missing");
  });

  test("ends once", async () => {
    await report("c-8");
    const end = (endedAt: string, talkSeconds: number | null = 60) =>
      send(switchboard, "POST", "/calls/c-8/end", { endedAt, talkSeconds });
    assert.equal((await end("2026-03-20T01:00:00Z")).code, "call.ends-before-start");
    assert.deepEqual((await end("2026-03-20T02:01:00Z")).body, { callNo: "c-8", talkSeconds: 60, repeated: false });
    assert.equal((await end("2026-03-20T02:01:00Z")).body["repeated"], true);
    assert.equal((await end("2026-03-20T02:02:00Z")).code, "call.reported-otherwise");
    assert.equal((await send(switchboard, "POST", "/calls/none/end", { endedAt: AT })).code, "call.not-found");
  });
});

describe("who sees a call", () => {
  test("its agent has the number in full, his colleagues masked, and after a day everybody", async () => {
    await report("c-9");
    assert.deepEqual([(await read(other, "c-9")).mine, (await read(other, "c-9")).phone], [false, "138****8001"]);
    assert.equal((await send(handler, "GET", "/calls/c-9")).code, "permission.missing");
    await db.run(sql`update call set started_at = started_at - interval '25 hours' where call_no = 'c-9'`);
    const later = await read(agent, "c-9");
    assert.deepEqual([later.phone, later.candidates], ["138****8001", []]);
  });

  test("who called is said by its own agent, of customers he reaches", async () => {
    await report("c-10", { from: "13800138002" });
    const say = (caller: Caller, customerId: string | null) => send(caller, "PUT", "/calls/c-10/customer", { customerId });
    assert.equal((await say(other, li)).code, "call.not-yours");
    assert.equal((await say(agent, await customerOf("20001"))).code, "request.not-found");
    assert.equal((await say(agent, li)).body["customerId"], li);
    assert.equal((await say(agent, null)).body["customerId"], null);
    await say(agent, li);
    const { body } = await send(handler, "GET", `/customers/${li}/calls`);
    assert.deepEqual(
      (body["calls"] as CallRow[]).map(({ callNo, phone }) => [callNo, phone]),
      [["c-10", "138****8002"]],
    );
  });

  test("a customer's calls come newest first, page by page", async () => {
    for (const minute of [1, 2, 3]) await report(`page-${minute}`, { startedAt: `2026-03-19T01:0${minute}:00Z` });
    const seen: string[] = [];
    for (let after = ""; ; ) {
      const { body } = await send(agent, "GET", `/customers/${wang}/calls?limit=2${after && `&after=${after}`}`);
      seen.push(...(body["calls"] as CallRow[]).map(({ callNo }) => callNo));
      if (body["next"] === null) break;
      after = body["next"] as string;
    }
    assert.deepEqual(
      seen.filter((callNo) => callNo.startsWith("page")),
      ["page-3", "page-2", "page-1"],
    );
    assert.equal(new Set(seen).size, seen.length);
    assert.equal((await send(agent, "GET", `/customers/${wang}/calls?after=x`)).code, "customer.cursor-invalid");
    assert.equal((await send(handler, "GET", `/customers/${await customerOf("20001")}/calls`)).code, "request.not-found");
  });

  test("one's own are told with those going on first", async () => {
    const { body } = await send(other, "GET", "/calls/mine");
    assert.ok((body["calls"] as CallRow[]).length > 0);
    assert.deepEqual((await send(switchboard, "GET", "/calls/mine")).body, { calls: [] });
  });
});

test("calls of a file that was merged are the survivor's", async () => {
  const merged = await customerOf("10003");
  await report("merged-1", { from: "13712340001" });
  await send(agent, "PUT", "/calls/merged-1/customer", { customerId: merged });
  await db.run(sql`update customer set merged_into = ${wang} where customer_id = ${merged}`);
  const { body } = await send(agent, "GET", `/customers/${wang}/calls?limit=100`);
  assert.ok((body["calls"] as CallRow[]).some(({ callNo }) => callNo === "merged-1"));
  assert.notEqual((await read(agent, "merged-1")).customerId, null);
  await db.run(sql`update customer set merged_into = null where customer_id = ${merged}`);
});

describe("a caller's number", () => {
  test("goes with the customer, also from calls nobody was known by", async () => {
    await report("gone-1", { from: "13800138002" });
    await eraseCustomerData(platform, li, { reason: "客户要求删除", withOrders: false }, keptBeside);
    const left = await db.rows<{ phone: string | null }>(sql`select phone from call where call_no in ('gone-1', 'c-10')`);
    assert.deepEqual(left, [{ phone: null }, { phone: null }]);
  });

  test("goes when its time is over", async () => {
    await db.run(sql`update call set started_at = '2023-01-01T00:00:00Z' where call_no = 'c-2'`);
    await callJobs(platform)["call.daily"]?.({}, { id: "1", attempt: 1 });
    const kept = await db.rows<{ callNo: string }>(
      sql`select call_no "callNo" from call where phone is not null and call_no in ('c-1', 'c-2')`,
    );
    assert.deepEqual(kept, [{ callNo: "c-1" }]);
  });
});
