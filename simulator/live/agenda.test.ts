import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { agenda } from "./agenda.ts";

test("of one key only the last entry stands, and the earliest comes first, whatever was put and dropped before", () =>
  fc.assert(
    fc.property(
      fc.array(fc.record({ key: fc.constantFrom("a", "b", "c", "d"), atMs: fc.nat(20), drop: fc.boolean() })),
      (changes) => {
        const list = agenda<number>();
        const plain = new Map<string, number>();
        for (const [index, { key, atMs, drop }] of changes.entries()) {
          if (drop) {
            list.drop(key);
            plain.delete(key);
          } else {
            list.put({ key, atMs, what: index });
            plain.set(key, atMs);
          }
          const wanted = [...plain].sort(([a, x], [b, y]) => x - y || (a < b ? -1 : 1))[0];
          assert.deepEqual(list.first() && [list.first()?.key, list.first()?.atMs], wanted ?? null);
          assert.equal(list.size, plain.size);
        }
      },
    ),
  ));
