// `npm run demo`: a county of sixty thousand customers with three months behind it, served like any other installation, and people at
// work in it. The server runs here; the people are a process of their own that knows nothing but its address.
import { type ChildProcess, spawn } from "node:child_process";
import path from "node:path";
import { parseArgs } from "node:util";
import { CUSTOMERS, DEFAULT_SEED, DEFAULT_ZONE } from "@bihuan/simulator/county/county.ts";
import { loadConfig } from "@bihuan/server/platform/config.ts";
import { createLog } from "@bihuan/server/platform/log.ts";
import { openPlatform } from "@bihuan/server/platform/open.ts";
import { systemTime } from "@bihuan/server/platform/time.ts";
import { startServer } from "@bihuan/server/start.ts";
import { emptyFolder, type Mark, markFolder, NotOurFolder, readFolder } from "./folder.ts";
import { furnish, HISTORY_DAYS } from "./furnish.ts";
import { ending, help, history, notOurs, peopleStopped, phases, signIns } from "./words.ts";

const home = path.join(import.meta.dirname, "..");
const say = (text: string) => process.stdout.write(`${text}\n`);

function asked() {
  const { values } = parseArgs({
    options: {
      speed: { type: "string", default: "20" },
      port: { type: "string", default: process.env["PORT"] || "8080" },
      data: { type: "string", default: "demo-data" },
      seed: { type: "string", default: DEFAULT_SEED },
      zone: { type: "string", default: DEFAULT_ZONE },
      customers: { type: "string", default: String(CUSTOMERS) },
      days: { type: "string", default: String(HISTORY_DAYS) },
      fresh: { type: "boolean", default: false },
      still: { type: "boolean", default: false },
      pop: { type: "string" },
      help: { type: "boolean", short: "h", default: false },
    },
  });
  const number = (name: "speed" | "customers" | "days", least: number, most: number): number => {
    const value = Number(values[name]);
    if (!Number.isFinite(value) || value < least || value > most) throw new RangeError(`--${name}: ${least} … ${most}`);
    return value;
  };
  return {
    ...values,
    speed: number("speed", 0.1, 1000),
    customers: Math.round(number("customers", 1000, 1_000_000)),
    days: number("days", 1, 366),
    folder: path.resolve(process.env["INIT_CWD"] ?? process.cwd(), values.data),
  };
}

/** Days of history that stand before the doors open; the earlier ones follow while people are at work. */
const FIRST_DAYS = 28;

/** Opens the demonstration's database and fills it where it is not filled. Out: what is left to fill once the doors are open. */
async function open({ folder, fresh, seed, zone, customers, days, port }: ReturnType<typeof asked>) {
  const known = fresh ? null : await readFolder(folder);
  if (!known) await emptyFolder(folder, { bihuan: "demo", seed, zone, customers });
  // Its own folder and nothing else: DATABASE_URL and BIHUAN_DATA name an installation that is in earnest.
  const environment = { BIHUAN_DATA: folder, PORT: port, HOST: process.env["HOST"], BIHUAN_LOG_LEVEL: "warn" };
  const opened = await openPlatform(loadConfig(environment, home), { time: systemTime, log: createLog("warn") });
  if (known) return { ...opened, mark: known, rest: null };
  const mark: Mark = { bihuan: "demo", seed, zone, customers, filledAt: new Date(systemTime.nowMs()).toISOString() };
  try {
    const furnished = await furnish(opened.platform, {
      seed,
      zone,
      customers,
      historyDays: days,
      firstDays: FIRST_DAYS,
      onProgress: (phase, done) => process.stderr.write(`\r${phases[phase]} ${done || ""}\u001b[K`),
    });
    process.stderr.write(`\r\u001b[K`);
    const rest = async () => {
      const { orders, open: stillOpen } = await furnished.rest();
      await markFolder(folder, mark);
      say(history(furnished.orders + orders, furnished.open + stillOpen, days));
    };
    return { ...opened, mark, rest };
  } catch (error) {
    await opened.close();
    throw error;
  }
}

/** Starts the people. They end when this process asks them to, or when it is gone. */
const startPeople = (address: string, { speed, pop }: ReturnType<typeof asked>, { seed, zone, customers }: Mark): ChildProcess =>
  spawn(
    process.execPath,
    [
      path.join(home, "simulator/live/main.ts"),
      "--tethered",
      `--address=${address}`,
      `--speed=${speed}`,
      `--seed=${seed}`,
      `--zone=${zone}`,
      `--customers=${customers}`,
      ...(pop ? [`--pop=${pop}`] : []),
    ],
    { stdio: ["pipe", "inherit", "inherit"] },
  );

async function main() {
  const wanted = asked();
  if (wanted.help) return void process.stdout.write(help);
  const { platform, close, mark, rest } = await open(wanted);
  const server = await startServer(platform);
  say(signIns(server.address));
  let stopping = false;
  const people = wanted.still ? null : startPeople(server.address, wanted, mark);
  people?.on("exit", (code) => {
    if (!stopping && code !== 0) process.stderr.write(peopleStopped);
  });
  say(ending);

  const stop = () => {
    if (stopping) process.exit(1); // asked twice: at once
    stopping = true;
    const gone = new Promise<void>((resolve) =>
      people && people.exitCode === null ? people.once("exit", () => resolve()) : resolve(),
    );
    people?.kill("SIGTERM");
    gone
      .then(() => server.stop())
      .then(close)
      .then(
        () => process.exit(0),
        (error: unknown) => {
          process.stderr.write(`${String(error)}\n`);
          process.exit(1);
        },
      );
  };
  process.on("SIGTERM", stop);
  process.on("SIGINT", stop);
  // Stopped before this is done, the next start fills the folder anew.
  await rest?.().catch((error: unknown) => {
    if (!stopping) throw error;
  });
}

main().catch((error: unknown) => {
  const text =
    error instanceof NotOurFolder
      ? notOurs(error.message)
      : error instanceof RangeError || (error instanceof TypeError && "code" in error)
        ? `${error.message}\n\n${help}`
        : error instanceof Error
          ? (error.stack ?? error.message)
          : String(error);
  process.stderr.write(`${text}\n`);
  process.exit(error instanceof NotOurFolder || error instanceof RangeError || error instanceof TypeError ? 2 : 1);
});
