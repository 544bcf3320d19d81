import assert from "node:assert/strict";
import { test } from "node:test";
import { flows } from "@bihuan/core/flows.ts";
import { inverseOf } from "./inverse.ts";

test("a merge can be taken back where the order returns to the step it came from", () => {
  assert.deepEqual(inverseOf("merge", "dispatching"), { action: "release", reason: "merge" });
  assert.equal(inverseOf("merge", "accepting"), null);
  assert.equal(inverseOf("accept", "accepting"), null);
});

test("in every flow that merges, what undoes it stands ready and asks for a reason alone", () => {
  for (const { id, actions } of flows.all) {
    if (!("merge" in actions)) continue;
    const release = actions["release"];
    assert.ok(release, id);
    assert.deepEqual(Object.keys(release.form.shape), ["reason"], id);
  }
});
