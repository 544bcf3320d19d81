// The intake desk's one box over HTTP at a million customers, whatever a caller says and however it is mistyped; beside the exact lookup
// of an account by its key.
import { type Caller, signedIn, testUnits } from "@bihuan/server/identity/testing/people.ts";
import { accountSearchIndex } from "@bihuan/server/customer/search/search-index.ts";
import { copyRows } from "@bihuan/server/history/store.ts";
import type { Database } from "@bihuan/server/platform/database.ts";
import type { Platform } from "@bihuan/server/platform/platform.ts";
import { raw, sql } from "@bihuan/server/platform/sql.ts";
import { prepare } from "@bihuan/server/prepare.ts";
import { type Person, peopleOf } from "./people.ts";
import { type Bench, type Row, seededRandom } from "./row.ts";
import { onFreshPlatform, openConnection, percentile, startServerProcess } from "./utility.ts";

const ACCOUNTS = 1_000_000;
const BATCH = 5000;
const REQUESTS = 200; // of each kind
const TARGET_MS = 100;
const REGION = 101;

const customerId = (number: number) => `${REGION}${String(number + 1).padStart(10, "0")}`;

/** Writes the accounts by COPY, a customer and a contact each. The index of what is searched is built at the end. */
async function fill({ db }: Platform, unitIds: readonly number[]): Promise<void> {
  const { definition } = await db.one<{ definition: string }>(sql`
    select pg_get_indexdef('customer_account_search'::regclass) definition`);
  await db.run(sql`drop index customer_account_search`);
  const copy = (table: string, columns: readonly string[], row: (person: Person, number: number) => (string | number)[]) =>
    db.transaction(async (tx) => {
      const make = peopleOf(11);
      for (let from = 0; from < ACCOUNTS; from += BATCH)
        await copyRows(
          tx,
          table,
          columns,
          Array.from({ length: BATCH }, (_, n) => row(make(from + n), from + n)),
        );
    });
  const at = "2026-01-01T00:00:00Z";
  await copy("customer", ["region_id", "customer_id", "name", "importance", "created_at", "changed_at"], ({ name }, number) => [
    REGION,
    customerId(number),
    name,
    "ORDINARY",
    at,
    at,
  ]);
  await copy(
    "customer_account",
    ["region_id", "account_no", "customer_id", "unit_id", "category", "area_class", "address", "search_tokens", "search_text"],
    ({ accountNo, name, address, phone }, number) => {
      const index = accountSearchIndex({
        accountNo,
        address,
        customerName: name,
        customerNo: null,
        contacts: [{ name: null, phone }],
      });
      const unitId = unitIds[number % unitIds.length] as number;
      const tokens = `{"${index.tokens.join('","')}"}`;
      return [REGION, accountNo, customerId(number), unitId, "RESIDENT", "URBAN", address, tokens, index.text];
    },
  );
  await copy("customer_contact", ["region_id", "customer_id", "contact_no", "phone", "relation"], ({ phone }, number) => [
    REGION,
    customerId(number),
    1,
    phone,
    "HOLDER",
  ]);
  await db.transaction(async (tx) => {
    await tx.run(sql`select set_config('maintenance_work_mem', '512MB', true)`);
    await tx.run(sql`${raw(definition)}`);
  });
  await db.run(sql`vacuum analyze customer, customer_account, customer_contact`);
}

const confusions: Readonly<Record<string, string>> = {
  王: "汪",
  李: "黎",
  张: "章",
  明: "鸣",
  芳: "方",
  伟: "韦",
  静: "敬",
  丽: "力",
  河: "和",
  放: "方",
  柳: "刘",
  堤: "提",
  光: "广",
};

