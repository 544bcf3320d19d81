import assert from "node:assert/strict";
import { test } from "node:test";
import { localNowMs, measureOffset, noteServerDate, nowMs } from "./time.ts";

test("the server's time is taken in the middle of the request and of the second", () => {
  assert.deepEqual(measureOffset(1_000, 1_200, 61_000), { offsetMs: 60_400, uncertaintyMs: 600 });
});

test("a desk whose clock is wrong counts by the server's time, and a later correction of the server is followed", () => {
  const asked = localNowMs();
  noteServerDate(asked, asked + 20, new Date(asked + 600_000).toUTCString());
  assert.ok(Math.abs(nowMs() - localNowMs() - 600_000) < 1_100);
  noteServerDate(asked, asked + 4_000, new Date(asked + 601_000).toUTCString());
  assert.ok(Math.abs(nowMs() - localNowMs() - 600_000) < 1_100, "a slower answer does not replace a surer one");
  noteServerDate(asked, asked + 20, new Date(asked).toUTCString());
  assert.equal(nowMs() - localNowMs(), 0);
  noteServerDate(asked, asked + 20, null);
  noteServerDate(asked, asked + 20, "yesterday");
  assert.equal(nowMs() - localNowMs(), 0);
});
