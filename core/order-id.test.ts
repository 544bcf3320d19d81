import assert from "node:assert/strict";
import { test } from "node:test";
import * as fc from "fast-check";
import { makeOrderId, parseOrderId } from "./order-id.ts";

test("an order id is read back as it was made, sorts by region and date, and fits a signed 64-bit number", () => {
  fc.assert(
    fc.property(
      fc.integer({ min: 100, max: 921 }),
      fc.date({ min: new Date("1990-01-01T00:00:00Z"), max: new Date("2099-12-31T00:00:00Z"), noInvalidDate: true }),
      fc.integer({ min: 0, max: 99_999_999 }),
      (region, date, number) => {
        const day = date.toISOString().slice(0, 10);
        const id = makeOrderId(region, day, number);
        assert.ok(BigInt(id) < 2n ** 63n);
        assert.deepEqual(parseOrderId(id), {
          regionId: region,
          intakeDate: day,
          intakeMonth: Number(day.slice(0, 7).replace("-", "")),
          number,
        });
      },
    ),
  );
});

test("texts that are no order ids are not read", () => {
  for (const text of [
    "",
    "1",
    "0012026032000000001",
    "1012026132000000001",
    "1012026030000000001",
    "10120260320000000011",
    "abc",
    "101-20260320-00000001",
  ])
    assert.equal(parseOrderId(text), null, text);
});
