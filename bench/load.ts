// The busiest hour of a province: calls at the rate of a typhoon day, and everything people then do about the orders, through the public
// API of one server process. Open loop: what is due is sent when it is due, however slow the answers are, and every time counts from the
// instant it was due, so that a stall is felt by all who come during it.
//
// The rate: forty million customers bring 20 million orders a year, 2,300 an hour; a typhoon day brings 200,000 calls, of which an
// eighth fall into the busiest hour: 25,000 calls, 7 a second. People do a dozen things to an order; what takes them hours is pressed
// into a minute here, so that the same number of things is done to as many orders at once.
import { AsyncLocalStorage } from "node:async_hooks";
import type { Operation } from "@bihuan/contract/operation.ts";
import { identityOperations } from "@bihuan/contract/identity.ts";
import { workOrderOperations } from "@bihuan/contract/work-order.ts";
import { furnish } from "@bihuan/demo/furnish.ts";
import { audit } from "@bihuan/server/work-order/audit/audit.ts";
import { orderPorts } from "@bihuan/server/work-order/ports.ts";
import type { County } from "@bihuan/simulator/county/county.ts";
import { PASSWORD } from "@bihuan/simulator/county/staff.ts";
import { answerCall } from "@bihuan/simulator/live/desk.ts";
import { type Office, officeAt, Refused } from "@bihuan/simulator/live/office.ts";
import { caseOf } from "@bihuan/simulator/live/reading.ts";
import { carryOut } from "@bihuan/simulator/live/work.ts";
import { nextDeed } from "@bihuan/simulator/people/next.ts";
import type { OrderView } from "@bihuan/contract/work-order.ts";
import { randomOf } from "@bihuan/simulator/random.ts";
import type { Bench, Row } from "./row.ts";
import { onFreshPlatform, startServerProcess } from "./utility.ts";

const CALLS_PER_SECOND = 25_000 / 3600;
/** Pages of lists that people open or that follow a change on their screens. */
const LISTS_PER_SECOND = 12;
const PRESSED = 1200;
const WARM_MS = 20_000;
const MEASURED_MS = 70_000;
const TARGET_P99_MS = 300;

const sleepUntil = (at: number) => new Promise<void>((resolve) => setTimeout(resolve, Math.max(0, at - performance.now())));
const percentile = (sorted: readonly number[], share: number): number =>
  sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? 0;

/** A zone in which it is mid-morning now: nobody calls customers at night, and half the work would be left out. */
function morningZone(): string {
  const ahead = 10 - new Date().getUTCHours();
  const hours = ahead < -11 ? ahead + 24 : ahead;
  return hours === 0 ? "UTC" : `Etc/GMT${hours > 0 ? "-" : "+"}${Math.abs(hours)}`;
}

class Load {
  readonly latencies = new Map<Operation, number[]>();
  readonly lag = new AsyncLocalStorage<number>();
  readonly startedAt = performance.now();
  running = 0;
  refused = 0;
  failed = 0;
  readonly problems = new Map<string, number>();

  get ended(): boolean {
    return performance.now() > this.startedAt + WARM_MS + MEASURED_MS;
  }

  measure(operation: Operation, status: number, tookMs: number): void {
    if (performance.now() < this.startedAt + WARM_MS || status >= 500) return;
    const times = this.latencies.get(operation) ?? [];
    this.latencies.set(operation, times);
    times.push(tookMs + (this.lag.getStore() ?? 0));
  }

  /** Does something at its instant, without waiting for what was begun before. */
  async at(due: number, work: () => Promise<void>): Promise<void> {
    await sleepUntil(due);
    this.running++;
    try {
      await this.lag.run(performance.now() - due, work);
    } catch (error) {
      const what = error instanceof Refused ? error.message : String(error);
      this.problems.set(what, (this.problems.get(what) ?? 0) + 1);
      if (error instanceof Refused) this.refused++;
      else this.failed++;
    } finally {
      this.running--;
    }
  }
}

async function follow(load: Load, county: County, office: Office, orderId: string, view: OrderView): Promise<void> {
  const deed = nextDeed(caseOf(county, view), { speed: PRESSED, missesClocks: false }, true);
  if (!deed || deed.by === "system" || deed.atMs > Date.now() + 60_000) return;
  const due = performance.now() + Math.max(0, deed.atMs - Date.now());
  await load.at(due, async () => {
    if (load.ended) return;
    const after = await carryOut(office, orderId, { deed, version: view.version }, Date.now());
    if (after) void follow(load, county, office, orderId, after);
  });
}

