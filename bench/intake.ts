// Intake over HTTP, durable, from 32 connections; beside the rate at which the very same rows go in by one prepared
// statement from 8 connections with nothing around it. The load generator shares the two cores with the server.
import { makeOrderId } from "@bihuan/core/order-id.ts";
import type { Database } from "@bihuan/server/platform/database.ts";
import { raw, sql } from "@bihuan/server/platform/sql.ts";
import { furnishCounty, onFreshPlatform, openConnection, percentile, startServerProcess } from "./utility.ts";
import type { Bench, Row } from "./row.ts";

const CONNECTIONS = 32;
const WARM_MS = 3000;
const MEASURED_MS = 10_000;
const FLOOR_CONNECTIONS = 8;
const FLOOR_MS = 6000;

const family = ["王", "李", "张", "刘", "陈", "杨", "赵", "黄"];
const road = ["解放路", "人民路", "中山路", "建设路", "和平路", "梧桐巷", "花园街", "河滨路"];

const intake = (units: Readonly<Record<string, number>>, n: number) =>
  JSON.stringify({
    flow: "fault-repair",
    deskUnitId: units["A1"],
    form: {
      origin: "HOTLINE_95598",
      areaClass: "URBAN",
      title: "全楼停电，楼道灯也不亮",
      description: "客户反映约十分钟前整栋楼停电，邻居家也没有电，未见明显异常声响。",
      contactName: `${family[n % 8]}${family[(n >> 3) % 8]}明`,
      contactPhone: `138${String(10_000_000 + (n % 89_999_999))}`,
      address: `城东市${road[n % 8]}${(n % 300) + 1}号${(n % 20) + 1}栋${(n % 6) + 1}单元${(n % 30) + 101}`,
      accountNo: `3301${String(n).padStart(6, "0")}`,
      targetUnitId: units["A11"],
    },
  });

async function throughTheDoor(port: number, headers: Readonly<Record<string, string>>, units: Readonly<Record<string, number>>) {
  const connections = await Promise.all(Array.from({ length: CONNECTIONS }, () => openConnection(port)));
  const latencies: number[] = [];
  let sent = 0;
  let failed = 0;
  const startedAt = performance.now();
  await Promise.all(
    connections.map(async (connection) => {
      while (performance.now() - startedAt < WARM_MS + MEASURED_MS) {
        const n = sent++;
        const at = performance.now();
        const answer = await connection.send(
          "POST",
          "/api/orders",
          { ...headers, "idempotency-key": `bench-${n}` },
          intake(units, n),
        );
        const done = performance.now();
        if (answer.status !== 200) failed++;
        if (at - startedAt > WARM_MS) latencies.push(done - at);
      }
    }),
  );
  for (const connection of connections) connection.close();
  if (failed > 0) throw new Error(`${failed} intakes were refused`);
  return { rate: (latencies.length / MEASURED_MS) * 1000, p50: percentile(latencies, 0.5), p99: percentile(latencies, 0.99) };
}

const tables = ["work_order", "order_contact", "order_unit", "order_event", "order_private", "clock", "command_receipt"] as const;

/** One statement that writes all the rows of one intake: those of a real one as constants, the id and the key as parameters. */
async function bareStatement(db: Database, orderId: string): Promise<{ text: string; rows: number }> {
  let rows = 0;
  const parts: string[] = [];
  for (const table of tables) {
    const { text, n } = await db.one<{ text: string; n: number }>(sql`
      select count(*)::int as n, string_agg('(' || (
        select string_agg(case key when 'order_id' then '$1::bigint' when 'key' then '$2::text' else quote_nullable(value) end, ', ' order by place)
        from (select c.ordinal_position as place, c.column_name as key, to_jsonb(t) ->> c.column_name as value
              from information_schema.columns c where c.table_name = ${table} and c.table_schema = 'public') one) || ')', ', ') as text
      from ${raw(table)} t where order_id = ${orderId}`);
    const types = await db.rows<{ name: string; type: string; array: boolean }>(sql`
      select column_name as name, udt_name as type, data_type = 'ARRAY' as array from information_schema.columns
      where table_name = ${table} and table_schema = 'public' order by ordinal_position`);
    const list = types
      .map(({ name, type, array }) =>
        array ? `array(select jsonb_array_elements_text(${name}::jsonb))::text[]` : `${name}::${type}`,
      )
      .join(", ");
    parts.push(`${table}_rows as (insert into ${table} (${types.map(({ name }) => name).join(", ")})
      select ${list} from (values ${text}) as v(${types.map(({ name }) => name).join(", ")}))`);
    rows += n;
  }
  parts.push(
    `tally as (insert into order_tally (region_id, unit_id, flow, step, status, n) values (101, 3, 'fault-repair', 'dispatching', 'OPEN', 1))`,
  );
  return { text: `with ${parts.join(",\n")} select 1`, rows: rows + 1 };
}

async function bare(db: Database, orderId: string): Promise<{ rate: number; rows: number }> {
  const { text, rows } = await bareStatement(db, orderId);
  const clients = await Promise.all(Array.from({ length: FLOOR_CONNECTIONS }, () => db.connect()));
  let number = 50_000_000;
  let done = 0;
  const startedAt = performance.now();
  await Promise.all(
    clients.map(async (client) => {
      while (performance.now() - startedAt < FLOOR_MS) {
        const n = number++;
        await client.query({
          name: "bare",
          text,
          values: [makeOrderId(101, `${orderId.slice(3, 7)}-${orderId.slice(7, 9)}-${orderId.slice(9, 11)}`, n), `bare-${n}`],
        });
        done++;
      }
    }),
  );
  await Promise.all(clients.map((client) => client.end()));
  return { rate: (done / FLOOR_MS) * 1000, rows };
}

const bench: Bench = {
  name: "intake",
  summary: { zh: "HTTP 受理（32 个连接，落盘）", en: "Intake over HTTP from 32 connections, durable" },
  run: () =>
    onFreshPlatform(async (platform, folder) => {
      const { units, agent } = await furnishCounty(platform);
      const server = await startServerProcess(folder);
      const measured = await throughTheDoor(server.port, agent.headers, units);
      await server.stop();
      const { order_id: orderId } = await platform.db.one<{ order_id: string }>(
        sql`select order_id from work_order order by order_id desc limit 1`,
      );
      const { n: clocks } = await platform.db.one<{ n: number }>(
        sql`select count(*)::int as n from clock where order_id = ${orderId}`,
      );
      const floor = await bare(platform.db, orderId);
      const rows: Row[] = [
        {
          name: `intake, ${clocks} clocks and ${floor.rows} rows each, beside bare inserts of them`,
          value: measured.rate,
          unit: "orders/s",
          floor: floor.rate,
          ratio: measured.rate / floor.rate,
          target: 2500,
          met: measured.rate >= 2500,
        },
        {
          name: "intake against bare inserts",
          value: measured.rate / floor.rate,
          unit: "ratio",
          floor: 1,
          ratio: measured.rate / floor.rate,
          target: 0.4,
          met: measured.rate / floor.rate >= 0.4,
        },
        {
          name: "intake, 99th percentile",
          value: measured.p99,
          unit: "ms",
          floor: measured.p50,
          ratio: measured.p99 / measured.p50,
          target: 40,
          met: measured.p99 <= 40,
        },
      ];
      return rows;
    }),
};
export default bench;
