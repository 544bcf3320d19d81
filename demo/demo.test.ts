// The demonstration end to end: furnished twice from one seed, lived through for some hours over HTTP, audited.
import assert from "node:assert/strict";
import { after, describe, test } from "node:test";
import { access, slices } from "@bihuan/server/routes.ts";
import { audit } from "@bihuan/server/work-order/audit/audit.ts";
import { orderPorts } from "@bihuan/server/work-order/ports.ts";
import { sql } from "@bihuan/server/platform/sql.ts";
import { testDatabase } from "@bihuan/server/platform/testing/database.ts";
import { testPlatform, testServer } from "@bihuan/server/platform/testing/server.ts";
import { manualTime } from "@bihuan/server/platform/time.ts";
import { PASSWORD } from "@bihuan/simulator/county/staff.ts";
import { acquaint } from "@bihuan/simulator/live/acquaint.ts";
import type { Clock } from "@bihuan/simulator/live/clock.ts";
import { type Happened, live } from "@bihuan/simulator/live/live.ts";
import { officeAt } from "@bihuan/simulator/live/office.ts";
import { furnish } from "./furnish.ts";

const NOW = "2026-06-11T02:30:00Z"; // a Thursday, half past ten in the county
const wanted = { seed: "test", customers: 3000, historyDays: 40 };
const LIVED_MS = 1.5 * 3_600_000;

/** A furnished county behind an address, and the hours its people then lived. */
async function world() {
  const db = await testDatabase();
  const time = manualTime(NOW);
  const platform = testPlatform(db, time);
  const furnished = await furnish(platform, wanted);
  const server = await testServer({ platform, slices, access: access(platform) });
  after(() => server.close());
  const address = await server.listen();
  const clock: Clock = {
    nowMs: () => time.nowMs(),
    async until(atMs) {
      if (atMs > time.nowMs()) time.set(atMs);
    },
  };
  return { db, platform, furnished, address, clock };
}
type World = Awaited<ReturnType<typeof world>>;

async function lived({ address, clock }: World): Promise<Happened[]> {
  const office = officeAt(address, PASSWORD);
  const county = await acquaint(office, { seed: wanted.seed, zone: "Asia/Shanghai", customers: wanted.customers });
  const happened: Happened[] = [];
  const life = {
    county,
    office,
    clock,
    speed: 6,
    lookEveryMs: 10 * 60_000,
    onHappened: (event: Happened) => void happened.push(event),
  };
  await live(life, new AbortController().signal, clock.nowMs() + LIVED_MS);
  return happened;
}

const one = await world();
const another = await world();
const violationsIn = async ({ db, platform }: World) => (await audit(db, orderPorts(platform))).violations.slice(0, 5);
const fingerprint = ({ db }: World) =>
  db.rows(sql`
    select order_id::text, flow, status, step, unit_id, holder_id, episode, missed, urges, version from work_order order by order_id`);

describe("a furnished demonstration", () => {
  test("is clean by the audit: every order folds to what is kept of it, chains and clocks included", async () => {
    assert.deepEqual(await violationsIn(one), []);
  });

  test("is the same for the same seed at the same instant", async () =>
    assert.deepEqual(await fingerprint(one), await fingerprint(another)));

  test("has orders of every kind of business, most of them archived, some in every step that waits for somebody", async () => {
    const flows = await one.db.rows<{ flow: string }>(sql`select distinct flow from work_order order by 1`);
    assert.ok(flows.length >= 9, JSON.stringify(flows));
    const [counts] = await one.db.rows<Record<string, number>>(sql`
      select count(*)::int as all, count(*) filter (where status = 'ARCHIVED')::int as archived,
        count(*) filter (where status in ('OPEN', 'SUSPENDED'))::int as open, count(*) filter (where missed > 0)::int as late,
        count(*) filter (where episode > 1)::int as reopened, count(distinct step)::int as steps,
        count(*) filter (where urges > 0)::int as urged, count(*) filter (where customer_id is not null)::int as known
      from work_order`);
    assert.ok(counts);
    assert.equal(counts["all"], one.furnished.orders);
    assert.equal(counts["open"], one.furnished.open);
    for (const [name, least] of Object.entries({ archived: 200, open: 8, late: 5, reopened: 3, steps: 3, urged: 8, known: 200 }))
      assert.ok((counts[name] ?? 0) >= least, `${name}: ${counts[name]}`);
  });

  test("tells the past at its own instants and says that it was recorded now", async () => {
    const { early, recorded } = await one.db.one<{ early: number; recorded: number }>(
      sql`select min(at) early, count(distinct recorded_at)::int recorded from order_event`,
    );
    assert.ok(early < Date.parse(NOW) - 38 * 86_400_000);
    assert.equal(recorded, 1);
  });

  test("makes no news of the past: no job runs for it but the ends of suspensions", async () => {
    const jobs = await one.db.rows<{ name: string }>(
      sql`select distinct task_identifier as name from graphile_worker.jobs order by 1`,
    );
    const ofOrders = jobs.map(({ name }) => name).filter((name) => name.startsWith("work-order."));
    assert.deepEqual(
      ofOrders.filter((name) => !["work-order.compact-tally", "work-order.daily", "work-order.resume"].includes(name)),
      [],
    );
  });
});

describe("hours lived through the public API", () => {
  test("bring demands in, move orders on, and are the same for the same seed", async () => {
    const [first, second] = [await lived(one), await lived(another)];
    const count = (what: Happened["what"]) => first.filter((event) => event.what === what).length;
    assert.ok(count("taken-in") >= 2, `taken in: ${count("taken-in")}`);
    assert.ok(count("acted") >= 20, `acted: ${count("acted")}`);
    assert.ok(count("refused") <= first.length / 50, JSON.stringify(first.filter(({ what }) => what === "refused").slice(0, 5)));
    assert.deepEqual(second, first);
    assert.deepEqual(await fingerprint(another), await fingerprint(one));
  });

  test("leave a database the audit finds nothing in", async () => assert.deepEqual(await violationsIn(one), []));
});
