import assert from "node:assert/strict";
import { test } from "node:test";
import { talkText } from "./talk-text.ts";

test("talking time reads as on a telephone", () => {
  const cases: readonly [spanMs: number, text: string][] = [
    [0, "00:00"],
    [-3_000, "00:00"],
    [999, "00:00"],
    [161_000, "02:41"],
    [3_599_999, "59:59"],
    [3_761_000, "1:02:41"],
  ];
  for (const [spanMs, text] of cases) assert.equal(talkText(spanMs), text);
});
