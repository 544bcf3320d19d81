import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { stripKind, stripPieces } from "./span-strip.ts";

const at = (minute: number): string => new Date(minute * 60_000).toISOString();
const span = (from: number, to: number, reason = "counted") => ({
  from: at(from),
  to: at(to),
  counted: reason === "counted",
  reason,
});

test("pieces follow the wall clock, and now stands where it is", () => {
  const { pieces, now } = stripPieces([span(0, 60), span(60, 180, "outside-hours"), span(180, 240)], 120 * 60_000);
  assert.deepEqual(
    pieces.map(({ left, width, kind }) => [left, width, kind]),
    [
      [0, 0.25, "counted"],
      [0.25, 0.5, "night"],
      [0.75, 0.25, "counted"],
    ],
  );
  assert.equal(now, 0.5);
  assert.equal(stripPieces([span(0, 60)], 61 * 60_000).now, null);
});

test("every reason has a look", () => {
  const kinds = [
    "weekend",
    "holiday",
    "rolled-over",
    "suspended",
    "outside-hours",
    "after-hours",
    "first-day",
    "last-day",
    "extended",
    "overdue",
  ].map((reason) => stripKind({ counted: false, reason }));
  assert.deepEqual(kinds, [
    "holiday",
    "holiday",
    "holiday",
    "suspended",
    "night",
    "night",
    "other",
    "other",
    "extended",
    "overdue",
  ]);
});

test("however long the spans are, the pieces fill the strip exactly and each can be seen", () => {
  fc.assert(
    fc.property(fc.array(fc.integer({ min: 1, max: 100_000 }), { minLength: 1, maxLength: 60 }), (lengths) => {
      let minute = 0;
      const spans = lengths.map((length) => span(minute, (minute += length)));
      const { pieces } = stripPieces(spans, -1);
      const last = pieces.at(-1);
      assert.ok(last && Math.abs(last.left + last.width - 1) < 1e-9);
      assert.ok(pieces.every(({ width }) => width >= Math.min(0.012, 1 / spans.length) - 1e-9));
    }),
    { seed: 7 },
  );
});
