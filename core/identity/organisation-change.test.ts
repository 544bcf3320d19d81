import assert from "node:assert/strict";
import { test } from "node:test";
import {
  createRefusal,
  deactivateRefusal,
  isZone,
  kindRefusal,
  mayStandBelow,
  moveRefusal,
  regionOfNew,
} from "./organisation-change.ts";
import { organisationTree, type Unit, type UnitKind, unitKinds } from "./organisation.ts";

const unit = (unitId: number, parentId: number | null, kind: UnitKind, regionId: number, active = true): Unit => ({
  unitId,
  code: `U${unitId}`,
  name: `单位${unitId}`,
  kind,
  parentId,
  regionId,
  zone: null,
  areaClass: null,
  active,
  version: 1,
});
// 1 province ─ 2 city 101 ─ 4 county ─ 5 station ─ 6 crew; 7 department of the city ─ 8 crew; 3 city 102 ─ 9 county (inactive)
const tree = organisationTree([
  unit(1, null, "PROVINCE", 100),
  unit(2, 1, "CITY", 101),
  unit(3, 1, "CITY", 102),
  unit(4, 2, "COUNTY", 101),
  unit(5, 4, "STATION", 101),
  unit(6, 5, "CREW", 101),
  unit(7, 2, "DEPARTMENT", 101),
  unit(8, 7, "CREW", 101),
  unit(9, 3, "COUNTY", 102, false),
]);
const code = (refusal: { refused: string } | null) => refusal?.refused ?? null;

test("kinds stand below each other in the order of the organisation, departments beside it", () => {
  const below = Object.fromEntries(
    unitKinds.map((parent) => [parent, unitKinds.filter((kind) => mayStandBelow(kind, parent)).join(" ")]),
  );
  assert.deepEqual(below, {
    PROVINCE: "CITY COUNTY STATION HALL CREW DEPARTMENT",
    CITY: "COUNTY STATION HALL CREW DEPARTMENT",
    COUNTY: "STATION HALL CREW DEPARTMENT",
    STATION: "HALL CREW DEPARTMENT",
    HALL: "",
    CREW: "",
    DEPARTMENT: "STATION HALL CREW DEPARTMENT",
  });
});

test("a unit is created below an active parent it fits under, with a free code", () => {
  assert.equal(createRefusal(tree, { code: "NEW", kind: "STATION", parentId: 4 }), null);
  assert.equal(code(createRefusal(tree, { code: "U5", kind: "STATION", parentId: 4 })), "identity.unit-code-taken");
  assert.equal(code(createRefusal(tree, { code: "NEW", kind: "CITY", parentId: 4 })), "identity.unit-kind-order");
  assert.equal(code(createRefusal(tree, { code: "NEW", kind: "STATION", parentId: 9 })), "identity.unit-unknown");
  assert.equal(code(createRefusal(tree, { code: "NEW", kind: "STATION", parentId: 404 })), "identity.unit-unknown");
});

test("the organisation has at most six levels", () => {
  const deep = organisationTree([
    unit(1, null, "PROVINCE", 100),
    ...[2, 3, 4, 5, 6].map((id) => unit(id, id - 1, "DEPARTMENT", 100)),
    unit(7, 1, "DEPARTMENT", 100),
  ]);
  assert.equal(code(createRefusal(deep, { code: "NEW", kind: "DEPARTMENT", parentId: 6 })), "identity.unit-too-deep");
  assert.equal(code(moveRefusal(deep, 2, 7)), "identity.unit-too-deep");
});

test("a moved unit keeps its region, fits below its parent and never stands below itself", () => {
  assert.equal(moveRefusal(tree, 5, 7), null);
  assert.equal(code(moveRefusal(tree, 4, 3)), "identity.unit-region-fixed");
  assert.equal(code(moveRefusal(tree, 4, 1)), "identity.unit-region-fixed");
  assert.equal(code(moveRefusal(tree, 4, 5)), "identity.unit-cycle");
  assert.equal(code(moveRefusal(tree, 4, 4)), "identity.unit-cycle");
  assert.equal(code(moveRefusal(tree, 4, 7)), "identity.unit-kind-order");
  assert.equal(code(moveRefusal(tree, 1, 2)), "identity.unit-root-fixed");
  assert.equal(code(moveRefusal(tree, 5, 9)), "identity.unit-unknown");
});

test("a unit with active units or people stays active, and so does the root", () => {
  assert.equal(deactivateRefusal(tree, 6, 0), null);
  assert.equal(deactivateRefusal(tree, 3, 0), null, "its only unit is inactive");
  assert.deepEqual(deactivateRefusal(tree, 5, 2)?.facts, { units: 1, staff: 2 });
  assert.equal(code(deactivateRefusal(tree, 1, 0)), "identity.unit-root-fixed");
});

test("a new city gets a region of its own, every other unit that of its parent", () => {
  assert.equal(regionOfNew(tree, { kind: "CITY", parentId: 1 }), 103);
  assert.equal(regionOfNew(tree, { kind: "CITY", parentId: 1, regionId: 571 }), 571);
  assert.deepEqual(regionOfNew(tree, { kind: "CITY", parentId: 1, regionId: 102 }), {
    refused: "identity.unit-region-taken",
    facts: { region: 102 },
  });
  assert.equal(regionOfNew(tree, { kind: "COUNTY", parentId: 3 }), 102);
  assert.equal(regionOfNew(tree, { kind: "DEPARTMENT", parentId: 1 }), 100);
});

test("time zones are IANA names, never offsets", () => {
  assert.deepEqual(["Asia/Shanghai", "UTC", "+08:00", "Asia/Nowhere", "", "Asia/Shanghai; drop"].map(isZone), [
    true,
    true,
    false,
    false,
    false,
    false,
  ]);
});

test("a unit changes its kind where what stands above and below still fits, a city below the root never", () => {
  const small = organisationTree([unit(1, null, "CITY", 100), unit(2, 1, "STATION", 100)]);
  assert.equal(kindRefusal(small, 1, "COUNTY"), null);
  assert.equal(kindRefusal(small, 1, "PROVINCE"), null);
  assert.equal(kindRefusal(small, 2, "HALL"), null);
  assert.equal(code(kindRefusal(small, 1, "CREW")), "identity.unit-kind-order");
  assert.equal(code(kindRefusal(tree, 1, "CITY")), "identity.unit-kind-order", "cities stand below it");
  assert.equal(code(kindRefusal(tree, 4, "CITY")), "identity.unit-kind-order");
  assert.equal(code(kindRefusal(tree, 2, "COUNTY")), "identity.unit-kind-order", "a county stands below it");
  assert.equal(code(kindRefusal(tree, 9, "CITY")), "identity.unit-kind-order");
  assert.equal(
    code(kindRefusal(organisationTree([unit(1, null, "PROVINCE", 100), unit(2, 1, "CITY", 101)]), 2, "COUNTY")),
    "identity.unit-region-fixed",
  );
  assert.equal(kindRefusal(tree, 5, "STATION"), null, "the same kind");
});
