// Pages of the order list, the query behind "my work", searches and counts over HTTP, asked by people at every level of a
// province, one after the other; beside the same fifty rows read by their keys.
import type { Role } from "@bihuan/core/identity/roles.ts";
import { type Caller, signedIn, testUnits } from "@bihuan/server/identity/testing/people.ts";
import type { Database } from "@bihuan/server/platform/database.ts";
import type { Platform } from "@bihuan/server/platform/platform.ts";
import { sql } from "@bihuan/server/platform/sql.ts";
import { prepare } from "@bihuan/server/prepare.ts";
import { fillOrders, leavesOf, provinceUnits } from "./province-orders.ts";
import { type Bench, type Row, seededRandom } from "./row.ts";
import { onFreshPlatform, openConnection, percentile, startServerProcess } from "./utility.ts";

// What is added to reach each size.
const SIZES = [
  { name: "100,000 open, 500,000 closed", open: 100_000, closed: 500_000 },
  { name: "1 million open, 5 million closed", open: 900_000, closed: 4_500_000 },
];
const REQUESTS = 400; // of each kind
const TARGET_MS = 50;

type Desk = { readonly caller: Caller; readonly unitId: number };
type Ask = readonly [
  path: "orders/search" | "orders/count" | "desk/tasks/search" | "desk/tasks/count",
  body: Readonly<Record<string, unknown>>,
];
type Kind = { readonly name: string; readonly asks: (desk: Desk, random: () => number) => Ask };

const levels = ["province", "city", "county", "station"] as const;
const flowsAsked = ["complaint", "fault-repair", "inquiry", "service-request"];
const texts = ["王志强", "秀英", "解放路128号", "花园街33号5栋", "5678", "13812345678", "梧桐巷 李"];
const pick = <T>(from: readonly T[], random: () => number): T => from[Math.floor(random() * from.length)] as T;

const kinds: readonly Kind[] = [
  {
    name: "list pages",
    asks: ({ unitId }, random) =>
      pick<Ask>(
        [
          ["orders/search", {}],
          ["orders/search", { unitId }],
          ["orders/search", { clock: "overdue" }],
          ["orders/search", { dueWithinMinutes: 120 }],
          ["orders/search", { flow: pick(flowsAsked, random) }],
          ["orders/search", { flow: "fault-repair", step: "repairing" }],
          ["orders/search", { holder: "nobody", flow: "complaint" }],
          ["orders/search", { clock: "suspended" }],
          ["orders/search", { state: "all", sort: "intake" }],
          ["orders/search", { state: "closed", sort: "intake" }],
          ["orders/search", { state: "closed", flow: "complaint", sort: "intake" }],
          ["orders/search", { state: "all", clock: "missed", sort: "intake" }],
        ],
        random,
      ),
  },
  {
    name: "my work",
    // Of everybody's own: the three lanes, how much is in each, and what waits for others.
    asks: (_, random) =>
      pick<Ask>(
        [
          ["desk/tasks/search", { lane: "now" }],
          ["desk/tasks/search", { lane: "today" }],
          ["desk/tasks/search", { lane: "later" }],
          ["desk/tasks/search", { flow: pick(flowsAsked, random) }],
          ["desk/tasks/search", { view: "waiting" }],
          ["desk/tasks/count", {}],
        ],
        random,
      ),
  },
  { name: "searches", asks: (_, random) => ["orders/search", { text: pick(texts, random), state: "all", sort: "intake" }] },
  {
    name: "counts",
    asks: (_, random) =>
      pick<Ask>(
        [
          ["orders/count", {}],
          ["orders/count", { flow: pick(flowsAsked, random) }],
          ["orders/count", { clock: "overdue" }],
          ["orders/count", { dueWithinMinutes: 120 }],
          ["orders/count", { holder: "me" }],
        ],
        random,
      ),
  },
];

const roleAt: Readonly<Record<(typeof levels)[number], Role>> = {
  province: "MANAGER",
  city: "DISPATCHER",
  county: "SUPERVISOR",
  station: "HANDLER",
};

