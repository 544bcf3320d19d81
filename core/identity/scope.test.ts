import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { type OrganisationTree, organisationTree, type Unit, type UnitKind } from "./organisation.ts";
import { permissions } from "./permissions.ts";
import { administratorRoles, type Role, roleDefinitions, roleMay, roles, separationRefusal } from "./roles.ts";
import { can, canSomewhere, nodesFor, regionsReached, rolesAt, type Scope, unitsReach } from "./scope.ts";

const unit = (unitId: number, parentId: number | null, kind: UnitKind, regionId = 100, more: Partial<Unit> = {}): Unit => ({
  unitId,
  code: `U${String(unitId).padStart(4, "0")}`,
  name: `单位${unitId}`,
  kind,
  parentId,
  regionId,
  zone: null,
  areaClass: null,
  active: true,
  version: 1,
  ...more,
});

// province 1 → cities 2 (region 101), 3 (region 102) → county 4 in city 2 → station 5 → crew 6
const tree = organisationTree([
  unit(6, 5, "CREW", 101),
  unit(1, null, "PROVINCE", 100, { zone: "Asia/Urumqi", areaClass: "URBAN" }),
  unit(2, 1, "CITY", 101),
  unit(3, 1, "CITY", 102),
  unit(4, 2, "COUNTY", 101, { areaClass: "RURAL" }),
  unit(5, 4, "STATION", 101, { zone: "Asia/Shanghai" }),
]);
const scope = (...grants: [Role, number][]): Scope => ({
  principal: { kind: "staff", id: 7, name: "王芳" },
  homeUnitId: 2,
  grants: grants.map(([role, unitId]) => ({ role, unitId })),
});

test("the tree knows ancestors, paths, depths and subtrees", () => {
  assert.deepEqual(tree.ancestors(6), [6, 5, 4, 2, 1]);
  assert.deepEqual(tree.path(5), [1, 2, 4, 5]);
  assert.equal(tree.depthOf(1), 1);
  assert.deepEqual(tree.descendants(4), [4, 5, 6]);
  assert.deepEqual(
    tree.units.map((each) => each.unitId),
    [1, 2, 4, 5, 6, 3],
  );
  assert.deepEqual(tree.regionsWithin(1), [100, 101, 102]);
  assert.equal(tree.isWithin(6, 3), false);
  assert.equal(tree.isWithin(99, 1), false);
  assert.equal(tree.isWithin(1, 99), false);
});

test("zone and area class come from the nearest unit that sets them", () => {
  assert.equal(tree.zoneOf(3), "Asia/Urumqi");
  assert.equal(tree.zoneOf(6), "Asia/Shanghai");
  assert.equal(tree.areaClassOf(6), "RURAL");
  assert.equal(tree.areaClassOf(3), "URBAN");
  assert.equal(organisationTree([unit(1, null, "COUNTY")]).zoneOf(1), "Asia/Shanghai");
});

test("a tree with two roots, a missing parent or a cycle is not a tree", () => {
  assert.throws(() => organisationTree([unit(1, null, "CITY"), unit(2, null, "CITY")]), /2 roots/);
  assert.throws(() => organisationTree([unit(1, null, "CITY"), unit(2, 9, "COUNTY")]), /parent 9/);
  assert.throws(() => organisationTree([unit(1, null, "CITY"), unit(2, 3, "COUNTY"), unit(3, 2, "COUNTY")]), /cycle/);
});

test("a role reaches its unit and what is below, never beside or above", () => {
  const handler = scope(["HANDLER", 4]);
  const reach = Object.fromEntries([1, 2, 3, 4, 5, 6].map((id) => [id, can(handler, tree, "order.act", id)]));
  assert.deepEqual(reach, { 1: false, 2: false, 3: false, 4: true, 5: true, 6: true });
  assert.equal(can(handler, tree, "order.export", 4), false);
  assert.equal(canSomewhere(handler, "order.act"), true);
  assert.deepEqual([...rolesAt(scope(["HANDLER", 4], ["MANAGER", 1]), tree, 3)], ["MANAGER"]);
  assert.deepEqual(regionsReached(handler, tree, "order.act"), [101]);
});

