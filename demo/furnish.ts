// Fills a fresh database with the county: organisation, staff, customers, and the months before today.
import { open, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { type OrderEvent, systemActor } from "@bihuan/core/flow/event.ts";
import type { OrderState } from "@bihuan/core/flow/state.ts";
import { type County, countyOf, CUSTOMERS, DEFAULT_SEED, DEFAULT_ZONE, type Employee } from "@bihuan/simulator/county/county.ts";
import { customerFile } from "@bihuan/simulator/county/customers.ts";
import { CENTRE } from "@bihuan/simulator/county/organisation.ts";
import type { Deed } from "@bihuan/simulator/people/plan.ts";
import { type PastDemand, pastDemands } from "@bihuan/simulator/history.ts";
import { importCustomers } from "@bihuan/server/customer/import/import-customers.ts";
import { CustomerMapping } from "@bihuan/server/customer/import/rows.ts";
import { currentTree } from "@bihuan/server/identity/organisation/tree.ts";
import type { Tx } from "@bihuan/server/platform/database.ts";
import type { Platform } from "@bihuan/server/platform/platform.ts";
import { prepare } from "@bihuan/server/prepare.ts";
import { type Past, type PastDeed, replayOrders } from "@bihuan/server/work-order/commands/replay-orders.ts";
import { orderPorts } from "@bihuan/server/work-order/ports.ts";
import { type Acting, actingSystem } from "@bihuan/server/work-order/world.ts";
import { furnishKnowledge } from "./knowledge.ts";
import { furnishOrganisation, furnishStaff } from "./people.ts";

const DAY_MS = 86_400_000;
export const HISTORY_DAYS = 91;

export type Furnishing = {
  readonly seed?: string;
  readonly zone?: string;
  readonly customers?: number;
  readonly historyDays?: number;
  /** So many of the last days at once, the earlier ones by {@link Furnished.rest}; all of them where absent. */
  readonly firstDays?: number;
  /** Hears what is being done and how far it is. */
  readonly onProgress?: (phase: "people" | "customers" | "history", done: number) => void;
};
type Told = { readonly orders: number; readonly open: number };
export type Furnished = Told & {
  readonly county: County;
  /** Tells the earlier days, while people are at work already. */
  rest(): Promise<Told>;
};

/** Furnishes a fresh database. The platform's time is now: the history ends there. Errors: throws where anything is refused. */
export async function furnish(platform: Platform, wanted: Furnishing = {}): Promise<Furnished> {
  const { seed = DEFAULT_SEED, zone = DEFAULT_ZONE, customers = CUSTOMERS, historyDays = HISTORY_DAYS } = wanted;
  const tell = wanted.onProgress ?? (() => undefined);
  const nowMs = platform.time.nowMs();
  const fromMs = nowMs - historyDays * DAY_MS;
  tell("people", 0);
  const tree = await furnishOrganisation(platform, zone);
  const staff = await furnishStaff(platform, tree, seed, fromMs - DAY_MS);
  await prepare(platform);
  const units = new Map(tree.units.map(({ code, unitId }) => [code, unitId]));
  const county = countyOf({ units, staff }, { seed, zone, customers });
  const [approver] = county.at(CENTRE, "MANAGER");
  if (approver) await furnishKnowledge(platform, tree, approver);
  await furnishCustomers(platform, county, tell);
  const splitMs = wanted.firstDays === undefined ? fromMs : Math.max(fromMs, nowMs - wanted.firstDays * DAY_MS);
  const history = { county, fromMs, untilMs: nowMs };
  const recent = await furnishHistory(platform, history, { sinceMs: splitMs, beforeMs: nowMs }, (done) => tell("history", done));
  return {
    county,
    ...recent,
    rest: async () =>
      splitMs === fromMs
        ? { orders: 0, open: 0 }
        : furnishHistory(platform, history, { sinceMs: fromMs, beforeMs: splitMs }, () => undefined),
  };
}

// Through a file and the importer, as a customer business system would hand them over.
async function furnishCustomers(platform: Platform, county: County, tell: NonNullable<Furnishing["onProgress"]>): Promise<void> {
  const file = path.join(tmpdir(), `bihuan-demo-${process.pid}-${platform.time.nowMs()}.csv`);
  const handle = await open(file, "w");
  try {
    let text = "";
    for (const line of customerFile(county.customers, platform.time.nowMs())) {
      text += line;
      if (text.length < 1_000_000) continue;
      await handle.write(text);
      text = "";
    }
    await handle.write(text);
    await handle.close();
    let done = 0;
    const { refused } = await importCustomers(platform.db, {
      file,
      mapping: CustomerMapping.parse({}),
      organisation: await currentTree(platform),
      nowMs: platform.time.nowMs(),
      strict: true,
      onProgress: ({ rows }) => tell("customers", (done += rows)),
    });
    if (refused.length > 0) throw new Error(`customers of the demonstration: ${JSON.stringify(refused.slice(0, 3))}`);
  } finally {
    await handle.close().catch(() => undefined);
    await rm(file, { force: true });
  }
}

type History = { readonly county: County; readonly fromMs: number; readonly untilMs: number };
type Part = { readonly sinceMs: number; readonly beforeMs: number };

const furnishHistory = (
  platform: Platform,
  { county, fromMs, untilMs }: History,
  part: Part,
  onProgress: (orders: number) => void,
): Promise<Told> => {
  const replay = async (tx: Tx) => {
    const ports = orderPorts(platform);
    const tree = await ports.tree();
    const asSystem = actingSystem(tree.root.unitId);
    const scopes = new Map<number, Acting>();
    const as = (person: Employee): Acting => {
      const known = scopes.get(person.staffId);
      if (known) return known;
      const homeUnitId = county.unitId(person.unit);
      const acting: Acting = {
        scope: {
          principal: { kind: "staff", id: person.staffId, name: person.name },
          homeUnitId,
          grants: [{ role: person.role, unitId: county.unitId(person.at) }],
        },
        actor: { kind: "staff", id: person.staffId },
        actingUnitId: homeUnitId,
      };
      scopes.set(person.staffId, acting);
      return acting;
    };
    const done = ({ by, action, atMs, form }: Deed): PastDeed => ({
      acting: by === "system" ? { ...asSystem, actor: systemActor } : as(by),
      action,
      atMs,
      form: form(atMs),
    });
    const past = ({ atMs, demand, next }: PastDemand): Past => ({
      acting: as(demand.agent),
      atMs,
      command: demand.intake,
      next(state: OrderState, events: readonly OrderEvent[]) {
        const deed = next(state, events);
        return deed && done(deed);
      },
    });
    return replayOrders(tx, platform, ports, mapped(pastDemands(county, fromMs, untilMs, part), past), { untilMs, onProgress });
  };
  return platform.db.transaction(replay, { pipelined: true });
};

function* mapped<From, To>(items: Iterable<From>, make: (item: From) => To): Generator<To> {
  for (const item of items) yield make(item);
}
