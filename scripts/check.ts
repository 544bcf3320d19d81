// `npm run check`: everything that can be said about the project without running it. Every step runs; all failures are told.
// `-- --write` writes what is generated (schema.sql, openapi.json, errors.md) instead of comparing it.
import { spawn } from "node:child_process";
import { mkdtemp, readFile, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { openDatabase } from "@bihuan/server/platform/database.ts";
import { startVolatilePostgres } from "@bihuan/server/platform/postgres/embedded.ts";
import { errorsMarkdown } from "@bihuan/server/platform/http/errors-page.ts";
import { openApi } from "@bihuan/server/platform/http/openapi.ts";
import { migrate } from "@bihuan/server/platform/migrate.ts";
import { schemaDump } from "@bihuan/server/platform/schema-dump.ts";
import { operationGroups } from "@bihuan/server/start.ts";
import manifest from "../package.json" with { type: "json" };

const root = path.join(import.meta.dirname, "..");
const write = process.argv.includes("--write");

type Step = { readonly name: string; run(): Promise<string | null> };

// A program of node_modules/.bin; what it said, where it failed.
const program = (name: string, command: string, ...given: string[]): Step => ({
  name,
  run: () =>
    new Promise((resolve, reject) => {
      const child = spawn(path.join(root, "node_modules/.bin", command), given, { cwd: root, stdio: ["ignore", "pipe", "pipe"] });
      let output = "";
      for (const stream of [child.stdout, child.stderr]) stream.on("data", (chunk: Buffer) => (output += chunk.toString()));
      child.on("error", reject);
      child.on("close", (code) => resolve(code === 0 ? null : output));
    }),
});

// A file that is written by a program and kept in the repository: its changes are seen in review.
const generated = (file: string, make: () => Promise<string> | string): Step => ({
  name: file,
  async run() {
    const wanted = await make();
    const present = await readFile(path.join(root, file), "utf8").catch(() => "");
    if (wanted === present) return null;
    if (!write)
      return `${file} is not what the code makes of it now (${firstDifference(present, wanted)}): npm run check -- --write`;
    await writeFile(path.join(root, file), wanted);
    return null;
  },
});

function firstDifference(present: string, wanted: string): string {
  const [a, b] = [present.split("\n"), wanted.split("\n")];
  const line = b.findIndex((text, index) => text !== a[index]);
  return `line ${(line < 0 ? b.length : line) + 1}: ${JSON.stringify((line < 0 ? "" : (b[line] ?? "")).trim().slice(0, 100))}`;
}

async function freshSchema(): Promise<string> {
  const server = await startVolatilePostgres({ folder: await mkdtemp(path.join(tmpdir(), "bihuan-check-")) });
  const db = openDatabase(server.url, { poolSize: 6 });
  try {
    await migrate(db);
    return await schemaDump(db);
  } finally {
    await db.close();
    await server.stop();
  }
}

const steps: Step[] = [
  program("format", "biome", "format", "."),
  program("lint and boundaries", "oxlint", "--type-aware", "--deny-warnings"),
  program("types", "tsc", "-p", "."),
  program("types of the web app", "tsc", "-p", "web"),
  program("types of the stories", "tsc", "-p", "e2e"),
  generated("server/schema.sql", freshSchema),
  generated("docs/api/openapi.json", () => `${JSON.stringify(openApi(operationGroups, manifest.version), null, 1)}\n`),
  generated("docs/errors.md", errorsMarkdown),
];

let failures = 0;
for (const { name, run } of steps) {
  const startedAt = performance.now();
  const complaint = await run().catch((error: unknown) =>
    error instanceof Error ? (error.stack ?? error.message) : String(error),
  );
  const seconds = ((performance.now() - startedAt) / 1000).toFixed(1);
  process.stdout.write(`${complaint === null ? "✔" : "✖"} ${name} (${seconds} s)\n`);
  if (complaint === null) continue;
  failures++;
  process.stdout.write(`${complaint.trimEnd()}\n\n`);
}
process.stdout.write(failures === 0 ? "check: all well\n" : `check: ${failures} of ${steps.length} failed\n`);
process.exitCode = failures === 0 ? 0 : 1;
