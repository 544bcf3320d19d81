// The product as people meet it: the real server on a real database with the built web app, and a real Chromium.
import { existsSync } from "node:fs";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { type FirstAccount, ensureFirstAdministrator } from "@bihuan/server/identity/first-run.ts";
import type { Database } from "@bihuan/server/platform/database.ts";
import { webFolder } from "@bihuan/server/platform/http/static.ts";
import type { Jobs } from "@bihuan/server/platform/jobs/enqueue.ts";
import { createLog } from "@bihuan/server/platform/log.ts";
import { testPlatform } from "@bihuan/server/platform/testing/server.ts";
import type { TimeSource } from "@bihuan/server/platform/time.ts";
import { startServer } from "@bihuan/server/start.ts";
import { type Browser, type BrowserContext, chromium, type Page } from "playwright-core";

const places = [process.env["CHROMIUM"], "/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome"];
const executable = places.find((place) => place !== undefined && existsSync(place));
const built = existsSync(path.join(webFolder, "index.html"));

/** Why browser stories cannot be told here, or false. Where everything has to run (CI), nothing is skipped: it fails instead. */
export const skipReason: string | false =
  process.env["CI"] === "true" || (executable && built)
    ? false
    : executable
      ? "the web app is not built (npm start or npm test without arguments builds it)"
      : "no Chromium on this machine (set CHROMIUM to its path)";

/** A time source that runs like the machine's, from another instant: rules about nights and holidays are met on purpose. */
export function shiftedTime(startAt: string): TimeSource & { moveTo(at: string): void; advanceMs(ms: number): void } {
  let shiftMs = Date.parse(startAt) - Date.now();
  return {
    nowMs: () => Date.now() + shiftMs,
    moveTo(at) {
      shiftMs = Date.parse(at) - Date.now();
    },
    advanceMs(ms) {
      shiftMs += ms;
    },
  };
}

export type Product = {
  readonly address: string;
  readonly time: ReturnType<typeof shiftedTime>;
  readonly firstAccounts: readonly FirstAccount[];
  stop(): Promise<void>;
};

/** Serves the product on the given database. In: where its clock starts. The database stays the caller's. */
export async function startProduct(db: Database, startAt: string): Promise<Product> {
  const folder = await mkdtemp(path.join(tmpdir(), "bihuan-e2e-"));
  const time = shiftedTime(startAt);
  const environment = { PORT: "0", BIHUAN_ATTACHMENTS: path.join(folder, "attachments") };
  const plain = testPlatform(db, time, environment);
  // The queue lives by the database's clock, the story by its own: what is planned for an instant waits as long as the story says.
  const later = <R extends { readonly runAtMs?: number; readonly afterMs?: number }>({ runAtMs, ...request }: R) =>
    runAtMs === undefined ? request : { ...request, afterMs: Math.max(0, runAtMs - time.nowMs()) };
  const jobs: Jobs = {
    addJob: (tx, name, payload, options = {}) => plain.jobs.addJob(tx, name, payload, later(options)),
    addJobs: (tx, requests) => plain.jobs.addJobs(tx, requests.map(later)),
  };
  const platform = { ...plain, jobs, log: createLog("error") };
  const firstAccounts = await ensureFirstAdministrator(platform);
  const server = await startServer(platform);
  return {
    address: server.address,
    time,
    firstAccounts,
    async stop() {
      await server.stop(1_000);
      await rm(folder, { recursive: true, force: true });
    },
  };
}

export async function startBrowser(): Promise<Browser> {
  if (!executable) throw new Error("no Chromium: install it, or set CHROMIUM to its path");
  return chromium.launch({
    executablePath: executable,
    args: [
      "--headless",
      "--no-sandbox",
      "--disable-gpu",
      "--disable-quic",
      "--no-first-run",
      "--disable-background-networking",
      "--disable-component-update",
      "--disable-sync",
    ],
  });
}

export type Desk = {
  readonly page: Page;
  readonly context: BrowserContext;
  /** What the page complained of: errors of scripts, texts that are missing, refused styles. Stories end with none. */
  readonly complaints: string[];
};

/** 1366×768 as in most offices; a telephone upright, with fingers on it. */
const devices = {
  desk: { viewport: { width: 1366, height: 768 } },
  phone: { viewport: { width: 390, height: 844 }, isMobile: true, hasTouch: true },
} as const;

/** A person's browser, somewhere in China. */
export async function openDesk(
  browser: Browser,
  product: Product,
  language: "zh" | "en" = "zh",
  device: keyof typeof devices = "desk",
): Promise<Desk> {
  const context = await browser.newContext({
    baseURL: product.address,
    ...devices[device],
    locale: language === "zh" ? "zh-CN" : "en-GB",
    timezoneId: "Asia/Shanghai",
  });
  await context.addInitScript((chosen) => localStorage.setItem("bihuan.language", chosen), language);
  const page = await context.newPage();
  page.setDefaultTimeout(30_000); // a machine that does other work besides is slow, not wrong
  const complaints: string[] = [];
  page.on("pageerror", (error) => complaints.push(String(error)));
  page.on("console", (message) => {
    // The browser reports every refused request by itself; what a refusal means, the page shows and the story checks.
    if (message.type() === "error" && !/Failed to load resource/.test(message.text())) complaints.push(message.text());
  });
  return { page, context, complaints };
}
