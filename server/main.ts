// The server's process: environment in, signals in, a few lines out.
import path from "node:path";
import type { FirstAccount } from "./identity/first-run.ts";
import { ConfigError, loadConfig } from "./platform/config.ts";
import { createLog } from "./platform/log.ts";
import { openPlatform } from "./platform/open.ts";
import { systemTime } from "./platform/time.ts";

const home = path.join(import.meta.dirname, "..");

async function main() {
  const config = loadConfig(process.env, home);
  const log = createLog(config.logLevel);
  // The database starts on the other core while the rest of the program is read.
  const [{ platform, migrated, close }, { ensureFirstAdministrator }, { startServer }] = await Promise.all([
    openPlatform(config, { time: systemTime, log }),
    import("./identity/first-run.ts"),
    import("./start.ts"),
  ]);
  if (migrated.length > 0) log.info({ migrated }, "database migrated");
  // Told before anything else can fail: they are stored by their hash and cannot be told again.
  for (const line of firstSteps(await ensureFirstAdministrator(platform))) process.stdout.write(`${line}\n`);
  const server = await startServer(platform);
  process.stdout.write(`闭环 Bihuan  ${server.address}\n`);

  let asked = false;
  const stop = (signal: NodeJS.Signals) => {
    if (asked) process.exit(1); // asked twice: at once
    asked = true;
    log.info({ signal }, "stopping: finishing what was taken in");
    server
      .stop()
      .then(close)
      .then(
        () => process.exit(0),
        (error: unknown) => {
          log.error({ err: error }, "stopping failed");
          process.exit(1);
        },
      );
  };
  process.on("SIGTERM", stop);
  process.on("SIGINT", stop);
}

// Printed once, to the terminal only: the passwords are known nowhere else.
const firstSteps = (accounts: readonly FirstAccount[]): string[] =>
  accounts.length === 0
    ? []
    : [
        "一次性密码，仅显示一次 · one-time passwords, shown this once:",
        ...accounts.map(
          ({ account, title, oneTimePassword }) => `  ${account.padEnd(10)} ${oneTimePassword}  ${title.zh} · ${title.en}`,
        ),
      ];

main().catch((error: unknown) => {
  process.stderr.write(
    `${error instanceof ConfigError ? error.message : error instanceof Error ? (error.stack ?? error.message) : String(error)}\n`,
  );
  process.exit(error instanceof ConfigError ? 2 : 1);
});
