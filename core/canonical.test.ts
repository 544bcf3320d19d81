import assert from "node:assert/strict";
import { test } from "node:test";
import * as fc from "fast-check";
import { canonicalJson } from "./canonical.ts";

const shuffled = (value: unknown): unknown => {
  if (Array.isArray(value)) return value.map(shuffled);
  if (value === null || typeof value !== "object") return value;
  return Object.fromEntries(
    Object.entries(value)
      .toReversed()
      .map(([key, entry]) => [key, shuffled(entry)]),
  );
};

test("equal values give equal text, in whatever order their keys were written", () => {
  fc.assert(fc.property(fc.jsonValue(), (value) => assert.equal(canonicalJson(shuffled(value)), canonicalJson(value))));
});

test("the text means the value, so different values give different text", () => {
  fc.assert(
    fc.property(fc.jsonValue(), (value) => assert.deepEqual(JSON.parse(canonicalJson(value)), JSON.parse(JSON.stringify(value)))),
  );
});

test("what is undefined is not there, in a list it is null", () => {
  assert.equal(canonicalJson({ b: 1, a: undefined }), '{"b":1}');
  assert.equal(canonicalJson([undefined]), "[null]");
  assert.equal(canonicalJson(undefined), "null");
});