/** Milliseconds from request to answer, p99. */
async function measure(port: number, desks: readonly Desk[], kind: Kind, seed: number): Promise<number> {
  const connection = await openConnection(port);
  const random = seededRandom(seed);
  const latencies: number[] = [];
  const ask = async (desk: Desk, [path, body]: Ask): Promise<string | null> => {
    const startedAt = performance.now();
    const answer = await connection.send("POST", `/api/${path}`, desk.caller.headers, JSON.stringify(body));
    latencies.push(performance.now() - startedAt);
    if (answer.status !== 200) throw new Error(`${answer.status}: ${answer.body.slice(0, 300)}`);
    return (JSON.parse(answer.body) as { next?: string | null }).next ?? null;
  };
  for (let n = 0; n < REQUESTS; n++) {
    const desk = pick(desks, random);
    const [path, body] = kind.asks(desk, random);
    const next = await ask(desk, [path, body]);
    if (next) await ask(desk, [path, { ...body, after: next }]); // and the page behind it
  }
  connection.close();
  return percentile(latencies, 0.99);
}

/** Milliseconds in which the database alone gives fifty rows by their keys: p99. */
async function byKeys(db: Database): Promise<number> {
  const keys = await db.rows<{ region_id: number; intake_month: number; order_id: string }>(
    sql`select region_id, intake_month, order_id from work_order tablesample system (0.1) limit 5000`,
  );
  const random = seededRandom(3);
  const latencies: number[] = [];
  for (let n = 0; n < REQUESTS; n++) {
    const chosen = Array.from({ length: 50 }, () => pick(keys, random));
    const startedAt = performance.now();
    await db.prepared(
      "by_keys",
      `select w.*, c.title, c.name, c.address from unnest($1::smallint[], $2::int[], $3::bigint[]) k(r, m, o)
       join work_order w on w.region_id = r and w.intake_month = m and w.order_id = o
       join order_contact c on c.region_id = r and c.intake_month = m and c.order_id = o`,
      [chosen.map((key) => key.region_id), chosen.map((key) => key.intake_month), chosen.map((key) => key.order_id)],
    );
    latencies.push(performance.now() - startedAt);
  }
  return percentile(latencies, 0.99);
}

/** The province's units, and six people at each level who ask. */
async function furnishProvince(platform: Platform) {
  await prepare(platform);
  const units = provinceUnits();
  const leaves = leavesOf(units, await testUnits(platform, units));
  const stations = leaves.filter(({ path }) => path.length === levels.length);
  const random = seededRandom(11);
  const desks: Desk[] = [];
  const holders = new Map<string, number>();
  for (let n = 0; n < 6 * levels.length; n++) {
    const level = levels[n % levels.length] as (typeof levels)[number];
    const station = pick(stations, random);
    const unitId = station.path[levels.indexOf(level)] as number;
    const caller = await signedIn(platform, [[roleAt[level], unitId]]);
    desks.push({ caller, unitId });
    if (level === "station") holders.set(station.code, caller.id);
  }
  return { leaves, desks, holders };
}

async function run(platform: Platform, folder: string): Promise<Row[]> {
  const { leaves, desks, holders } = await furnishProvince(platform);
  const rows: Row[] = [];
  let firstNumber = 0;
  for (const { name, open, closed } of SIZES) {
    await fillOrders(platform, { leaves, holders, firstNumber, open, closed, nowMs: platform.time.nowMs() });
    firstNumber += open + closed;
    const floor = await byKeys(platform.db);
    const server = await startServerProcess(folder);
    for (const kind of kinds) {
      await measure(server.port, desks, kind, 5); // warm, as on any working day; then other pages
      const value = await measure(server.port, desks, kind, 7);
      const row = { name: `${kind.name}, p99, ${name}; beside fifty rows by their keys`, value, unit: "ms", floor };
      rows.push({ ...row, ratio: value / floor, target: TARGET_MS, met: value <= TARGET_MS });
    }
    await server.stop();
  }
  return rows;
}

export default {
  name: "list",
  summary: {
    zh: "工单列表、我的工作、查找与计数（100 万在途、500 万办结）",
    en: "Order lists, my work, searches and counts at 1 million open orders, 5 million closed",
  },
  run: () => onFreshPlatform(run),
} satisfies Bench;
