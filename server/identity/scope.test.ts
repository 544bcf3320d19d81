import assert from "node:assert/strict";
import { test } from "node:test";
import { roles } from "@bihuan/core/identity/roles.ts";
import { can, type Scope } from "@bihuan/core/identity/scope.ts";
import fc from "fast-check";
import { raw, sql } from "../platform/sql.ts";
import { testDatabase } from "../platform/testing/database.ts";
import { testPlatform } from "../platform/testing/server.ts";
import { manualTime } from "../platform/time.ts";
import { loadTree } from "./organisation/tree.ts";
import { regionsWithin, unitsWithin, unitWithin } from "./scope.ts";
import { testUnits } from "./testing/people.ts";

const db = await testDatabase();
await testUnits(testPlatform(db, manualTime("2026-03-02T00:00:00Z")));

test("property: the rows a scope's SQL lets through are those of the units it reaches, by depth columns, by unit and by region", async () => {
  const tree = await loadTree(db);
  // One row a unit, with the unit's ancestors by depth, as order rows have them.
  const values = tree.units.map(({ unitId, regionId }) => {
    const columns = [1, 2, 3, 4, 5, 6].map((depth) => tree.path(unitId)[depth - 1] ?? "null");
    return `(${unitId}, ${regionId}, ${columns.join(", ")})`;
  });
  await db.run(
    sql`create table thing (unit_id int, region_id smallint, unit1 int, unit2 int, unit3 int, unit4 int, unit5 int, unit6 int)`,
  );
  await db.run(sql`insert into thing values ${raw(values.join(", "))}`);
  const unitIds = tree.units.map((unit) => unit.unitId);
  await fc.assert(
    fc.asyncProperty(
      fc.array(fc.record({ role: fc.constantFrom(...roles), unitId: fc.constantFrom(...unitIds) }), { maxLength: 5 }),
      fc.constantFrom("order.read", "order.export", "staff.read"),
      async (grants, permission) => {
        const scope: Scope = { principal: { kind: "staff", id: 1, name: "王芳" }, homeUnitId: 1, grants };
        const expected = unitIds.filter((id) => can(scope, tree, permission, id)).sort((a, b) => a - b);
        const found = async (condition: ReturnType<typeof sql>) =>
          (await db.rows<{ id: number }>(sql`select unit_id as id from thing t where ${condition} order by 1`)).map(
            (row) => row.id,
          );
        const byDepth = unitsWithin(scope, tree, permission, (depth) => raw(`t.unit${depth}`));
        assert.deepEqual(await found(byDepth), expected);
        assert.deepEqual(await found(unitWithin(scope, tree, permission, sql`t.unit_id`)), expected);
        assert.deepEqual(await found(sql`${regionsWithin(scope, tree, permission, sql`t.region_id`)} and ${byDepth}`), expected);
      },
    ),
    { numRuns: 60 },
  );
});
