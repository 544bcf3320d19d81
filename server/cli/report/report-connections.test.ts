import assert from "node:assert/strict";
import { PassThrough, Readable } from "node:stream";
import { text } from "node:stream/consumers";
import { test } from "node:test";
import { parseArgs } from "node:util";
import { agent, dispatcher, handler, reviewer, verifier } from "@bihuan/core/connection/testing/stories.ts";
import { units } from "@bihuan/core/flow/testing/world.ts";
import { business } from "../../business.ts";
import { ensureShippedRules } from "../../clock/shipped.ts";
import { testDatabase } from "../../platform/testing/database.ts";
import { openDesk, seedOrganisation } from "../../work-order/testing/desk.ts";
import { CommandError } from "../command.ts";
import { reportConnectionAgeing, reportConnectionCompliance } from "./report-connections.ts";

const db = await testDatabase();
await seedOrganisation(db);
const desk = await openDesk(db, "2026-03-02T01:00:00Z");
await ensureShippedRules(desk.platform, business);

async function run(command: typeof reportConnectionCompliance, format: "json" | "text", ...args: string[]): Promise<string> {
  const stdout = new PassThrough();
  const { values } = parseArgs({ args, options: command.options ?? {}, strict: true });
  const call = { stdout, stderr: new PassThrough(), stdin: Readable.from([]), format, language: "en" as const, resolve: String };
  await command.run({ ...call, options: values as never, positionals: [], platform: desk.platform });
  stdout.end();
  return text(stdout);
}

const now = () => new Date(desk.time.nowMs()).toISOString();
async function connected(): Promise<string> {
  const { orderId } = await desk.takeIn("connection-resident", { subtype: "NEW" });
  await desk.act(dispatcher, orderId, "dispatch", { unitId: units.station });
  await desk.act(handler, orderId, "accept");
  await desk.act(handler, orderId, "survey", { surveyedAt: now(), findings: "可供电" });
  await desk.act(handler, orderId, "reply-plan", { plan: "低压 220 伏", works: "NONE" });
  await desk.act(agent, orderId, "sign-contract", { signedAt: now(), contractNo: "1" });
  await desk.act(handler, orderId, "install-meter", { installedAt: now(), meterNo: "1" });
  await desk.act(handler, orderId, "energise", { energisedAt: now() });
  const reply = {
    contacted: false,
    responsibleUnitId: units.station,
    cause: "NO_FAULT",
    facts: "f",
    causeText: "c",
    measures: "m",
  };
  await desk.act(handler, orderId, "reply", reply);
  await desk.act(reviewer, orderId, "review-reply", { approved: true });
  await desk.act(verifier, orderId, "callback", { result: "REACHED", satisfaction: "SATISFIED" });
  return orderId;
}

test("the compliance rate of a day, for programs and for people", async () => {
  await connected();
  const report = JSON.parse(await run(reportConnectionCompliance, "json", "--from", "2026-03-02", "--to", "2026-03-02")) as {
    total: { archived: number; rate: number };
    rows: { group: string }[];
  };
  assert.deepEqual([report.total.archived, report.total.rate, report.rows.map(({ group }) => group)], [1, 1, ["2026-03-02"]]);
  const table = await run(reportConnectionCompliance, "text", "--from", "2026-03-02", "--by", "unit");
  assert.match(table, /^Hall\s+Archived\s+Rate/);
  assert.match(table, /客户服务中心\s+1\s+1\s/);
  assert.match(table, /Total\s+1\s+1\s/);
});

test("only halls below a unit are counted, and one that does not exist is said so", async () => {
  const of = async (code: string) =>
    (
      JSON.parse(await run(reportConnectionCompliance, "json", "--from", "2026-03-02", "--unit", code)) as {
        total: { archived: number };
      }
    ).total.archived;
  assert.deepEqual([await of(`U${units.city}`), await of(`U${units.otherStation}`)], [1, 0]);
  await assert.rejects(of("nowhere"), CommandError);
});

test("what cannot be read is refused in words", async () => {
  for (const args of [
    ["--from", "yesterday"],
    ["--by", "moon"],
    ["--from", "2026-03-02", "--to", "2026-03-01"],
  ])
    await assert.rejects(run(reportConnectionCompliance, "json", ...args), CommandError);
});

test("those under way are told by age", async () => {
  await desk.takeIn("connection-hv-single", { subtype: "NEW" });
  desk.time.advanceMs(71 * 86_400_000);
  const rows = JSON.parse(await run(reportConnectionAgeing, "json")) as {
    flow: string;
    open: number;
    buckets: Record<string, number>;
  }[];
  assert.deepEqual(rows.find(({ flow }) => flow === "connection-hv-single")?.buckets, {
    UNDER_70: 0,
    FROM_70: 1,
    FROM_120: 0,
    OVER_300: 0,
  });
  assert.match(await run(reportConnectionAgeing, "text"), /HV single-source connection\s+1\s+71/);
});
