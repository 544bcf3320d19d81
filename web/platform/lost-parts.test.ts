import assert from "node:assert/strict";
import { test } from "node:test";
import { meetLostPart } from "./lost-parts.ts";

const browser = (entry: string, kept = new Map<string, string>()) => {
  let reloads = 0;
  return {
    kept,
    reloads: () => reloads,
    entry,
    memory: {
      getItem: (key: string) => kept.get(key) ?? null,
      setItem: (key: string, value: string) => void kept.set(key, value),
    },
    reload: () => void reloads++,
  };
};

test("a part that is gone loads the page anew on the way to another page", () => {
  const first = browser("/assets/index-a.js");
  assert.equal(meetLostPart(first, true), true);
  assert.equal(first.reloads(), 1);
});

test("the page never loads itself anew twice for one build", () => {
  const first = browser("/assets/index-a.js");
  meetLostPart(first, true);
  const again = browser("/assets/index-a.js", first.kept);
  assert.equal(meetLostPart(again, true), false);
  assert.equal(again.reloads(), 0);
  const rebuilt = browser("/assets/index-b.js", first.kept);
  assert.equal(meetLostPart(rebuilt, true), true, "another build may be lost as well");
});

test("a part fetched ahead does not take away what somebody is filling in", () => {
  const ahead = browser("/assets/index-a.js");
  assert.equal(meetLostPart(ahead, false), false);
  assert.equal(ahead.reloads(), 0);
});