/** Ways to say of somebody what is on file. Null where a way does not suit him. */
function kinds(random: () => number): [name: string, say: (person: Person) => string | null][] {
  const below = (limit: number) => Math.floor(random() * limit);
  const wrongDigit = (number: string) => {
    const place = 6 + below(number.length - 6);
    return `${number.slice(0, place)}${(Number(number[place]) + 1 + below(8)) % 10}${number.slice(place + 1)}`;
  };
  const swapped = (number: string) => {
    const place = 5 + below(number.length - 6);
    return number.slice(0, place) + (number[place + 1] as string) + (number[place] as string) + number.slice(place + 2);
  };
  const alike = (text: string) => {
    const confused = [...text].findIndex((character) => character in confusions);
    return confused < 0 ? null : [...text].with(confused, confusions[[...text][confused] as string] as string).join("");
  };
  const place = (address: string) => /([^市区镇]{2,5}(?:路|大道)\d+号|[^市镇]{2}村\d+组\d+号)/u.exec(address)?.[0] ?? null;
  return [
    ["account number", ({ accountNo }) => accountNo],
    ["account number's last six", ({ accountNo }) => accountNo.slice(-6)],
    ["telephone", ({ phone }) => phone],
    ["name", ({ name }) => name],
    ["surname alone", ({ name }) => name.slice(0, 1)],
    ["name and place", ({ name, address }) => `${name} ${place(address)}`],
    ["address", ({ address }) => place(address)],
    ["pinyin initials", () => ["wxm", "lxy", "zw", "chj", "lm"][below(5)] as string],
    ["full pinyin", () => ["wangxiaoming", "liwei", "zhangjing", "liuyang", "chenjie"][below(5)] as string],
    ["account number, a wrong digit", ({ accountNo }) => wrongDigit(accountNo)],
    ["account number, a digit missing", ({ accountNo }) => accountNo.slice(0, 8) + accountNo.slice(9)],
    ["telephone, two digits swapped", ({ phone }) => swapped(phone)],
    ["name by its sound", ({ name }) => alike(name)],
    ["name, a wrong character", ({ name }) => (name.length === 3 ? `${name[0]}鑫${name[2]}` : null)],
    ["address by its sound", ({ address }) => alike(place(address) ?? "")],
    ["address, a wrong character", ({ address }) => (place(address) ?? "").replace(/^./u, "鑫")],
    ["name nobody bears", () => `${["欧阳", "司马", "诸葛"][below(3)]}${["鑫淼", "犇垚", "龘焱"][below(3)]}`],
  ];
}

/** Milliseconds from request to answer. */
async function measure(port: number, caller: Caller, texts: readonly string[]): Promise<number[]> {
  const connection = await openConnection(port);
  const latencies: number[] = [];
  for (const text of texts) {
    const startedAt = performance.now();
    const answer = await connection.send("POST", "/api/desk/find", caller.headers, JSON.stringify({ text }));
    latencies.push(performance.now() - startedAt);
    if (answer.status !== 200) throw new Error(`${answer.status}: ${answer.body.slice(0, 300)}`);
  }
  connection.close();
  return latencies;
}

/** Milliseconds in which the database gives an account by its key, p99. */
async function byKey(db: Database, make: () => Person): Promise<number> {
  const latencies: number[] = [];
  for (let n = 0; n < REQUESTS; n++) {
    const { accountNo } = make();
    const startedAt = performance.now();
    await db.one(sql`select * from customer_account where region_id = ${REGION} and account_no = ${accountNo}`);
    latencies.push(performance.now() - startedAt);
  }
  return percentile(latencies, 0.99);
}

async function run(platform: Platform, folder: string): Promise<Row[]> {
  await prepare(platform);
  const units = await testUnits(platform);
  await fill(
    platform,
    ["A11", "A111", "A12", "A2"].map((code) => units[code] as number),
  );
  const agent = await signedIn(platform, [["AGENT", units["A"] as number]]);
  const random = seededRandom(5);
  const people = await sample(platform.db, random);
  const somebody = () => people[Math.floor(random() * people.length)] as Person;
  const floor = await byKey(platform.db, somebody);
  const server = await startServerProcess(folder);
  const rows: Row[] = [];
  for (const [name, say] of kinds(random)) {
    const texts: string[] = [];
    for (let tried = 0; texts.length < REQUESTS && tried < REQUESTS * 20; tried++) texts.push(...[say(somebody()) ?? []].flat());
    await measure(server.port, agent, texts.slice(0, 20)); // warm, as on any working day
    const latencies = await measure(server.port, agent, texts);
    const p50 = percentile(latencies, 0.5).toFixed(1);
    const value = percentile(latencies, 0.99);
    const row = { name: `${name}: p99 (p50 ${p50} ms); beside an account by its key`, value, unit: "ms", floor };
    rows.push({ ...row, ratio: value / floor, target: TARGET_MS, met: value <= TARGET_MS });
  }
  await server.stop();
  return rows;
}

/** Some of the people who were written. */
async function sample(db: Database, random: () => number): Promise<Person[]> {
  const numbers = Array.from({ length: 2000 }, () => `430102${String(Math.floor(random() * ACCOUNTS)).padStart(7, "0")}`);
  return db.rows<Person>(sql`
    select a.account_no "accountNo", c.name, p.phone, a.address
    from customer_account a join customer c using (region_id, customer_id) join customer_contact p using (region_id, customer_id)
    where a.region_id = ${REGION} and a.account_no = any(${numbers}::text[])`);
}

export default {
  name: "find-customer",
  summary: { zh: "受理台查找客户（100 万户）", en: "Finding one of a million customers at the desk" },
  run: () => onFreshPlatform(run),
} satisfies Bench;
