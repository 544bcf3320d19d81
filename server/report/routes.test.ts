import assert from "node:assert/strict";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { after, before, describe, test } from "node:test";
import { reportOperations, type TimelinessRow } from "@bihuan/contract/report.ts";
import { RequestMapping } from "@bihuan/core/history/mapping.ts";
import type { Role } from "@bihuan/core/identity/roles.ts";
import { isRefusal } from "@bihuan/core/refusal.ts";
import { importHistories } from "../history/import.ts";
import { authenticator } from "../identity/authenticator.ts";
import { callerOf, type Call } from "../identity/testing/http.ts";
import { type Caller, signedIn, testUnits } from "../identity/testing/people.ts";
import { sql } from "../platform/sql.ts";
import { testDatabase } from "../platform/testing/database.ts";
import { testPlatform, testServer, type TestServer } from "../platform/testing/server.ts";
import { manualTime } from "../platform/time.ts";
import { slice } from "../routes.ts";
import { reportRoutes } from "./routes.ts";

const db = await testDatabase();
const platform = testPlatform(db, manualTime("2024-04-01T00:00:00Z"));
let server: TestServer;
let call: Call;
let units: Record<string, number>;
const person = (role: Role, unit: string): Promise<Caller> => signedIn(platform, [[role, units[unit] as number]]);

const mapping = RequestMapping.parse({
  kind: "service-requests",
  name: "months",
  zone: "Asia/Shanghai",
  time: "YYYY-MM-DD HH:mm",
  columns: { id: "No", unit: "Dept", type: "Kind", opened: "Opened", due: "Due", closed: "Closed" },
});
const rows = {
  A1: "1,东所,报修,2024-03-01 08:00,2024-03-01 10:00,2024-03-01 09:00\n2,=1+1,投诉,2024-03-02 08:00,2024-03-02 10:00,2024-03-02 11:00\n",
  B1: "1,西所,报修,2024-03-01 08:00,,\n",
};

before(async () => {
  units = await testUnits(platform);
  const folder = await mkdtemp(path.join(tmpdir(), "bihuan-report-"));
  for (const [below, content] of Object.entries(rows)) {
    const file = path.join(folder, `${below}.csv`);
    await writeFile(file, `No,Dept,Kind,Opened,Due,Closed\n${content}`);
    const result = await importHistories(platform, { file, mapping, name: `from ${below}`, below, dryRun: false });
    assert.ok(!isRefusal(result));
  }
  await rm(folder, { recursive: true });
  server = await testServer({ platform, slices: [slice(reportOperations, reportRoutes)], access: authenticator(platform) });
  call = callerOf(server);
});
after(() => server.close());

const read = async <Body>(caller: Caller, url: string): Promise<Body> => {
  const answer = await call(caller, "GET", url);
  assert.equal(answer.status, 200, JSON.stringify(answer.body));
  return answer.body;
};
type Timeliness = { by: string[]; asOf: string; rows: TimelinessRow[] };

describe("who reads a report", () => {
  test("nobody without a session, nobody without the permission", async () => {
    assert.equal((await call(null, "GET", "/reports/timeliness")).status, 401);
    assert.equal((await call(await person("AGENT", "P"), "GET", "/reports/timeliness")).code, "permission.missing");
  });

  test("each sees the cases of the units he reaches, and no others", async () => {
    const cases: [string, Role, string[]][] = [
      ["P", "ANALYST", ["=1+1", "东所", "西所"]],
      ["A", "ANALYST", ["=1+1", "东所"]],
      ["A1", "MANAGER", ["=1+1", "东所"]],
      ["A2", "ANALYST", []],
      ["B", "ANALYST", ["西所"]],
    ];
    for (const [unit, role, expected] of cases) {
      const { rows: groups } = await read<Timeliness>(await person(role, unit), "/reports/timeliness?by=unit");
      assert.deepEqual(
        groups.map((row) => row.group),
        expected,
        `${role} at ${unit}`,
      );
    }
  });

  test("an import of other units is unknown, also by its name", async () => {
    const analyst = await person("ANALYST", "B");
    const { imports } = await read<{ imports: { name: string; dimensions: string[] }[] }>(analyst, "/imports");
    assert.deepEqual(
      imports.map((run) => run.name),
      ["from B1"],
    );
    const shared = ["channel", "month", "priority", "state", "type", "unit"];
    assert.deepEqual(imports[0]?.dimensions.toSorted(), ["Dept", "Kind", ...shared]);
    const answer = await call(analyst, "GET", `/reports/timeliness?import=${encodeURIComponent("from A1")}`);
    assert.equal(answer.code, "import.unknown");
    assert.ok(!JSON.stringify((answer.body as { details: object }).details).includes("from A1"), "what there is, is his own");
  });
});

describe("what a report answers", () => {
  test("timeliness, states and verdicts", async () => {
    const analyst = await person("ANALYST", "A");
    const timeliness = await read<Timeliness>(analyst, "/reports/timeliness?import=from%20A1&by=type,month");
    assert.deepEqual(timeliness.by, ["type", "month"]);
    assert.deepEqual(
      timeliness.rows.map((row) => [row.group, row.closedOnTime, row.closedLate]),
      [
        [{ type: "报修", month: "2024-03" }, 1, 0],
        [{ type: "投诉", month: "2024-03" }, 0, 1],
      ],
    );
    assert.deepEqual((await read<{ rows: unknown[] }>(analyst, "/reports/states")).rows, []);
    const verdicts = await read<{ rows: { cases: number; ourMissed: number }[] }>(analyst, "/reports/verdicts");
    assert.deepEqual(
      verdicts.rows.map((row) => [row.cases, row.ourMissed]),
      [[2, 1]],
    );
  });

  test("averages are of this system's orders, so that a file brings none", async () => {
    const analyst = await person("ANALYST", "A");
    assert.deepEqual(await read(analyst, "/reports/averages?by=unit"), { by: ["unit"], rows: [] });
    const response = await server.app.inject({
      method: "GET",
      url: "/api/reports/averages/export?by=unit",
      headers: analyst.headers,
    });
    assert.match(response.body, /^\uFEFF单位,规则,依据类别/);
  });

  test("what cannot be read is refused", async () => {
    const analyst = await person("ANALYST", "A");
    for (const [query, code] of [
      ["by=colour", "report.dimension-unknown"],
      ["asOf=tomorrow", "report.instant-unreadable"],
      ["by=unit,type,month,state,channel", "report.too-many-dimensions"],
    ] as const)
      assert.equal((await call(analyst, "GET", `/reports/timeliness?${query}`)).code, code);
  });

  test("an export is a table in the reader's language in which no cell is a formula", async () => {
    const analyst = await person("ANALYST", "A");
    const response = await server.app.inject({
      method: "GET",
      url: "/api/reports/timeliness/export?by=unit",
      headers: { ...analyst.headers, "accept-language": "zh-CN" },
    });
    assert.equal(response.statusCode, 200);
    const lines = response.body.split("\r\n");
    assert.match(lines[0] ?? "", /^\uFEFF单位,总数,已办结/);
    assert.match(lines[1] ?? "", /^"?'=1\+1"?,1,1/);
    assert.match(response.headers["content-disposition"] as string, /timeliness\.csv/);
    assert.deepEqual(
      await db.rows(
        sql`select principal_id, record_kind, record_id, facts from access_log where action = 'EXPORTED' and record_id = 'timeliness'`,
      ),
      [{ principal_id: analyst.id, record_kind: "report", record_id: "timeliness", facts: { by: "unit" } }],
    );
  });
});
