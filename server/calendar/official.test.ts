import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import path from "node:path";
import { test } from "node:test";
import { datasetFolderOrSkip } from "../platform/testing/datasets.ts";
import { officialYears } from "./official.ts";

const dates = officialYears.flatMap(({ off, makeUp }) => [
  ...off.map(({ date }) => `${date} off`),
  ...makeUp.map(({ date }) => `${date} work`),
]);

test("the shipped years are 2007 to 2026, each with its notice", () => {
  assert.deepEqual(
    officialYears.map(({ year }) => year),
    Array.from({ length: 20 }, (_, index) => 2007 + index),
  );
  for (const { notice } of officialYears) assert.ok(notice.urls.length > 0);
});

test("dates known from the notices", () => {
  const cases: [string, string][] = [
    ["2026-02-14", "work"], // Saturday before the Spring Festival
    ["2026-02-15", "off"],
    ["2026-10-07", "off"],
    ["2026-10-10", "work"],
    ["2018-12-29", "work"], // in the notice of 2019
    ["2020-02-01", "off"], // a make-up day until the holiday was prolonged
    ["2026-03-04", ""],
    ["2015-09-03", "off"],
  ];
  for (const [date, state] of cases)
    assert.deepEqual(
      dates.filter((entry) => entry.startsWith(date)),
      state ? [`${date} ${state}`] : [],
      date,
    );
});

test("every date equals the published list of all notices", async (context) => {
  const folder = datasetFolderOrSkip(context);
  if (!folder) return;
  const csv = await readFile(path.join(folder, "china/holiday-calendar-2007-2026.csv"), "utf8");
  const listed = csv
    .trim()
    .split("\n")
    .slice(1)
    .map((line) => line.split(","))
    .map(([date, , off]) => `${date} ${off === "1" ? "off" : "work"}`);
  assert.deepEqual(dates.toSorted(), listed.toSorted());
});
