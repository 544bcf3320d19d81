import assert from "node:assert/strict";
import { test } from "node:test";
import { nodeLook, shortDay } from "./node-look.ts";

const zone = "Asia/Shanghai";
const node = (state: "RUNNING" | "OVERDUE" | "PAUSED" | "MET" | "MISSED" | "NONE", dueAt: string | null = null) => ({
  state,
  dueAt,
  actualAt: null,
  rounds: 1,
});

test("a day that ends at midnight is the day before, in both languages", () => {
  const midnight = "2026-03-16T16:00:00Z"; // 24:00 of the 16th in Shanghai
  assert.deepEqual([shortDay(midnight, zone, "zh", true), shortDay(midnight, zone, "en", true)], ["03-16", "16 Mar"]);
  assert.equal(shortDay(midnight, zone, "zh"), "03-17");
  assert.equal(shortDay("2026-03-16T02:00:00Z", zone, "zh", true), "03-16");
});

test("a node is red on the day it falls due, and overdue from then on, also where the page was read before", () => {
  const due = "2026-03-16T16:00:00Z";
  const at = (instant: string) => nodeLook(node("RUNNING", due), Date.parse(instant), zone);
  assert.deepEqual(["2026-03-15T10:00:00Z", "2026-03-16T01:00:00Z", "2026-03-16T16:00:00Z", "2026-03-16T16:00:01Z"].map(at), [
    "plenty",
    "red",
    "plenty",
    "overdue",
  ]);
});

test("every other state has its own shape", () => {
  const states = ["OVERDUE", "PAUSED", "MET", "MISSED", "NONE"] as const;
  assert.deepEqual(
    states.map((state) => nodeLook(node(state), 0, zone)),
    ["overdue", "suspended", "met", "missed", null],
  );
});
