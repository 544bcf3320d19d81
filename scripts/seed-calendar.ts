// Writes core/calendar/data/china-holidays.json: the announced public holidays and make-up working days of China, from the package
// chinese-days put right by the State Council's notices. `--check` compares instead and exits with 1 where the file differs.
import { readFile, writeFile } from "node:fs/promises";
import path from "node:path";
import { officialYears } from "../server/calendar/official.ts";

const file = path.join(import.meta.dirname, "../core/calendar/data/china-holidays.json");

const names = new Map<string, { zh: string; en: string }>();
for (const { off, makeUp } of officialYears) for (const { name } of [...off, ...makeUp]) names.set(name.zh, name);

const dates = officialYears
  .flatMap(({ off, makeUp }) => [
    ...off.map(({ date, name }) => ({ date, working: false, holiday: name.zh })),
    ...makeUp.map(({ date, name }) => ({ date, working: true, holiday: name.zh })),
  ])
  .sort((a, b) => a.date.localeCompare(b.date));

const lines = [
  "{",
  `  "announcedFrom": ${officialYears[0]?.year},`,
  `  "announcedThrough": ${officialYears.at(-1)?.year},`,
  '  "holidays": {',
  [...names.values()].map(({ zh, en }) => `    ${JSON.stringify(zh)}: ${JSON.stringify(en)}`).join(",\n"),
  "  },",
  '  "dates": [',
  dates.map(({ date, working, holiday }) => `    ["${date}", ${working ? '"make-up"' : '"off"'}, "${holiday}"]`).join(",\n"),
  "  ]",
  "}",
  "",
];
const text = lines.join("\n");

if (process.argv.includes("--check")) {
  if ((await readFile(file, "utf8")) !== text) {
    console.error("core/calendar/data/china-holidays.json differs from its source: run scripts/seed-calendar.ts");
    process.exitCode = 1;
  }
} else await writeFile(file, text);
