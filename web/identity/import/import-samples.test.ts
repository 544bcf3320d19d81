import assert from "node:assert/strict";
import { test } from "node:test";
import { organisationColumns, readUnitRow } from "@bihuan/core/identity/organisation-import-rows.ts";
import type { ImportProblem } from "@bihuan/core/identity/import-file.ts";
import { areaWords, kindWords, sampleUnits, unitColumns } from "./import-samples.ts";

const header: string[] = unitColumns.en.split(",");

function read(line: string): { problems: ImportProblem[]; unit: ReturnType<typeof readUnitRow> } {
  const problems: ImportProblem[] = [];
  const values = Object.fromEntries(line.split(",").map((value, at) => [header[at] ?? "", value]));
  const unit = readUnitRow({ line: 2, values }, (row, column) => row.values[column] || null, problems);
  return { problems, unit };
}

test("the sample file is one that can be imported", () => {
  for (const column of header) assert.ok(organisationColumns.some(({ name }) => name === column));
  const inChinese = unitColumns.zh.split(",").map((title) => organisationColumns.find(({ aliases }) => aliases.includes(title)));
  assert.deepEqual(
    inChinese.map((column) => column?.name),
    header,
  );
  const read2 = sampleUnits("NJ").map(read);
  assert.deepEqual(
    read2.map(({ problems }) => problems),
    [[], []],
  );
  assert.deepEqual(
    read2.map(({ unit }) => [unit?.code, unit?.kind, unit?.parentCode, unit?.areaClass]),
    [
      ["NJ-01", "STATION", "NJ", "URBAN"],
      ["NJ-01-1", "CREW", "NJ-01", null],
    ],
  );
});

test("every word that the help names is understood", () => {
  for (const language of ["zh", "en"] as const) {
    for (const kind of kindWords(language)) assert.deepEqual(read(`X,某单位,${kind},NJ,,`).problems, [], kind);
    for (const area of areaWords(language)) assert.deepEqual(read(`X,某单位,班组,NJ,,${area}`).problems, [], area);
  }
});
