// Folding and explaining a clock of 50 events; beside reading those events from JSON, which no way around it could leave out.
import { explainClock } from "@bihuan/core/clock/explaining/explain.ts";
import { foldClocks } from "@bihuan/core/clock/folding/fold.ts";
import { everyKindOfRule } from "@bihuan/core/clock/testing/histories.ts";
import { contextOf, history, resume, rulebookOf, type Step, suspend } from "@bihuan/core/clock/testing/samples.ts";
import type { ClockSignal } from "@bihuan/core/clock/types.ts";
import type { Bench, Row } from "./row.ts";

const TARGET_US = 50;
const BATCH = 500;
const ROUNDS = 60;

// Three weeks of one order: dispatched, returned, suspended five times, consulted, corrected, extended, relabelled, answered.
function fiftyEvents(): readonly ClockSignal[] {
  const day = (number: number): string => `2024-03-${String(number).padStart(2, "0")}`;
  const steps: Step[] = [["intake", "2024-03-04 10:00"]];
  for (const [index, date] of [5, 6, 7, 8, 11].entries())
    steps.push(
      ["dispatch", `${day(date)} 08:40`],
      ["return", `${day(date)} 09:00`],
      ["dispatch", `${day(date)} 09:20`],
      ["consult", `${day(date)} 09:30`, { subject: String(index) }],
      ["suspend", `${day(date)} 10:00`, suspend(index % 2 === 0 ? "CUSTOMER" : "WEATHER")],
      ["note", `${day(date)} 11:00`],
      ["resume", `${day(date)} 14:30`, resume],
      ["answer-consultation", `${day(date)} 16:00`, { subject: String(index) }],
    );
  steps.push(
    ["correct", `${day(12)} 09:00`, { facts: { areaClass: "RURAL" } }],
    ["arrive", `${day(12)} 10:00`],
    ["request", `${day(12)} 10:30`],
    ["decide", `${day(12)} 11:00`],
    ["extend", `${day(12)} 11:00`, { extend: { dueAtMs: Date.parse("2024-03-26T00:00:00+08:00") } }],
    ["note", `${day(13)} 09:00`],
    ["restore", `${day(13)} 10:00`],
    ["note", `${day(14)} 09:00`],
    ["reply", `${day(20)} 10:00`],
  );
  return history(...steps);
}

/** Microseconds of one run in the fastest of many batches: on a shared machine the slower ones measure the neighbours. */
function microseconds(run: () => void): number {
  let fastest = Number.POSITIVE_INFINITY;
  for (let round = 0; round < ROUNDS; round++) {
    const startedAt = performance.now();
    for (let index = 0; index < BATCH; index++) run();
    fastest = Math.min(fastest, ((performance.now() - startedAt) * 1000) / BATCH);
  }
  return fastest;
}

async function run(): Promise<readonly Row[]> {
  const book = rulebookOf(everyKindOfRule);
  const context = contextOf(book);
  const signals = fiftyEvents();
  if (signals.length !== 50) throw new Error(`the history has ${signals.length} events, not 50`);
  const json = JSON.stringify(signals);
  const clocks = foldClocks(context, signals).length;
  const floor = microseconds(() => void JSON.parse(json));
  const value = microseconds(() => {
    const clock = foldClocks(context, signals).find(({ slot, authority }) => slot === "processing" && authority === "promise");
    if (clock === undefined || explainClock(clock, book).spans.length === 0) throw new Error("nothing was explained");
  });
  return [
    {
      name: `fold 50 events into ${clocks} clocks and explain one`,
      value,
      unit: "µs",
      floor,
      ratio: value / floor,
      target: TARGET_US,
      met: value <= TARGET_US,
    },
  ];
}

export default {
  name: "clock-fold",
  summary: { zh: "由 50 个事件推出时限并说明", en: "Fold and explain a clock of 50 events" },
  run,
} satisfies Bench;
