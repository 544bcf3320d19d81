import assert from "node:assert/strict";
import { test } from "node:test";
import { hoursText, readHours } from "./hours.ts";

test("hours are read as people write them", () => {
  const expected = [
    { from: "08:30", to: "12:00" },
    { from: "14:00", to: "17:30" },
  ];
  for (const line of ["08:30-12:00 14:00-17:30", "8:30–12:00，14:00～17:30", "08:30 至 12:00、14:00 至 17:30"])
    assert.deepEqual(readHours(line), expected);
  assert.equal(hoursText(expected), "08:30-12:00 14:00-17:30");
  assert.deepEqual(readHours("0:00-24:00"), [{ from: "00:00", to: "24:00" }]);
});

test("hours that overlap, end before they begin or cannot be read are none", () => {
  for (const line of ["", "morning", "12:00-08:00", "08:00-12:00 11:00-13:00", "08:00", "25:00-26:00", "08:00-09:00-10:00"])
    assert.equal(readHours(line), null);
});