test("nodes that lie within another node are left out", () => {
  assert.deepEqual(nodesFor(scope(["HANDLER", 6], ["REVIEWER", 4], ["AGENT", 3]), tree, "order.read"), [4, 3]);
  assert.deepEqual(nodesFor(scope(["HANDLER", 404]), tree, "order.read"), []);
});

test("an administrator sees no business data, and no business role administers", () => {
  const business = [
    "order.read",
    "order.intake",
    "order.act",
    "order.export",
    "customer.read",
    "customer.edit",
    "personal-data.unmask",
    "report.read",
  ] as const;
  const administration = [
    "organisation.edit",
    "staff.edit",
    "role.grant",
    "password.issue",
    "account.unlock",
    "session.revoke",
    "api-key.manage",
    "access-log.read",
  ] as const;
  for (const role of roles) {
    const administers = (administratorRoles as readonly Role[]).includes(role);
    for (const permission of administers ? business : administration)
      assert.equal(roleMay(role, permission), false, `${role} must not hold ${permission}`);
  }
});

test("what lets people in, what makes them exist and what watches both lies in three hands", () => {
  for (const permission of [
    "organisation.edit",
    "staff.edit",
    "role.grant",
    "password.issue",
    "api-key.manage",
    "access-log.read",
  ] as const)
    assert.equal(administratorRoles.filter((role) => roleMay(role, permission)).length, 1, permission);
});

test("every permission is held by some role, and no role lists one twice", () => {
  for (const permission of permissions)
    assert.ok(
      roles.some((role) => roleMay(role, permission)),
      permission,
    );
  for (const role of roles)
    assert.equal(new Set(roleDefinitions[role].permissions).size, roleDefinitions[role].permissions.length);
});

test("nobody holds two administrators' roles, nor one beside a business role", () => {
  assert.equal(separationRefusal(["HANDLER", "AGENT"], "MANAGER"), null);
  assert.equal(separationRefusal(["SECURITY_ADMIN"], "SECURITY_ADMIN"), null);
  assert.equal(separationRefusal(["SECURITY_ADMIN"], "AUDIT_ADMIN")?.refused, "identity.roles-must-be-separate");
  assert.equal(separationRefusal(["SYSTEM_ADMIN"], "HANDLER")?.refused, "identity.roles-must-be-separate");
  assert.equal(separationRefusal(["ANALYST"], "SYSTEM_ADMIN")?.refused, "identity.roles-must-be-separate");
});

// A random tree: unit n hangs below one of the units before it.
const trees = fc
  .array(fc.nat(), { minLength: 1, maxLength: 40 })
  .map(
    (parents): OrganisationTree =>
      organisationTree([
        unit(1, null, "PROVINCE"),
        ...parents.map((pick, index) => unit(index + 2, (pick % (index + 1)) + 1, "DEPARTMENT")),
      ]),
  );

test("property: within, ancestors and descendants tell the same story", () => {
  fc.assert(
    fc.property(trees, fc.nat(), fc.nat(), (random, a, b) => {
      const one = (a % random.size) + 1;
      const other = (b % random.size) + 1;
      const within = random.isWithin(one, other);
      assert.equal(random.ancestors(one).includes(other), within);
      assert.equal(random.descendants(other).includes(one), within);
      assert.equal(random.path(one)[random.depthOf(other) - 1] === other, within, "the subtree filter by depth column");
    }),
  );
});

test("property: the units reached are exactly those where the permission may be used, each once", () => {
  fc.assert(
    fc.property(trees, fc.array(fc.tuple(fc.constantFrom(...roles), fc.nat()), { maxLength: 6 }), (random, picks) => {
      const held = scope(...picks.map(([role, at]): [Role, number] => [role, (at % random.size) + 1]));
      for (const permission of ["order.read", "order.export", "role.grant"] as const) {
        const reached = unitsReach(held, random, permission);
        const allowed = random.units.map((each) => each.unitId).filter((id) => can(held, random, permission, id));
        assert.deepEqual(reached, allowed);
      }
    }),
  );
});
