import assert from "node:assert/strict";
import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { after, before, beforeEach, describe, test } from "node:test";
import { gzipSync } from "node:zlib";
import type { TimelinessRow, VerdictsRow } from "@bihuan/contract/report.ts";
import { raw, sql } from "../platform/sql.ts";
import { testDatabase } from "../platform/testing/database.ts";
import { audit } from "../work-order/audit/audit.ts";
import { openDesk } from "../work-order/testing/desk.ts";
import { bihuan, bihuanJson } from "./testing/command-line.ts";

const db = await testDatabase({ poolSize: 4 });
let folder: string;
before(async () => {
  folder = await mkdtemp(path.join(tmpdir(), "bihuan-history-"));
});
after(() => rm(folder, { recursive: true, force: true }));

type Loaded = {
  name: string;
  importId: number | null;
  rows: number;
  casesLoaded: number;
  casesKnown: number;
  closedBeforeOpened: number;
  unitsCreated: number;
  rejected: { line: number; row: number; reason: string; column: string | null }[];
};

const mapping = `
kind: service-requests
name: demo
zone: Asia/Shanghai
time: YYYY-MM-DD HH:mm
unknown: ["?"]
columns: { id: No, unit: Dept, type: Kind, opened: Opened, due: Due, closed: Closed }
also: [Area]
`;
const header = "No,Dept,Kind,Area,Opened,Due,Closed";
const good = [
  "1,城东所,报修,城区,2024-03-01 08:00,2024-03-01 10:00,2024-03-01 10:00",
  "2,城东所,报修,城区,2024-03-01 08:00,2024-03-01 10:00,2024-03-01 10:01",
  "3,城西所,投诉,农村,2024-03-31 23:30,2024-04-05 00:00,",
  "4,?,咨询,农村,2024-04-01 00:10,,2024-04-01 01:10",
];
const file = async (name: string, content: string | Uint8Array) => {
  const at = path.join(folder, name);
  await writeFile(at, content);
  return at;
};
const csv = (...rows: string[]) => `${[header, ...rows].join("\n")}\n`;
const load = (source: string, map: string, ...words: string[]) =>
  bihuanJson<Loaded>(db, "import", "service-requests", source, "--mapping", map, ...words);
const timeliness = (...words: string[]) => bihuanJson<TimelinessRow[]>(db, "report", "timeliness", ...words);

const kept = [
  "work_order",
  "order_event",
  "clock",
  "clock_history",
  "order_contact",
  "imported_case",
  "imported_state",
  "import_run",
];
const counts = async () => {
  const result: Record<string, number> = {};
  for (const table of kept) result[table] = (await db.one<{ n: number }>(sql`select count(*)::int n from ${raw(table)}`)).n;
  return result;
};
const nothing = Object.fromEntries(kept.map((table) => [table, 0]));

let map: string;
beforeEach(async () => {
  await db.run(sql`truncate ${raw(kept.join(", "))}`);
  await db.run(sql`delete from unit where parent_id is not null`);
  map = await file("demo.yaml", mapping);
});

