// Prints figures of the calendar and the clocks: run under several settings of TZ, the output must not differ by a byte.
import fc from "fast-check";
import { compileCalendar } from "../../calendar/calendar.ts";
import { chinaLayer } from "../../calendar/china.ts";
import { parseHours } from "../../calendar/definition.ts";
import {
  addCalendarDays,
  addMonths,
  addWorkingDays,
  addWorkingMinutes,
  workingDaysBetween,
} from "../../calendar/working-time.ts";
import { clockChip } from "../explaining/chip.ts";
import { explainClock } from "../explaining/explain.ts";
import { foldClocks } from "../folding/fold.ts";
import { renderExplanation } from "../explaining/render-explanation.ts";
import { clockUse } from "../explaining/use.ts";
import { anyHistory, everyKindOfRule } from "./histories.ts";
import { contextOf, rulebookOf, shanghai } from "./samples.ts";

const lines: string[] = [];
const print = (line: string): void => void lines.push(line);

const calendar = compileCalendar([chinaLayer(parseHours("08:30-12:00,14:00-17:30") ?? [])]);
const newYork = compileCalendar([
  chinaLayer(parseHours("09:00-17:00") ?? []),
  { key: "ny", title: { zh: "纽约", en: "New York" }, zone: "America/New_York", dates: [] },
]);
const from = shanghai("2023-01-01 00:00");
for (let index = 0; index < 2000; index++) {
  const startMs = from + index * 37 * 3_600_000 + index * 61_000;
  const n = 1 + (index % 30);
  for (const one of [calendar, newYork]) {
    const dues = [addWorkingDays, addCalendarDays, addMonths, addWorkingMinutes].map((add) => add(one, startMs, n));
    print([startMs, n, ...dues, workingDaysBetween(one, startMs, dues[1] as number)].join(" "));
  }
}
const book = rulebookOf(everyKindOfRule);
for (const signals of fc.sample(anyHistory, { seed: 20240304, numRuns: 100 }))
  for (const clock of foldClocks(contextOf(book), signals)) {
    const use = clockUse(clock, book, clock.startedAtMs + 90_000_000);
    const chip = clockChip({ clock, nowMs: clock.startedAtMs + 90_000_000, use, zone: book.zone });
    print(JSON.stringify({ clock, use, chip, lines: renderExplanation(explainClock(clock, book), "zh") }));
  }
process.stdout.write(`${lines.join("\n")}\n`);
