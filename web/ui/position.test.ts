import assert from "node:assert/strict";
import { test } from "node:test";
import { positionField } from "@bihuan/core/flow/form.ts";
import fc from "fast-check";
import { positionText, whyNot } from "./position.ts";

const field = positionField({ zh: "所在位置", en: "Position" });

test("a position is told in degrees with its accuracy, east before north", () => {
  assert.equal(positionText({ longitude: 118.7965271, latitude: 32.060118, accuracy: 11.6 }), "118.79653, 32.06012 ±12 m");
  assert.equal(positionText({ longitude: -0.5, latitude: -33, accuracy: 4e9 }), "-0.50000, -33.00000 ±99999 m");
});

test("wherever somebody stands, the form takes it", () => {
  const degrees = (most: number) => fc.double({ min: -most, max: most, noNaN: true });
  fc.assert(
    fc.property(degrees(180), degrees(90), fc.double({ min: 0, noNaN: true }), (longitude, latitude, accuracy) => {
      assert.ok(field.safeParse(positionText({ longitude, latitude, accuracy })).success);
    }),
  );
});

test("a browser that says no says why", () => {
  assert.deepEqual([1, 2, 3].map(whyNot), ["denied", "unavailable", "late"]);
});
