// Importing histories: the whole command (reading, folding, hashing, writing) against a bare COPY of the rows it writes.
import { writeFile } from "node:fs/promises";
import path from "node:path";
import { RequestMapping } from "@bihuan/core/history/mapping.ts";
import { isRefusal } from "@bihuan/core/refusal.ts";
import { importHistories } from "@bihuan/server/history/import.ts";
import { copyRows } from "@bihuan/server/history/store.ts";
import type { Database } from "@bihuan/server/platform/database.ts";
import { raw, sql } from "@bihuan/server/platform/sql.ts";
import { type Bench, seededRandom } from "./row.ts";
import { furnishCounty, onFreshPlatform } from "./utility.ts";

const HISTORIES = 50_000;
const TARGET = 5000;
const WRITTEN = ["work_order", "order_event", "order_contact", "clock", "clock_history", "imported_case"];

const mapping = RequestMapping.parse({
  kind: "service-requests",
  name: "bench",
  zone: "Asia/Shanghai",
  time: "YYYY-MM-DD HH:mm:ss",
  columns: {
    id: "No",
    unit: "Unit",
    type: "Type",
    state: "State",
    channel: "Channel",
    opened: "Opened",
    due: "Due",
    closed: "Closed",
  },
});

// Two years of requests to forty units, one in ten without a limit, one in twenty still open; the same on every run.
function requests(): string {
  const share = seededRandom(20_240_301);
  const random = (below: number) => Math.floor(share() * below);
  const at = (ms: number) => new Date(ms).toISOString().slice(0, 19).replace("T", " ");
  const lines = ["No,Unit,Type,State,Channel,Opened,Due,Closed"];
  for (let number = 0; number < HISTORIES; number++) {
    const opened = Date.UTC(2022, 0, 1) + random(730 * 86_400) * 1000;
    const due = random(10) === 0 ? "" : at(opened + (1 + random(240)) * 3_600_000);
    const closed = random(20) === 0 ? "" : at(opened + random(300 * 3600) * 1000);
    lines.push(
      `${number},供电所${random(40)},类型${random(25)},${closed ? "已归档" : "处理中"},渠道${random(5)},${at(opened)},${due},${closed}`,
    );
  }
  return `${lines.join("\n")}\n`;
}

/** Seconds a bare COPY of the written rows takes, into tables of the same columns without keys or indexes. */
async function bareCopy(db: Database): Promise<number> {
  const tables: { table: string; columns: string[]; rows: (string | null)[][] }[] = [];
  for (const table of WRITTEN) {
    const names = await db.rows<{ name: string }>(
      sql`select column_name as name from information_schema.columns where table_schema = 'public' and table_name = ${table} order by ordinal_position`,
    );
    const columns = names.map(({ name }) => name);
    const cells = raw(columns.map((column) => `${column}::text`).join(", "));
    const rows = await db.rows<{ cells: (string | null)[] }>(sql`select array[${cells}] cells from ${raw(table)}`);
    await db.run(sql`create table ${raw(`bare_${table}`)} (like ${raw(table)})`);
    tables.push({ table: `bare_${table}`, columns, rows: rows.map((row) => row.cells) });
  }
  const started = performance.now();
  await db.transaction(async (tx) => {
    for (const { table, columns, rows } of tables)
      for (let from = 0; from < rows.length; from += 2000) await copyRows(tx, table, columns, rows.slice(from, from + 2000));
  });
  return (performance.now() - started) / 1000;
}

export default {
  name: "import",
  summary: {
    zh: "导入历史:读文件、折叠时钟、哈希、写成工单;下限为把同样的行直接 COPY",
    en: "import of histories as orders with events and clocks; floor: a bare COPY of the same rows",
  },
  run: () =>
    onFreshPlatform(async (platform, folder) => {
      await furnishCounty(platform);
      const file = path.join(folder, "requests.csv");
      await writeFile(file, requests());
      const started = performance.now();
      const result = await importHistories(platform, { file, mapping, name: null, below: null, dryRun: false });
      const seconds = (performance.now() - started) / 1000;
      if (isRefusal(result) || result.casesLoaded !== HISTORIES)
        throw new Error(`the import went wrong: ${JSON.stringify(result)}`);
      const value = HISTORIES / seconds;
      const floor = HISTORIES / (await bareCopy(platform.db));
      return [
        {
          name: `histories imported (${HISTORIES})`,
          value,
          unit: "1/s",
          floor,
          ratio: value / floor,
          target: TARGET,
          met: value >= TARGET,
        },
      ];
    }),
} satisfies Bench;
