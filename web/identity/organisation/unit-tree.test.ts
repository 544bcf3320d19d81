import assert from "node:assert/strict";
import { test } from "node:test";
import type { UnitView } from "@bihuan/contract/identity-organisation.ts";
import { isWithin, matching, pathOf, unitTree } from "./unit-tree.ts";

const unit = (unitId: number, parentId: number | null, name: string): UnitView => ({
  unitId,
  code: `U${unitId}`,
  name,
  kind: "COUNTY",
  parentId,
  depth: 1,
  regionId: 100,
  zone: null,
  effectiveZone: "Asia/Shanghai",
  areaClass: null,
  effectiveAreaClass: null,
  active: true,
  version: 1,
  mayEdit: false,
});
const units = [unit(2, 1, "城东县公司"), unit(3, 2, "南庄供电所"), unit(4, 3, "抢修一班"), unit(5, 2, "营业厅")];

test("a unit whose parent is out of sight is a top", () => {
  const [top, ...others] = unitTree(units);
  assert.equal(others.length, 0);
  assert.deepEqual(
    top?.children.map((child) => child.unit.name),
    ["南庄供电所", "营业厅"],
  );
});

test("a search keeps the way down to what it found", () => {
  const [top] = matching(unitTree(units), "抢修");
  assert.deepEqual([top?.unit.unitId, top?.children[0]?.unit.unitId, top?.children[0]?.children[0]?.unit.unitId], [2, 3, 4]);
  assert.equal(matching(unitTree(units), "u5")[0]?.children.length, 1);
  assert.equal(matching(unitTree(units), "海上").length, 0);
});

test("a unit's path runs from the top", () => {
  assert.deepEqual(
    pathOf(units, 4).map(({ unitId }) => unitId),
    [2, 3, 4],
  );
  assert.ok(isWithin(units, 4, 2) && isWithin(units, 4, 4) && !isWithin(units, 5, 3));
});
