// A province full of orders, written straight into the projection: what lists read, at the size of a large utility. No history
// stands behind these rows, so nothing but lists, searches and counts is measured on them.
import { kindOfStep } from "@bihuan/core/flow/tasks/task.ts";
import { flows } from "@bihuan/core/flows.ts";
import type { UnitKind } from "@bihuan/core/identity/organisation.ts";
import { makeOrderId, parseOrderId } from "@bihuan/core/order-id.ts";
import type { TestUnit } from "@bihuan/server/identity/testing/people.ts";
import type { Database, Tx } from "@bihuan/server/platform/database.ts";
import type { Platform } from "@bihuan/server/platform/platform.ts";
import { instant, raw, sql } from "@bihuan/server/platform/sql.ts";
import { copyRows } from "@bihuan/server/history/store.ts";
import { orderIndex } from "@bihuan/server/work-order/store/search-tokens.ts";
import { seededRandom } from "./row.ts";

const CITIES = 10;
const COUNTIES = 8;
const STATIONS = 6;
const CREWS = 2;
const HOLDERS_A_UNIT = 5;
const DAY_MS = 86_400_000;

const below = (parent: string, count: number, kind: UnitKind, region?: (index: number) => number): TestUnit[] =>
  Array.from({ length: count }, (_, index) => ({
    code: `${parent}-${index + 1}`,
    kind,
    parent,
    ...(region ? { region: region(index) } : {}),
  }));

/** Province P, its ten cities P-1 to P-10, eight counties in each, six stations in each, two crews in each. */
export function provinceUnits(): TestUnit[] {
  const cities = below("P", CITIES, "CITY", (index) => 101 + index);
  const counties = cities.flatMap(({ code }) => below(code, COUNTIES, "COUNTY"));
  const stations = counties.flatMap(({ code }) => below(code, STATIONS, "STATION"));
  const crews = stations.flatMap(({ code }) => below(code, CREWS, "CREW"));
  return [{ code: "P", kind: "PROVINCE", parent: null }, ...cities, ...counties, ...stations, ...crews];
}

export type Leaf = {
  readonly code: string;
  readonly unitId: number;
  readonly regionId: number;
  readonly path: readonly number[];
};

/** Units that handle orders: the stations and crews, with the units above them. */
export function leavesOf(units: readonly TestUnit[], ids: Readonly<Record<string, number>>): Leaf[] {
  const byCode = new Map(units.map((unit) => [unit.code, unit]));
  const pathOf = (code: string): number[] => {
    const unit = byCode.get(code);
    return unit ? [...(unit.parent ? pathOf(unit.parent) : []), ids[code] as number] : [];
  };
  return units
    .filter(({ kind }) => kind === "STATION" || kind === "CREW")
    .map(({ code }) => ({ code, unitId: ids[code] as number, regionId: 100 + Number(code.split("-")[1]), path: pathOf(code) }));
}

const families = [
  "王",
  "李",
  "张",
  "刘",
  "陈",
  "杨",
  "赵",
  "黄",
  "周",
  "吴",
  "徐",
  "孙",
  "胡",
  "朱",
  "高",
  "林",
  "何",
  "郭",
  "马",
  "罗",
];
const given = [
  "伟",
  "芳",
  "娜",
  "敏",
  "静",
  "丽",
  "强",
  "磊",
  "军",
  "洋",
  "勇",
  "艳",
  "杰",
  "娟",
  "涛",
  "明",
  "超",
  "秀英",
  "霞",
  "平",
  "刚",
  "桂英",
  "建国",
  "志强",
  "晓梅",
];
const roads = [
  "解放路",
  "人民路",
  "中山路",
  "建设路",
  "和平路",
  "梧桐巷",
  "花园街",
  "河滨路",
  "胜利大街",
  "新华路",
  "文化路",
  "青年路",
  "迎宾大道",
  "学府路",
  "体育场路",
  "东风路",
  "红旗街",
  "光明路",
  "长江路",
  "黄河路",
];
const titles = [
  "全楼停电，楼道灯也不亮",
  "电压不稳，电灯忽明忽暗",
  "咨询峰谷电价办理条件",
  "对抄表示数有疑问",
  "申请更名过户",
  "反映施工后路面未恢复",
  "电表箱门损坏",
  "感谢抢修人员深夜到场",
];
const shares: readonly (readonly [string, number])[] = [
  ["inquiry", 0.42],
  ["fault-repair", 0.24],
  ["service-request", 0.2],
  ["opinion", 0.07],
  ["complaint", 0.04],
  ["suggestion", 0.015],
  ["praise", 0.01],
  ["whistleblow", 0.005],
];