describe("what a file brings", () => {
  test("rows become orders of the flow imported-history, each below the unit of its label", async () => {
    const result = await load(await file("a.csv", csv(...good)), map);
    assert.deepEqual([result.name, result.rows, result.casesLoaded, result.unitsCreated, result.rejected], ["demo", 4, 4, 2, []]);
    const orders = await db.rows<{
      flow: string;
      status: string;
      unit: string;
      subtype: string;
      live: boolean;
      date: string;
    }>(sql`
      select flow, status, u.name unit, subtype, import_id is null live, substr(order_id::text, 4, 8) date
      from work_order o join unit u on u.unit_id = o.unit_id order by order_id`);
    const flow = "imported-history";
    assert.deepEqual(
      orders.toSorted((a, b) => (a.subtype + a.status < b.subtype + b.status ? -1 : 1)),
      [
        { flow, status: "ARCHIVED", unit: "供电企业", subtype: "咨询", live: false, date: "20240401" },
        { flow, status: "OPEN", unit: "城西所", subtype: "投诉", live: false, date: "20240331" },
        { flow, status: "ARCHIVED", unit: "城东所", subtype: "报修", live: false, date: "20240301" },
        { flow, status: "ARCHIVED", unit: "城东所", subtype: "报修", live: false, date: "20240301" },
      ],
    );
    const clocks = await db.rows<{ status: string; due_at: number | null }>(
      sql`select status, due_at from clock_history where due_at is not null order by status`,
    );
    assert.deepEqual(
      clocks.map((clock) => clock.status),
      ["met", "missed"],
    );
  });

  test("the audit finds nothing wrong with them", async () => {
    await load(await file("a.csv", csv(...good)), map);
    const { ports } = await openDesk(db);
    const result = await audit(db, ports);
    assert.deepEqual([result.orders, result.violations], [4, []]);
  });

  test("exactly at the limit is on time, open cases are judged at the instant asked for, months are those of the zone", async () => {
    await load(await file("a.csv", csv(...good)), map);
    const [all] = await timeliness("--import", "demo", "--as-of", "2024-04-05 00:00");
    assert.deepEqual(all, {
      group: null,
      total: 4,
      closed: 3,
      open: 1,
      closedOnTime: 1,
      closedLate: 1,
      closedWithoutLimit: 1,
      openOverdue: 0,
      openWithinLimit: 1,
      openWithoutLimit: 0,
      negativeDuration: 0,
      onTimeRate: 0.5,
      medianHours: 2,
      p90Hours: 2.0167,
      meanHours: 1.6722,
    });
    assert.equal((await timeliness("--import", "demo", "--as-of", "2024-04-05 00:01"))[0]?.openOverdue, 1);
    assert.equal((await timeliness("--import", "demo", "--as-of", "2024-04-04T16:00:01Z"))[0]?.openOverdue, 1);
    assert.deepEqual(
      (await timeliness("--import", "demo", "--by", "month,Area")).map((row) => [row.group, row.total]),
      [
        [{ month: "2024-03", Area: "城区" }, 2],
        [{ month: "2024-03", Area: "农村" }, 1],
        [{ month: "2024-04", Area: "农村" }, 1],
      ],
    );
  });

  test("a floating file is compared with the wall clock as it is written", async () => {
    const floating = await file("floating.yaml", mapping.replace("Asia/Shanghai", "floating"));
    await load(await file("a.csv", csv(...good)), floating);
    for (const [asOf, overdue] of [
      ["2024-04-05 00:00", 0],
      ["2024-04-05T00:00:00+05:00", 0],
      ["2024-04-05 00:00:01", 1],
    ] as const)
      assert.equal((await timeliness("--import", "demo", "--as-of", asOf))[0]?.openOverdue, overdue, asOf);
  });

  test("a case closed before it was opened is loaded, counted as such and left out of the hours", async () => {
    const result = await load(
      await file("a.csv", csv("1,A,报修,城区,2024-03-01 08:00,2024-03-02 08:00,2024-02-29 08:00", good[0] as string)),
      map,
    );
    assert.deepEqual([result.casesLoaded, result.closedBeforeOpened], [2, 1]);
    const [row] = await timeliness("--import", "demo");
    assert.deepEqual([row?.closed, row?.closedOnTime, row?.negativeDuration, row?.meanHours], [2, 2, 1, 2]);
  });

  test("without a name every import is reported, and orders of this system with them", async () => {
    await load(await file("a.csv", csv(...good)), map);
    await load(await file("b.csv", csv(good[0] as string)), map, "--name", "other");
    assert.equal((await timeliness())[0]?.total, 5);
    assert.equal((await timeliness("--import", "other"))[0]?.total, 1);
    for (const name of ["b.csv", "b"]) assert.equal((await timeliness("--import", name))[0]?.total, 1, name);
  });

  test("a file in GB 18030 is read where the mapping says so", async () => {
    const gbk = Uint8Array.from([0x31, 0x2c, 0xb3, 0xc7, 0xb6, 0xab]); // "1,城东"
    const text = Buffer.concat([Buffer.from(`${header}\n`), gbk, Buffer.from(",R,U,2024-03-01 08:00,,\n")]);
    const source = await file("gbk.csv", text);
    const wrong = await bihuan(db, "import", "service-requests", source, "--mapping", map);
    assert.deepEqual([wrong.code, /import\.encoding-wrong/.test(wrong.stderr)], [1, true]);
    await load(source, await file("gbk.yaml", `${mapping}\nencoding: gb18030`));
    assert.equal((await timeliness("--by", "unit"))[0]?.group, "城东");
  });
});

