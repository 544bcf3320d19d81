import assert from "node:assert/strict";
import { test } from "node:test";
import { stopsByTitle } from "./stops.ts";

test("a clock that several authorities set is named once, with all of them", () => {
  const handling = { zh: "处理", en: "Handling" };
  const answer = { zh: "答复客户", en: "Answer to the customer" };
  assert.deepEqual(
    stopsByTitle([
      { slot: "handling", title: handling, authority: "internal" },
      { slot: "answer", title: answer, authority: "promise" },
      { slot: "answer", title: answer, authority: "law" },
      { slot: "answer", title: answer, authority: "law" },
    ]),
    [
      { title: handling, authorities: ["internal"] },
      { title: answer, authorities: ["promise", "law"] },
    ],
  );
  assert.deepEqual(stopsByTitle([]), []);
});