const orderColumns = [
  "region_id", "intake_month", "order_id", "flow", "status", "step", "unit_id", "unit1", "unit2", "unit3", "unit4", "unit5",
  "desk_unit_id", "handling_unit_id", "holder_id", "origin", "urgency", "area_class", "identity", "intake_at", "changed_at",
  "closed_at", "due_at", "due_from", "due_slot", "episode", "missed", "rulebook_version", "facts", "version", "head_hash",
]; // biome-ignore format: a table
const contactColumns = [
  "region_id",
  "intake_month",
  "order_id",
  "title",
  "name",
  "phone",
  "address",
  "account_no",
  "tokens",
  "search_text",
];

export type Fill = {
  readonly leaves: readonly Leaf[];
  /** People who hold orders in a leaf, by its code; the other holders are nobody who signs in. */
  readonly holders: ReadonlyMap<string, number>;
  readonly firstNumber: number;
  readonly open: number;
  readonly closed: number;
  readonly nowMs: number;
};

/** Adds orders and rebuilds the indexes once. Open ones are of the last thirty days, closed ones of the last year. */
export async function fillOrders(platform: Platform, fill: Fill): Promise<void> {
  const { db } = platform;
  const rebuild = await withoutIndexes(db, ["work_order", "order_contact", "order_task"]);
  const random = seededRandom(fill.firstNumber + 1);
  for (let done = 0; done < fill.open + fill.closed; ) {
    const size = Math.min(20_000, fill.open + fill.closed - done);
    const rows = Array.from({ length: size }, (_, index) =>
      rowsOf(fill, fill.firstNumber + done + index, done + index < fill.open, random),
    );
    await db.transaction(async (tx: Tx) => {
      await copyRows(
        tx,
        "work_order",
        orderColumns,
        rows.map(({ order }) => order),
      );
      await copyRows(
        tx,
        "order_contact",
        contactColumns,
        rows.map(({ contact }) => contact),
      );
    });
    done += size;
    process.stderr.write(`\r${((fill.firstNumber + done) / 1e6).toFixed(2)} million orders `);
  }
  process.stderr.write("\n");
  await fillTasks(db);
  await rebuild();
  await db.run(sql`delete from order_tally`);
  await db.run(sql`insert into order_tally (region_id, unit_id, flow, step, status, n)
    select region_id, unit_id, flow, step, status, count(*) from work_order group by region_id, unit_id, flow, step, status`);
  await db.run(sql`vacuum analyze work_order`);
  await db.run(sql`vacuum analyze order_contact`);
  await db.run(sql`vacuum analyze order_tally`);
  await db.run(sql`vacuum analyze order_task`);
}

// The step of each open order, as a task of the unit that has it.
async function fillTasks(db: Database): Promise<void> {
  const known = flows.all.flatMap((flow) =>
    Object.keys(flow.steps).map((step) => [flow.id, step, kindOfStep(flow, step)] as const),
  );
  const [ids, stepsOf, kinds] = [0, 1, 2].map((place) => known.map((one) => one[place] as string));
  await db.run(sql`delete from order_task`);
  await db.run(sql`
    insert into order_task (region_id, intake_month, order_id, seq, unit_id, unit2, flow, kind, holder_id, kept_out, due_at, due_from, due_slot)
    select w.region_id, w.intake_month, w.order_id, 0, w.unit_id, w.unit2, w.flow,
      case when w.status = 'SUSPENDED' then 'suspended' else k.kind end, w.holder_id, '{}', coalesce(w.due_at, 'infinity'), w.due_from, w.due_slot
    from work_order w
    join unnest(${ids}::text[], ${stepsOf}::text[], ${kinds}::text[]) k(flow, step, kind) on k.flow = w.flow and k.step = w.step
    where w.status in ('OPEN', 'SUSPENDED')`);
}

