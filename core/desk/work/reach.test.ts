import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { organisationTree, type UnitKind } from "../../identity/organisation.ts";
import type { Role } from "../../identity/roles.ts";
import { nearestStaffed, type Staffing, stoodInFor, unitsServed } from "./reach.ts";

// province 1 → county 2 → hall 21, station 22 → crew 221; county 3 → hall 31.
const parents = [
  [1, null],
  [2, 1],
  [21, 2],
  [22, 2],
  [221, 22],
  [3, 1],
  [31, 3],
] as const;
const tree = organisationTree(
  parents.map(([unitId, parentId]) => ({
    unitId,
    code: `U${unitId}`,
    name: `U${unitId}`,
    kind: (parentId === null ? "PROVINCE" : "COUNTY") as UnitKind,
    parentId,
    regionId: 101,
    zone: null,
    areaClass: null,
    active: true,
    version: 1,
  })),
);
const staffed = (...held: [Role, number, ...number[]][]): Staffing =>
  new Map(
    [...Map.groupBy(held, ([role]) => role)].map(([role, own]) => [
      role,
      new Map(own.map(([, unitId, ...staff]) => [unitId, staff.length > 0 ? staff : [unitId]])),
    ]),
  );

describe("whose work a task is", () => {
  const staffing = staffed(["REVIEWER", 21], ["MANAGER", 2], ["MANAGER", 1], ["HANDLER", 22]);

  test("a reviewer has the replies of the unit the role is held at", () => {
    assert.deepEqual(unitsServed(tree, staffing, "review", [{ role: "REVIEWER", unitId: 21 }]), [21]);
  });

  test("the level above has what lies below it, but for units with people of their own", () => {
    assert.deepEqual(unitsServed(tree, staffing, "review", [{ role: "MANAGER", unitId: 2 }]), [2, 22, 221]);
    assert.deepEqual(unitsServed(tree, staffing, "review", [{ role: "MANAGER", unitId: 1 }]), [1, 3, 31]);
  });

  test("two roles of one person at two levels count once each unit", () => {
    const both = [
      { role: "MANAGER", unitId: 1 },
      { role: "REVIEWER", unitId: 21 },
    ] as const;
    assert.deepEqual(unitsServed(tree, staffing, "review", both), [1, 21, 3, 31]);
  });

  test("a role that does not do it has none of it", () => {
    assert.deepEqual(unitsServed(tree, staffing, "callback", [{ role: "MANAGER", unitId: 1 }]), []);
  });

  test("the nearest above does it; where no level has anybody, that is said", () => {
    assert.equal(nearestStaffed(tree, staffing, "review", 221), 2);
    assert.equal(nearestStaffed(tree, staffing, "review", 21), 21);
    assert.equal(nearestStaffed(tree, staffing, "callback", 21), null);
  });

  test("every unit's tasks are the work of exactly those at the nearest staffed level", () => {
    const levels = [
      [21, "REVIEWER"],
      [2, "MANAGER"],
      [1, "MANAGER"],
    ] as const;
    for (const [unitId] of parents) {
      const nearest = nearestStaffed(tree, staffing, "review", unitId);
      const serving = levels.filter(([at, role]) =>
        unitsServed(tree, staffing, "review", [{ role, unitId: at }]).includes(unitId),
      );
      assert.deepEqual(
        serving.map(([at]) => at),
        nearest === null ? [] : [nearest],
      );
    }
  });
});

describe("who steps in where the few at a level have all worked on the order", () => {
  const manager = [{ role: "MANAGER", unitId: 2 }] as const;
  test("the next level above, for what that level serves", () => {
    const staffing = staffed(["REVIEWER", 22, 7, 8], ["MANAGER", 2], ["MANAGER", 1]);
    assert.deepEqual(stoodInFor(tree, staffing, "review", manager), [{ units: [22, 221], staff: [7, 8] }]);
    assert.deepEqual(stoodInFor(tree, staffing, "review", [{ role: "MANAGER", unitId: 1 }]), [{ units: [2, 21], staff: [2] }]);
  });
  test("not where there are more: one of them has not", () => {
    assert.deepEqual(stoodInFor(tree, staffed(["REVIEWER", 22, 6, 7, 8, 9], ["MANAGER", 2]), "review", manager), []);
  });
  test("nor for those who hold the role there themselves", () => {
    const both = [...manager, { role: "REVIEWER", unitId: 22 }] as const;
    assert.deepEqual(stoodInFor(tree, staffed(["REVIEWER", 22, 7], ["MANAGER", 2]), "review", both), []);
  });
});
