// `npm run bench` lists the benchmarks; `npm run bench -- NAME [--format json]` runs one beside its floor or peer.
import { readdir } from "node:fs/promises";
import path from "node:path";
import { parseArgs } from "node:util";
import type { Bench, Row } from "./row.ts";

async function benches(): Promise<Bench[]> {
  const files = (await readdir(import.meta.dirname)).filter((name) => name.endsWith(".ts") && !name.endsWith(".test.ts")).sort();
  const modules = await Promise.all(
    files
      .filter((name) => name !== "main.ts" && name !== "row.ts")
      .map((name) => import(path.join(import.meta.dirname, name)) as Promise<{ default?: Bench }>),
  );
  return modules.flatMap(({ default: bench }) => bench ?? []);
}

const figure = (value: number | null): string =>
  value === null ? "–" : value.toLocaleString("en", { maximumSignificantDigits: 4 });

function table(rows: readonly Row[]): string {
  const lines = [
    ["", "value", "unit", "floor", "ratio", "target", "met"],
    ...rows.map((row) => [
      row.name,
      figure(row.value),
      row.unit,
      figure(row.floor),
      figure(row.ratio),
      figure(row.target),
      row.met ? "yes" : "NO",
    ]),
  ];
  const widths = lines[0]?.map((_, column) => Math.max(...lines.map((line) => (line[column] ?? "").length))) ?? [];
  return lines
    .map((line) =>
      line
        .map((cell, column) =>
          column === 0 || column === 2 ? cell.padEnd(widths[column] ?? 0) : cell.padStart(widths[column] ?? 0),
        )
        .join("  "),
    )
    .join("\n");
}

const { values, positionals } = parseArgs({ options: { format: { type: "string", default: "text" } }, allowPositionals: true });
const known = await benches();
const chosen = known.find(({ name }) => name === positionals[0]);
if (chosen) {
  const rows = await chosen.run();
  process.stdout.write(`${values.format === "json" ? JSON.stringify(rows) : table(rows)}\n`);
  process.exitCode = rows.every(({ met }) => met) ? 0 : 1;
} else if (positionals.length > 0) {
  process.stderr.write(`no benchmark ${positionals[0]}; there are: ${known.map(({ name }) => name).join(", ")}\n`);
  process.exitCode = 2;
} else if (values.format === "json")
  process.stdout.write(`${JSON.stringify(known.map(({ name, summary }) => ({ name, summary })))}\n`);
else for (const { name, summary } of known) process.stdout.write(`${name.padEnd(16)}${summary.en} · ${summary.zh}\n`);