describe("the same file again", () => {
  test("is recognised by its hash and row numbers, packed or not, and brings nothing twice", async () => {
    const content = csv(...good);
    await load(await file("a.csv", content), map);
    const before = await counts();
    const again = await load(await file("a.csv.gz", gzipSync(content)), map, "--name", "again");
    assert.deepEqual([again.casesLoaded, again.casesKnown, again.unitsCreated], [0, 4, 0]);
    assert.deepEqual({ ...(await counts()), import_run: 1 }, before);
    assert.equal((await timeliness("--import", "again"))[0]?.total, 4, "its name stands for the cases it would have brought");
  });

  test("equal lines of one file are cases of their own", async () => {
    const line = good[0] as string;
    assert.equal((await load(await file("a.csv", csv(line, line, line)), map)).casesLoaded, 3);
  });

  test("rows that were rejected are loaded once the mapping is right", async () => {
    const source = await file("a.csv", csv(...good, "5,城西所,投诉,农村,2024/04/02 08:00,,"));
    assert.equal((await load(source, map)).rejected.length, 1);
    const better = await file(
      "better.yaml",
      mapping.replace("time: YYYY-MM-DD HH:mm", "time: [YYYY-MM-DD HH:mm, YYYY/MM/DD HH:mm]"),
    );
    const again = await load(source, better);
    assert.deepEqual([again.casesLoaded, again.casesKnown, again.rejected], [1, 4, []]);
    assert.equal((await timeliness("--import", "demo"))[0]?.total, 5);
  });
});

