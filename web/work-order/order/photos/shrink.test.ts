import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { attempts, enoughBytes, fitWithin, photoName, smallEnough } from "./shrink.ts";

test("a photograph keeps its shape, is never enlarged, and fits", () => {
  const cases: [number, number, number, { width: number; height: number }][] = [
    [4032, 3024, 2048, { width: 2048, height: 1536 }],
    [3024, 4032, 2048, { width: 1536, height: 2048 }],
    [800, 600, 2048, { width: 800, height: 600 }],
    [10_000, 3, 1024, { width: 1024, height: 1 }],
  ];
  for (const [width, height, longest, expected] of cases) assert.deepEqual(fitWithin({ width, height }, longest), expected);
  const edge = fc.integer({ min: 1, max: 20_000 });
  fc.assert(
    fc.property(edge, edge, (width, height) => {
      const fitted = fitWithin({ width, height }, 2048);
      assert.ok(fitted.width <= Math.min(width, 2048) && fitted.height <= Math.min(height, 2048));
      assert.ok(fitted.width >= 1 && fitted.height >= 1);
    }),
  );
});

const drawnWith = (bytes: readonly (number | null)[]) => {
  const asked: number[] = [];
  const draw = async (_: unknown, quality: number): Promise<Blob | null> => {
    const size = bytes[asked.push(quality) - 1];
    return size === null || size === undefined ? null : new Blob([new Uint8Array(size)]);
  };
  return { draw, asked };
};
const size = { width: 4032, height: 3024 };

test("the first that is small enough is taken; where none is, the smallest", async () => {
  const second = drawnWith([enoughBytes + 1, enoughBytes, 10]);
  assert.equal((await smallEnough(size, second.draw))?.size, enoughBytes);
  assert.equal(second.asked.length, 2);
  const none = drawnWith([enoughBytes + 4, enoughBytes + 2, enoughBytes + 3, enoughBytes + 9]);
  assert.equal((await smallEnough(size, none.draw))?.size, enoughBytes + 2);
  assert.equal(none.asked.length, attempts.length);
});

test("what cannot be drawn stays as it came", async () => {
  assert.equal(await smallEnough(size, drawnWith([null, null, null, null]).draw), null);
});

test("the name says what it is and when it was taken", () => {
  assert.equal(photoName("照片", "2026-06-12 09:34:55", 2, "jpg"), "照片-20260612-093455-2.jpg");
});
