import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import path from "node:path";
import { PassThrough, Readable } from "node:stream";
import { text } from "node:stream/consumers";
import { test } from "node:test";
import { datasetFolderOrSkip } from "../../platform/testing/datasets.ts";
import { calendarEvaluate } from "./calendar-evaluate.ts";

async function ask(...lines: string[]): Promise<{ answers: unknown[]; exitCode: number }> {
  const stdout = new PassThrough();
  const answered = text(stdout);
  if (calendarEvaluate.database !== false) assert.fail("needs no database");
  const exitCode = await calendarEvaluate.run({
    stdin: Readable.from([lines.join("\n")]),
    stdout,
    stderr: new PassThrough(),
    format: "text",
    language: "en",
    resolve: (file) => file,
    options: {},
    positionals: [],
  });
  stdout.end();
  const answers = (await answered)
    .split("\n")
    .filter((line) => line !== "")
    .map((line) => JSON.parse(line) as unknown);
  return { answers, exitCode };
}

test("each question gets its answer on a line of its own", async () => {
  const { answers, exitCode } = await ask(
    '{"op":"due","start":"2024-02-09 16:30:00","minutes":60,"hours":"08:30-12:00,14:00-17:30"}',
    '{"op":"due","start":"2024-02-09T17:00:30","minutes":60,"hours":"08:30-12:00,14:00-17:30"}',
    "",
    '{"op":"nthWorkingDay","from":"2024-02-09","n":1}',
    '{"op":"workingDaysBetween","from":"2024-02-01","to":"2024-02-29"}',
    '{"op":"workingDaysBetween","from":"2024-02-29","to":"2024-02-01"}',
    '{"op":"nthWorkingDay","from":"2026-12-31","n":1}',
  );
  assert.deepEqual(answers, [
    { result: "2024-02-09 17:30:00" },
    { result: "2024-02-18 09:00:30" },
    { result: "2024-02-18" },
    { result: 17 },
    { result: -17 },
    { result: "2027-01-01", provisional: true },
  ]);
  assert.equal(exitCode, 0);
});

test("a line that cannot be answered says so by its code, and the others are answered", async () => {
  const { answers, exitCode } = await ask(
    "nonsense",
    '{"op":"due","start":"2024-02-30 16:30:00","minutes":60,"hours":"09:00-17:00"}',
    '{"op":"due","start":"2024-02-09 16:30:00","minutes":-1,"hours":"09:00-17:00"}',
    '{"op":"due","start":"2024-02-09 16:30:00","minutes":60,"hours":"17:00-09:00"}',
    '{"op":"nthWorkingDay","from":"2024-02-09"}',
    '{"op":"nthWorkingDay","from":"2024-02-09","n":1,"zone":"UTC"}',
    '{"op":"tea"}',
    "[]",
    '{"op":"nthWorkingDay","from":"2060-12-30","n":90}',
    '{"op":"workingDaysBetween","from":"1999-12-30","to":"2024-01-01"}',
    '{"op":"nthWorkingDay","from":"2024-02-09","n":2}',
  );
  const codes = answers.map((answer) => (answer as { error?: { code: string; line: number; place?: string } }).error);
  assert.deepEqual(
    codes.map((error) => error && [error.code, error.line, error.place]),
    [
      ["calendar.question-invalid", 1, "JSON"],
      ["calendar.question-invalid", 2, "start"],
      ["calendar.question-invalid", 3, "minutes"],
      ["calendar.question-invalid", 4, "hours"],
      ["calendar.question-invalid", 5, "n"],
      ["calendar.question-invalid", 6, "zone"],
      ["calendar.question-invalid", 7, "op"],
      ["calendar.question-invalid", 8, "JSON"],
      ["calendar.out-of-reach", 9, undefined],
      ["calendar.out-of-reach", 10, undefined],
      undefined,
    ],
  );
  assert.deepEqual(answers.at(-1), { result: "2024-02-19" });
  assert.equal(exitCode, 1);
});

test("the answers are those of the reference", async (t) => {
  const folder = datasetFolderOrSkip(t);
  if (folder === null) return;
  const reference = JSON.parse(readFileSync(path.join(folder, "china/working-time.reference.json"), "utf8")) as {
    working_days_between: [string, string, number][];
    nth_working_day_after: [string, number, string][];
    due: [string, number, string][];
  };
  const questions = [
    ...reference.working_days_between.map(([from, to]) => ({ op: "workingDaysBetween", from, to })),
    ...reference.nth_working_day_after.map(([from, n]) => ({ op: "nthWorkingDay", from, n })),
    ...reference.due.map(([start, minutes]) => ({ op: "due", start, minutes, hours: "09:00-17:00" })),
  ];
  const { answers, exitCode } = await ask(...questions.map((question) => JSON.stringify(question)));
  const expected = [...reference.working_days_between, ...reference.nth_working_day_after, ...reference.due].map(
    ([, , result]) => ({ result }),
  );
  assert.deepEqual(answers, expected);
  assert.equal(exitCode, 0);
});