describe("what cannot be loaded", () => {
  test("rejected rows are told with line and reason, on the terminal, in the JSON and in a file", async () => {
    const bad = [",A,R,U,2024-03-01 08:00,,", "3,A,R,U,soon,,", "4,A,R,U", "5,A,R,U,1024-03-01 08:00,,"];
    const source = await file("a.csv", csv('1,"城\n东",报修,城区,2024-03-01 08:00,,', ...bad, "6,A\0,R,U,2024-03-01 08:00,,"));
    const rejects = path.join(folder, "rejects.csv");
    const words = ["import", "service-requests", source, "--mapping", map, "--rejects", rejects];
    const answer = await bihuan(db, ...words, "--format", "json");
    assert.equal(answer.code, 0);
    assert.deepEqual(
      (JSON.parse(answer.stdout) as Loaded).rejected.map(({ line, row, reason, column }) => [line, row, reason, column]),
      [
        [4, 2, "id-missing", "No"],
        [5, 3, "time-unreadable", "Opened"],
        [6, 4, "columns-differ", null],
        [7, 5, "time-out-of-range", null],
      ],
    );
    assert.match(answer.stderr, /line 5: Opened: the time is not written as the mapping says/);
    assert.equal(
      await readFile(rejects, "utf8"),
      [
        "\uFEFFNo,Dept,Kind,Area,Opened,Due,Closed,line,column,reason\r\n",
        ",A,R,U,2024-03-01 08:00,,,4,No,the id is empty\r\n",
        "3,A,R,U,soon,,,5,Opened,the time is not written as the mapping says\r\n",
        "4,A,R,U,,,,6,,the row has not as many fields as the header\r\n",
        "5,A,R,U,1024-03-01 08:00,,,7,,a time lies before 1970 or after 2099\r\n",
      ].join(""),
    );
  });

  test("where no row can be loaded nothing is kept, not even units, and the exit code says so", async () => {
    const answer = await bihuan(db, "import", "service-requests", await file("a.csv", csv("1,A,R,U,soon,,")), "--mapping", map);
    assert.equal(answer.code, 1);
    assert.deepEqual(await counts(), nothing);
    assert.equal((await db.one<{ n: number }>(sql`select count(*)::int n from unit`)).n, 1);
  });

  test("a file that turns out broken at its end leaves nothing behind", async () => {
    const many = Array.from({ length: 5000 }, (_, index) => `${index},A,R,U,2024-03-01 08:00,,`);
    const source = await file("a.csv", csv(...many, '9,"A,R,U,2024-03-01 08:00,,'));
    const answer = await bihuan(db, "import", "service-requests", source, "--mapping", map);
    assert.equal(answer.code, 1);
    assert.match(answer.stderr, /import\.quote-not-closed/);
    assert.deepEqual(await counts(), nothing);
    const packed = gzipSync(csv(...many));
    const cut = await bihuan(
      db,
      "import",
      "service-requests",
      await file("cut.csv.gz", packed.subarray(0, packed.length - 20)),
      "--mapping",
      map,
    );
    assert.deepEqual([cut.code, /import\.file-unreadable/.test(cut.stderr)], [1, true]);
    assert.deepEqual(await counts(), nothing);
  });

  test("a mapping is refused with everything that is wrong with it", async () => {
    const wrong = await file("wrong.yaml", "kind: service-requests\nname: demo\nzone: Mars\ntime: HH:mm\ncolumns: { id: No }\n");
    const answer = await bihuan(db, "import", "service-requests", await file("a.csv", csv()), "--mapping", wrong, "--lang", "zh");
    assert.equal(answer.code, 1);
    for (const word of ["zone: 不是已知的时区", "time:", "columns.opened:"]) assert.ok(answer.stderr.includes(word), word);
    const yaml = await bihuan(db, "import", "service-requests", "a.csv", "--mapping", await file("bad.yaml", "a: [1\nb: }"));
    assert.match(yaml.stderr, /line 2 is not valid YAML/);
    const kind = await bihuan(db, "import", "ticket-events", "a.csv", "--mapping", map);
    assert.match(kind.stderr, /the mapping is for service-requests, not for ticket-events/);
  });

  test("a missing file, column, node, import or dimension is named", async () => {
    const source = await file("a.csv", csv(...good));
    const cases: [string[], RegExp][] = [
      [["import", "service-requests", path.join(folder, "none.csv"), "--mapping", map], /import\.file-unreadable/],
      [["import", "service-requests", await file("empty.csv", ""), "--mapping", map], /import\.file-empty/],
      [
        ["import", "service-requests", await file("other.csv", "No,Dept\n1,A\n"), "--mapping", map],
        /Kind, Due, Closed, Opened, Area/,
      ],
      [["import", "service-requests", source, "--mapping", map, "--below", "NOWHERE"], /There is no unit NOWHERE/],
      [["report", "timeliness", "--import", "nothing"], /There is no import named nothing/],
      [["report", "timeliness", "--by", "colour"], /Cannot group by colour[^]*unit, type/],
      [["report", "timeliness", "--by", "unit,type,month,state,channel"], /report\.too-many-dimensions/],
      [["report", "timeliness", "--as-of", "tomorrow"], /report\.instant-unreadable/],
    ];
    for (const [words, message] of cases) {
      const answer = await bihuan(db, ...words);
      assert.equal(answer.code, 1, words.join(" "));
      assert.match(answer.stderr, message);
      assert.equal(answer.stdout, "");
    }
    assert.equal(
      (await bihuan(db, "import", "service-requests", source)).code,
      2,
      "without a mapping the command is called wrongly",
    );
  });

  test("a dry run says what would happen and keeps nothing", async () => {
    const result = await load(await file("a.csv", csv(...good)), map, "--dry-run");
    assert.deepEqual([result.casesLoaded, result.importId, result.unitsCreated], [4, null, 2]);
    assert.deepEqual(await counts(), nothing);
  });
});

