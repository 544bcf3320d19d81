import path from "node:path";
import { commands } from "./commands.ts";
import { runCommandLine } from "./run.ts";

process.exitCode = await runCommandLine({
  arguments: process.argv.slice(2),
  environment: process.env,
  folder: process.env["INIT_CWD"] ?? process.cwd(),
  home: path.join(import.meta.dirname, "../.."),
  commands,
  stdin: process.stdin,
  stdout: process.stdout,
  stderr: process.stderr,
});
