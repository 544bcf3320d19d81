import assert from "node:assert/strict";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { after, before, test } from "node:test";
import type { StatesRow, TimelinessRow, VerdictsRow } from "@bihuan/contract/report.ts";
import { sql } from "../platform/sql.ts";
import { testDatabase } from "../platform/testing/database.ts";
import { audit } from "../work-order/audit/audit.ts";
import { openDesk } from "../work-order/testing/desk.ts";
import { bihuanJson } from "./testing/command-line.ts";

const db = await testDatabase({ poolSize: 4 });
let folder: string;

const mapping = `
kind: ticket-events
name: log
zone: UTC
time: YYYY-MM-DD HH:mm
columns: { id: case, at: at, state: state, unit: group, priority: level, due: due, closed: closed, resolved: resolved, planned: planned, verdict: ok, reopened: again }
verdict: { met: [yes], missed: [no] }
pause: [Wait*]
also: [{ column: level, from: first, as: first level }]
`;
// Case A waits twice, one wait after the other; B steps back in time; C ends waiting, its rows stand among A's.
const log = `case,at,state,group,level,due,closed,resolved,planned,ok,again
A,2024-01-01 08:00,New,G1,high,2024-01-01 20:00,2024-01-01 18:00,2024-01-01 17:00,2024-01-01 12:00,yes,0
C,2024-01-01 08:00,New,G2,low,,,,,no,0
A,2024-01-01 09:00,Wait - User,G1,high,2024-01-01 20:00,2024-01-01 18:00,2024-01-01 17:00,2024-01-01 12:00,yes,0
A,2024-01-01 10:00,Wait - Vendor,G1,high,2024-01-01 20:00,2024-01-01 18:00,2024-01-01 17:00,2024-01-01 12:00,yes,0
C,2024-01-02 08:00,Wait - User,G2,low,,,,,no,0
A,2024-01-01 16:00,Active,G2,low,2024-01-01 20:00,2024-01-01 18:00,2024-01-01 17:00,2024-01-01 12:00,yes,1
B,2024-01-31 10:00,New,G1,low,2024-01-31 11:00,2024-01-31 13:00,,2024-01-31 13:00,no,0
B,2024-01-31 09:00,Wait,G1,low,2024-01-31 11:00,2024-01-31 13:00,,2024-01-31 13:00,no,0
B,2024-01-31 12:00,Active,G1,low,2024-01-31 11:00,2024-01-31 13:00,,2024-01-31 13:00,no,0
`;

before(async () => {
  folder = await mkdtemp(path.join(tmpdir(), "bihuan-log-"));
  await writeFile(path.join(folder, "log.csv"), log);
  await writeFile(path.join(folder, "log.yaml"), mapping);
  const result = await bihuanJson<{ casesLoaded: number; rows: number }>(
    db,
    "import",
    "ticket-events",
    path.join(folder, "log.csv"),
    "--mapping",
    path.join(folder, "log.yaml"),
  );
  assert.deepEqual([result.casesLoaded, result.rows], [3, 9]);
});
after(() => rm(folder, { recursive: true, force: true }));

const report = <Row>(kind: string, ...words: string[]) => bihuanJson<Row[]>(db, "report", kind, "--import", "log", ...words);

test("time goes to the state that was left, pauses are what the mapping says, a step back counts 0", async () => {
  assert.deepEqual(await report<StatesRow>("states"), [
    {
      group: null,
      cases: 3,
      events: 9,
      eventsByState: { Active: 2, New: 3, Wait: 1, "Wait - User": 2, "Wait - Vendor": 1 },
      stateHours: { Active: 0, New: 25, Wait: 3, "Wait - User": 1, "Wait - Vendor": 6 },
      pausedHours: 10,
      casesPaused: 2,
      medianThroughputHours: 8,
      p90ThroughputHours: 24,
      medianNetHours: 1,
      p90NetHours: 24,
    },
  ]);
  const byLevel = await report<StatesRow>("states", "--by", "first level");
  assert.deepEqual(
    byLevel.map((row) => [row.group, row.cases, row.pausedHours]),
    [
      ["high", 1, 7],
      ["low", 2, 3],
    ],
  );
  assert.deepEqual(
    (await report<StatesRow>("states", "--by", "priority,unit")).map((row) => [row.group, row.cases]),
    [
      [{ priority: "low", unit: "G1" }, 1],
      [{ priority: "low", unit: "G2" }, 2],
    ],
  );
});

test("the given due time is not moved by pauses", async () => {
  const [row] = await report<TimelinessRow>("timeliness", "--as-of", "2024-02-01");
  assert.deepEqual([row?.closedOnTime, row?.closedLate, row?.openWithoutLimit, row?.medianHours], [1, 1, 1, 7]);
});

test("the file's own verdicts stand beside ours", async () => {
  const [row] = await report<VerdictsRow>("verdicts", "--as-of", "2024-02-01");
  assert.deepEqual(row, {
    group: null,
    cases: 3,
    givenMet: 1,
    givenMissed: 2,
    givenUnknown: 0,
    givenMetRate: 0.333333,
    ourMet: 1,
    ourMissed: 1,
    ourUnknown: 1,
    agreeing: 2,
    disagreeing: 1,
    reassigned: 0,
    reopened: 1,
    resolved: 1,
    medianResolveHours: 9,
    p90ResolveHours: 9,
    medianCloseHours: 7,
    p90CloseHours: 10,
    ended: 2,
    endedAfterPlan: 1,
  });
});

test("the kernel folds the same pauses from the orders' events, and the audit finds nothing wrong", async () => {
  const clocks = await db.rows<{ external: string; status: string; pauses: { fromMs: number; toMs: number | null }[] }>(sql`
    select i.external_id external, c.status, c.pauses from imported_case i join (
      select order_id, status, pauses from clock union all select order_id, status, pauses from clock_history) c using (order_id)
    order by 1`);
  const hours = clocks.map(({ external, status, pauses }) => [
    external,
    status,
    pauses.reduce((sum, { fromMs, toMs }) => sum + ((toMs ?? fromMs) - fromMs) / 3_600_000, 0),
  ]);
  // The past of a clock is closed: where the file steps back to 09:00 after 10:00, its clock goes on from 10:00.
  assert.deepEqual(hours, [
    ["A", "met", 7],
    ["B", "missed", 2],
    ["C", "running", 0],
  ]);
  const { ports } = await openDesk(db);
  assert.deepEqual((await audit(db, ports)).violations, []);
});