describe("units of an import", () => {
  test("stand below the node the command names and are used again", async () => {
    await load(await file("a.csv", csv(...good)), map);
    const [unit] = await db.rows<{ code: string }>(sql`select code from unit where name = '城西所'`);
    const below = unit?.code as string;
    await load(await file("b.csv", csv(good[0] as string)), map, "--below", below);
    await load(await file("c.csv", csv(good[1] as string)), map, "--below", below);
    const rows = await db.rows<{ name: string; parent: string }>(sql`
      select u.name, p.name parent from unit u join unit p on p.unit_id = u.parent_id where u.name = '城东所' order by p.name`);
    assert.deepEqual(rows, [
      { name: "城东所", parent: "城西所" },
      { name: "城东所", parent: "供电企业" },
    ]);
  });

  test("labels that would be a formula or too long become harmless names, reports keep the label", async () => {
    const label = `=${"长".repeat(200)}`;
    await load(await file("a.csv", csv(`1,${label},R,U,2024-03-01 08:00,,`, "2,@,R,U,2024-03-01 08:00,,")), map);
    const names = await db.rows<{ name: string }>(sql`select name from unit where parent_id is not null`);
    assert.deepEqual(names, [{ name: `${"长".repeat(79)}…` }]);
    assert.deepEqual(
      (await timeliness("--by", "unit")).map((row) => row.group),
      ["@", label],
    );
  });

  test("a node that stands too deep is refused and nothing is kept", async () => {
    let below = "ROOT";
    for (const name of ["L2", "L3", "L4", "L5", "L6"]) {
      await load(await file(`${name}.csv`, csv(`1,${name},R,U,2024-03-01 08:00,,`)), map, "--below", below);
      below = name;
    }
    const before = await counts();
    const answer = await bihuan(
      db,
      "import",
      "service-requests",
      await file("deep.csv", csv(good[0] as string)),
      "--mapping",
      map,
      "--below",
      below,
    );
    assert.deepEqual([answer.code, /identity\.unit-too-deep/.test(answer.stderr)], [1, true]);
    assert.deepEqual(await counts(), before);
  });
});

test("the example for newcomers loads as the README says", async () => {
  const result = await load("docs/examples/sample-requests.csv", "docs/examples/mappings/sample.yaml");
  assert.deepEqual([result.casesLoaded, result.unitsCreated, result.rejected], [40, 4, []]);
  const [all] = await timeliness("--import", "sample", "--as-of", "2024-03-16 00:00");
  assert.deepEqual([all?.total, all?.closedOnTime, all?.closedLate, all?.openOverdue, all?.openWithinLimit], [40, 25, 8, 3, 2]);
  const [verdicts] = await bihuanJson<VerdictsRow[]>(
    db,
    "report",
    "verdicts",
    "--import",
    "sample",
    "--as-of",
    "2024-03-16 00:00",
  );
  assert.deepEqual([verdicts?.givenMet, verdicts?.givenMissed, verdicts?.disagreeing, verdicts?.reassigned], [25, 8, 0, 12]);
  const table = await bihuan(
    db,
    "report",
    "timeliness",
    "--import",
    "sample",
    "--by",
    "unit",
    "--as-of",
    "2024-03-16",
    "--lang",
    "zh",
  );
  assert.match(table.stdout, /^单位 +总数 +已办结/);
});