async function press(load: Load, county: County, office: Office): Promise<void> {
  const random = randomOf(county.seed, "load");
  const overseer = office.as((county.staff.find(({ role }) => role === "SUPERVISOR") as { account: string }).account);
  const every = async (perSecond: number, work: (n: number) => Promise<void>) => {
    let due = load.startedAt;
    for (let n = 0; !load.ended; n++) {
      due += (-Math.log(1 - random.next()) * 1000) / perSecond;
      await sleepUntil(due);
      void load.at(due, () => work(n));
    }
  };
  await Promise.all([
    every(CALLS_PER_SECOND, async (n) => {
      const taken = await answerCall(county, office, { atMs: Date.now(), key: `load-${n}`, storm: null }, Date.now());
      const view = await overseer.call(workOrderOperations.readOrder, { params: { orderId: taken.orderId } });
      void follow(load, county, office, taken.orderId, view);
    }),
    every(LISTS_PER_SECOND, async () => {
      const { account } = random.pick(county.staff);
      await office.as(account).call(workOrderOperations.listOrders, { body: { state: "open", sort: "due", limit: 50 } });
    }),
    every(2, async () => {
      await overseer.call(identityOperations.currentSession, {});
    }),
  ]);
  for (const until = performance.now() + 20_000; load.running > 0 && performance.now() < until; )
    await sleepUntil(performance.now() + 100);
}

const measured: readonly (readonly [string, Operation])[] = [
  ["take a demand in", workOrderOperations.takeIn],
  ["look for repeats", workOrderOperations.intakeHints],
  ["read an order", workOrderOperations.readOrder],
  ["act on an order", workOrderOperations.act],
  ["a page of a list", workOrderOperations.listOrders],
];

const bench: Bench = {
  name: "load",
  summary: { zh: "全省最忙一小时（开环，分位数，事后核查）", en: "A province's busiest hour, open loop, audit afterwards" },
  run: () =>
    onFreshPlatform(async (platform, folder) => {
      const { county } = await furnish(platform, { customers: 20_000, historyDays: 14, zone: morningZone() });
      const server = await startServerProcess(folder);
      // Everybody is signed in before the hour begins: a shift change is another matter.
      let load: Load | null = null;
      const office = officeAt(`http://127.0.0.1:${server.port}`, PASSWORD, {
        meter: (operation, status, took) => load?.measure(operation, status, took),
        trusting: true,
      });
      for (const { account } of county.staff) await office.as(account).call(identityOperations.currentSession, {});
      load = new Load();
      await press(load, county, office);
      await server.stop();
      const { violations, orders } = await audit(platform.db, orderPorts(platform));
      for (const [what, times] of load.problems) process.stderr.write(`${times} × ${what}\n`);
      return rowsOf(load, violations.length, orders);
    }),
};

function rowsOf(load: Load, violations: number, orders: number): Row[] {
  const sorted = (operation: Operation) => (load.latencies.get(operation) ?? []).toSorted((a, b) => a - b);
  const floor = percentile(sorted(identityOperations.currentSession), 0.5);
  const rate = (operation: Operation) => ((load.latencies.get(operation)?.length ?? 0) / MEASURED_MS) * 1000;
  const rows = measured.flatMap(([name, operation]): Row[] => {
    const times = sorted(operation);
    return [0.5, 0.99, 0.999].map((share) => {
      const value = percentile(times, share);
      const target = share === 0.5 ? TARGET_P99_MS / 5 : share === 0.99 ? TARGET_P99_MS : TARGET_P99_MS * 4;
      return {
        name: `${name}, ${share * 100} %, ${times.length} times, beside the lightest request's median`,
        value,
        unit: "ms",
        floor,
        ratio: value / floor,
        target,
        met: times.length > 0 && value <= target,
      };
    });
  });
  const count = (name: string, value: number, unit: string, target: number, met: boolean): Row => ({
    name,
    value,
    unit,
    floor: null,
    ratio: null,
    target,
    met,
  });
  return [
    ...rows,
    count("demands taken in", rate(workOrderOperations.takeIn), "a second", 6, rate(workOrderOperations.takeIn) >= 6),
    count("deeds done", rate(workOrderOperations.act), "a second", 30, rate(workOrderOperations.act) >= 30),
    count("requests that failed", load.failed, "requests", 0, load.failed === 0),
    count("deeds that were refused", load.refused, "deeds", 20, load.refused <= 20),
    count(`violations in the audit of ${orders} orders afterwards`, violations, "violations", 0, violations === 0),
  ];
}

export default bench;
