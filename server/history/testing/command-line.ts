// The command line against a test database, inside the test process.
import { Readable, Writable } from "node:stream";
import { importServiceRequests, importTicketEvents } from "../../cli/import/import-histories.ts";
import { reportStates, reportTimeliness, reportVerdicts } from "../../cli/report/report-histories.ts";
import { runCommandLine } from "../../cli/run.ts";
import type { Database } from "../../platform/database.ts";

export type Answer = { readonly code: number; readonly stdout: string; readonly stderr: string };

/** Runs a command on the test database. In: its words. Out: the exit code and what it wrote. */
export async function bihuan(db: Database, ...words: string[]): Promise<Answer> {
  const written = { stdout: "", stderr: "" };
  const sink = (stream: keyof typeof written) =>
    new Writable({
      write(chunk: Buffer, _, done) {
        written[stream] += chunk.toString();
        done();
      },
    });
  const code = await runCommandLine({
    arguments: words,
    environment: { DATABASE_URL: db.url, BIHUAN_POOL_SIZE: "2", LANG: "en" },
    folder: process.cwd(),
    home: process.cwd(),
    commands: [importServiceRequests, importTicketEvents, reportTimeliness, reportStates, reportVerdicts],
    stdin: Readable.from([]),
    stdout: sink("stdout"),
    stderr: sink("stderr"),
  });
  return { code, ...written };
}

/** Runs a command with `--format json`; fails where it does not end with 0. */
export async function bihuanJson<T>(db: Database, ...words: string[]): Promise<T> {
  const { code, stdout, stderr } = await bihuan(db, ...words, "--format", "json");
  if (code !== 0) throw new Error(`${words.join(" ")} ended with ${code}: ${stderr}`);
  return JSON.parse(stdout) as T;
}

/** The group of a report's row by one dimension, as a key. */
export const label = (row: { readonly group: unknown }): string => (typeof row.group === "string" ? row.group : "");
