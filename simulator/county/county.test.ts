import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { importFields, readImportRow } from "@bihuan/core/customer/import-row.ts";
import { roles } from "@bihuan/core/identity/roles.ts";
import { countyOf, handlingUnitOf } from "./county.ts";
import { customerFile, customersOf } from "./customers.ts";
import { organisation } from "./organisation.ts";
import { staffOf, visitors } from "./staff.ts";
import { stations } from "./stations.ts";

const customers = customersOf("test", 60_000);

describe("the county of the demonstration", () => {
  test("has what the mission names: a centre, eight stations, twelve halls, a crew in every station", () => {
    const count = (kind: string) => organisation.filter((unit) => unit.kind === kind).length;
    assert.deepEqual([count("COUNTY"), count("STATION"), count("HALL")], [1, 8, 12]);
    for (const { code } of stations)
      assert.ok(
        organisation.some(({ kind, parent }) => kind === "CREW" && parent === code),
        code,
      );
    assert.equal(new Set(organisation.map(({ code }) => code)).size, organisation.length);
  });

  test("has somebody at every post, accounts of their own, and one visitor's account of each role", () => {
    const accounts = [...staffOf("test"), ...visitors].map(({ account }) => account);
    assert.equal(new Set(accounts).size, accounts.length);
    assert.deepEqual(new Set(visitors.map(({ role }) => role)), new Set(roles));
  });

  test("is the same for the same seed, and another for another", () => {
    assert.deepEqual(customersOf("test", 60_000).at(12_345), customers.at(12_345));
    assert.notEqual(customersOf("other", 60_000).at(12_345).name, customers.at(12_345).name);
  });

  test("is not found in a database of somebody else", () =>
    assert.throws(() => countyOf({ units: new Map([["X", 1]]), staff: new Map() }), /not the county/));

  test("sends faults to a repair crew of their station and the rest to its service crew, also from places nobody knows", () => {
    const codes = new Set(organisation.map(({ code }) => code));
    for (const { code } of [...customers.areas, { code: "elsewhere" }])
      for (const fault of [true, false]) assert.ok(codes.has(handlingUnitOf(code, fault)), code);
    assert.match(handlingUnitOf("WH-G3-002", true), /^WH-G3-Q/);
    assert.equal(handlingUnitOf("WH-G3-002", false), "WH-G3-Y");
  });
});

describe("its customers", () => {
  test("stand on transformer areas without a gap", () => {
    let next = 0;
    for (const { first, count } of customers.areas) {
      assert.equal(first, next);
      next += count;
    }
    assert.equal(next, customers.count);
    assert.equal(customers.at(0).area, customers.areas[0]);
    assert.equal(customers.at(customers.count - 1).area, customers.areas.at(-1));
  });

  test("have an account number each", () =>
    assert.equal(new Set(Array.from({ length: 60_000 }, (_, index) => customers.at(index).accountNo)).size, 60_000));

  test("can all be called only on numbers that are given to nobody", () => {
    for (let index = 0; index < 2000; index++)
      for (const { phone } of customers.at(index).contacts) assert.match(phone, /^154\d{8}$/);
  });

  test("read as the importer reads a file: no row refused, no cell left out", () => {
    const lines = [...customerFile(customersOf("test", 3000), Date.UTC(2026, 2, 2))];
    const headings = (lines[0] ?? "").trimEnd().split(",");
    const fields = headings.map(
      (heading) => Object.entries(importFields).find(([, names]) => (names as readonly string[]).includes(heading))?.[0],
    );
    assert.ok(
      fields.every((field) => field !== undefined),
      headings.join(),
    );
    for (const line of lines.slice(1)) {
      const cells = line.trimEnd().split(",");
      assert.equal(cells.length, headings.length, line);
      const read = readImportRow(Object.fromEntries(fields.map((field, index) => [field, cells[index] ?? ""])));
      assert.ok("row" in read, `${line} ${JSON.stringify(read)}`);
      assert.deepEqual(read.remarks, [], line);
    }
  });

  test("are households and firms, some important, some who must not be left without supply", () => {
    const some = Array.from({ length: 20_000 }, (_, index) => customers.at(index * 3));
    const share = (holds: (one: (typeof some)[number]) => boolean) => some.filter(holds).length / some.length;
    assert.ok(share(({ category }) => category === "RESIDENT") > 0.85);
    assert.ok(share(({ voltage }) => voltage === "KV10") > 0.002);
    assert.ok(share(({ specialNeed }) => specialNeed !== null) > 0.01);
    assert.ok(some.some(({ specialNeed }) => specialNeed === "LIFE_SUPPORT"));
    assert.ok(some.some(({ importance }) => importance === "FIRST"));
  });
});