async function withoutIndexes(db: Database, tables: readonly string[]): Promise<() => Promise<void>> {
  const indexes = await db.rows<{ name: string; definition: string }>(sql`
    select indexname as name, indexdef as definition from pg_indexes
    where tablename = any(${tables}::text[]) and schemaname = 'public' and indexname not like '%_pkey' order by indexname`);
  for (const { name } of indexes) await db.run(sql`drop index ${raw(name)}`);
  return () =>
    db.transaction(async (tx) => {
      await tx.run(sql`set local maintenance_work_mem = '1GB'`);
      for (const { name, definition } of indexes) {
        process.stderr.write(`\rbuilding ${name}${" ".repeat(20)}`);
        await tx.run(raw(definition));
      }
      process.stderr.write("\n");
    });
}

const steps = new Map(flows.all.map((flow) => [flow.id, Object.keys(flow.steps).filter((step) => step !== "merged")]));

function rowsOf({ leaves, holders, nowMs }: Fill, number: number, open: boolean, random: () => number) {
  const pick = <T>(from: readonly T[]): T => from[Math.floor(random() * from.length)] as T;
  const leaf = pick(leaves);
  const draw = random();
  let sum = 0;
  const flow = shares.find(([, share]) => (sum += share) > draw)?.[0] ?? "inquiry";
  const intakeMs = nowMs - Math.floor((open ? 30 * random() ** 2 : 1 + 364 * random()) * DAY_MS);
  const id = makeOrderId(leaf.regionId, instant(intakeMs).slice(0, 10), number);
  const key = [leaf.regionId, parseOrderId(id)?.intakeMonth ?? 0, id] as const;
  const status = open ? (random() < 0.03 ? "SUSPENDED" : "OPEN") : random() < 0.97 ? "ARCHIVED" : "WITHDRAWN";
  const seat = Math.floor(random() * HOLDERS_A_UNIT * 2); // every second order is held by somebody
  const holder =
    seat >= HOLDERS_A_UNIT ? null : seat === 0 ? (holders.get(leaf.code) ?? null) : 1_000_000 + leaf.unitId * 10 + seat;
  const dueMs = open && random() < 0.97 ? nowMs + Math.floor((random() ** 3 * 9 - (random() < 0.04 ? 2 : 0)) * DAY_MS) : null;
  const desk = leaf.path[1 + Math.floor(random() * 2)] as number;
  const order = [
    ...key, flow, status, open ? pick(steps.get(flow) ?? ["handling"]) : null, leaf.unitId,
    ...[0, 1, 2, 3, 4].map((depth) => leaf.path[depth] ?? null),
    desk, leaf.unitId, holder, "HOTLINE_95598", random() < 0.05 ? "URGENT" : "NORMAL", pick(["URBAN", "RURAL"]), "NAMED",
    instant(intakeMs), instant(intakeMs), open ? null : instant(intakeMs + Math.floor(random() * DAY_MS)),
    dueMs === null ? null : instant(dueMs), dueMs === null ? null : instant(intakeMs), dueMs === null ? null : "reply",
    1, open ? 0 : Number(random() < 0.03), 1, "{}", 3, "\\x00",
  ]; // biome-ignore format: as the columns above
  const contact = {
    title: pick(titles),
    name: pick(families) + pick(given),
    phone: `1${pick(["38", "39", "50", "86", "77"])}${String(Math.floor(random() * 1e8)).padStart(8, "0")}`,
    accountNo: `${leaf.regionId}${String(Math.floor(random() * 1e7)).padStart(7, "0")}`,
    address: `${pick(roads)}${Math.floor(random() * 400) + 1}号${Math.floor(random() * 30) + 1}栋${Math.floor(random() * 6) + 1}单元${Math.floor(random() * 30) + 1}0${Math.floor(random() * 4) + 1}`,
    transformerArea: `T${leaf.unitId}${Math.floor(random() * 40)}`,
  };
  const { tokens, text } = orderIndex(id, contact);
  return {
    order,
    contact: [
      ...key,
      contact.title,
      contact.name,
      contact.phone,
      contact.address,
      contact.accountNo,
      `{${tokens.map((token) => `"${token}"`).join(",")}}`,
      text,
    ],
  };
}
