// A small utility in a test database: the organisation and people of core/flow/testing/world.ts, and commands issued as them.
import type { Rulebook } from "@bihuan/core/clock/rules/rulebook.ts";
import { intakeForm, type Person, people, rulebook, units } from "@bihuan/core/flow/testing/world.ts";
import type { Role } from "@bihuan/core/identity/roles.ts";
import type { Scope } from "@bihuan/core/identity/scope.ts";
import { isRefusal } from "@bihuan/core/refusal.ts";
import { currentTree, forgetTree } from "../../identity/organisation/tree.ts";
import type { Database } from "../../platform/database.ts";
import type { Platform } from "../../platform/platform.ts";
import { sql } from "../../platform/sql.ts";
import { testPlatform } from "../../platform/testing/server.ts";
import { manualTime } from "../../platform/time.ts";
import { actOnOrder } from "../commands/act.ts";
import { ensureMonths, monthsAround } from "../store/months.ts";
import { createIntake } from "../commands/take-in.ts";
import { actingAs, type OrderPorts } from "../world.ts";

export const REGION = 101;

/** The units of the core's test world, and one person per role, in the database. */
export async function seedOrganisation(db: Database): Promise<void> {
  await db.run(sql`update unit set name = '测试省公司', placeholder = false where parent_id is null`);
  const rows: [number, string, string, number][] = [
    [units.city, "测试市公司", "CITY", units.province],
    [units.centre, "客户服务中心", "DEPARTMENT", units.city],
    [units.station, "城东供电所", "STATION", units.city],
    [units.otherStation, "城西供电所", "STATION", units.city],
    [units.crew, "抢修一班", "CREW", units.station],
  ];
  for (const [unitId, name, kind, parentId] of rows)
    await db.run(sql`
      insert into unit (unit_id, code, name, kind, parent_id, region_id, created_at, changed_at)
      values (${unitId}, ${`U${unitId}`}, ${name}, ${kind}, ${parentId}, ${REGION}, now(), now())`);
  for (const [name, person] of Object.entries(people))
    await db.run(sql`
      insert into staff (staff_id, account, name, home_unit_id, created_at, changed_at) values (${person.id}, ${name}, ${name}, ${person.home}, now(), now())`);
  forgetTree(db);
}

/** The scope of a person of the test world. */
export const scopeOf = (person: Person): Scope => ({
  principal: { kind: person.kind ?? "staff", id: person.id, name: String(person.id) },
  homeUnitId: person.home,
  grants: (Object.entries(person.roles) as [Role, number][]).map(([role, unitId]) => ({ role, unitId })),
});

const rulebookOf = (version: number): Rulebook => {
  if (version !== rulebook.version) throw new Error(`no rulebook ${version}`);
  return rulebook;
};

/**
 * A desk: time that stands still until moved, intake and actions as anybody, refusals thrown by their code. `instead` replaces
 * parts of the test world, such as its rules.
 */
export async function openDesk(
  db: Database,
  start = "2026-03-20T02:00:00Z",
  instead: (platform: Platform) => Partial<OrderPorts> = () => ({}),
) {
  const time = manualTime(start);
  const platform = testPlatform(db, time);
  const ports: OrderPorts = {
    tree: () => currentTree(platform),
    currentRulebook: async () => rulebook,
    rulebooks: async () => rulebookOf,
    // Whoever is named is there, and nothing is known of him.
    customersForIntake: async (_on, _tree, asked) =>
      asked.map(({ customerId }) => (customerId ? { customerId, contactName: "", phone: null, account: null } : null)),
    holdCustomers: async () => true,
    ...instead(platform),
  };
  await ensureMonths(db, monthsAround(time.nowMs(), 2));
  const intake = createIntake(platform, ports);
  const own = crypto.randomUUID(); // several desks may stand on one database
  let keys = 0;
  return {
    time,
    platform,
    ports,
    intake,
    async takeIn(
      flow = "fault-repair",
      { key = `intake-${own}-${++keys}`, subtype = null as string | null, form = {}, person = people.agent } = {},
    ) {
      const result = await intake.takeIn(actingAs(scopeOf(person)), {
        key,
        flow,
        subtype,
        deskUnitId: units.centre,
        form: { ...intakeForm, ...form },
      });
      if (isRefusal(result)) throw new Error(result.refused);
      return result;
    },
    /** Acts on what the order is now, or on a named version. */
    async act(
      person: Person,
      orderId: string,
      action: string,
      form: unknown = {},
      { version = null as number | null, key = `act-${own}-${++keys}` } = {},
    ) {
      time.advanceMs(60_000);
      const result = await actOnOrder(platform, ports, actingAs(scopeOf(person)), { orderId, action, form, version, key });
      if (isRefusal(result)) throw new Error(result.refused);
      return result;
    },
  };
}
export type Desk = Awaited<ReturnType<typeof openDesk>>;
