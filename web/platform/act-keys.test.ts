import assert from "node:assert/strict";
import { test } from "node:test";
import { makeActKeys } from "./act-keys.ts";

test("an act that is sent again keeps its key; another content, or a new act, gets a new one", () => {
  let count = 0;
  const { keyFor, done } = makeActKeys(() => `key-${++count}`);
  assert.equal(keyFor({ note: "a" }), "key-1");
  assert.equal(keyFor({ note: "a" }), "key-1");
  assert.equal(keyFor({ note: "b" }), "key-2");
  done();
  assert.equal(keyFor({ note: "b" }), "key-3");
});
