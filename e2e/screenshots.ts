// Takes a picture of every page in both languages: `npm run -s … e2e/screenshots.ts FOLDER`. For looking, not for comparing.
import { chmod, mkdir, mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { openDatabase } from "@bihuan/server/platform/database.ts";
import { startVolatilePostgres } from "@bihuan/server/platform/postgres/embedded.ts";
import { migrate } from "@bihuan/server/platform/migrate.ts";
import type { Page } from "playwright-core";
import { openDesk, startBrowser, startProduct } from "./harness.ts";
import { fillWithWork, type Work } from "./work.ts";
import { makeWorld, type PersonKey, type World } from "./world.ts";

type Shot = {
  readonly name: string;
  readonly as: PersonKey | null;
  readonly address: string;
  readonly act?: (page: Page, language: "zh" | "en") => Promise<void>;
};

const shots = (world: World, work: Work): Shot[] => [
  { name: "01-sign-in", as: null, address: "/sign-in" },
  { name: "02-orders", as: "manager", address: "/orders" },
  { name: "03-order-panel", as: "manager", address: `/orders?open=${work.repairing}` },
  { name: "04-order-repairing", as: "handler", address: `/orders/${work.repairing}` },
  {
    name: "05-order-form",
    as: "handler",
    address: `/orders/${work.repairing}`,
    act: async (page) => page.locator("main .ant-btn-primary").first().click(),
  },
  {
    name: "06-order-explained",
    as: "manager",
    address: `/orders/${work.complaint}`,
    act: async (page) => page.locator("header button[data-state]").first().click(),
  },
  { name: "07-order-archived", as: "manager", address: `/orders/${work.archived}` },
  { name: "08-order-suspended", as: "manager", address: `/orders/${work.suspended}` },
  { name: "09-orders-closed", as: "manager", address: "/orders?state=closed&sort=intake" },
  { name: "10-new-order", as: "agent", address: `/orders/new?customer=${world.customers.resident}` },
  { name: "11-customers", as: "agent", address: "/customers" },
  { name: "12-customer", as: "agent", address: `/customers/${world.customers.resident}` },
  { name: "13-customer-edit", as: "agent", address: `/customers/${world.customers.resident}/edit` },
  { name: "14-organisation", as: "admin", address: `/organisation?unit=${world.units.rural}` },
  { name: "15-staff", as: "admin", address: "/staff" },
  { name: "16-person", as: "security", address: "/staff/4" },
  { name: "17-api-keys", as: "security", address: "/api-keys" },
  { name: "18-access-log", as: "audit", address: "/access-log" },
  { name: "19-account", as: "agent", address: "/account" },
  { name: "20-calendar", as: "admin", address: "/calendars?year=2026" },
  { name: "21-calendar-provisional", as: "admin", address: "/calendars?year=2027" },
  { name: "22-calendar-entry", as: "admin", address: "/calendars/enter-year" },
  { name: "23-rule-packs", as: "admin", address: "/rule-packs" },
  { name: "24-rule-pack", as: "admin", address: "/rule-packs/state-grid-2022" },
  { name: "25-rule-pack-edit", as: "admin", address: "/rule-packs/state-grid-2022?view=edit" },
  { name: "26-rulebooks", as: "admin", address: "/rulebooks" },
  { name: "27-flows", as: "manager", address: "/flows" },
  { name: "28-flow-fault-repair", as: "manager", address: "/flows/fault-repair" },
  { name: "29-flow-complaint", as: "manager", address: "/flows/complaint" },
  {
    name: "30-palette",
    as: "manager",
    address: "/orders",
    act: async (page) => {
      await page.keyboard.press("Control+k");
      await page.keyboard.type("南庄");
      await page.waitForTimeout(800);
    },
  },
  { name: "31-keys", as: "manager", address: "/orders", act: async (page) => page.keyboard.press("?") },
  { name: "32-not-found", as: "manager", address: "/nowhere" },
  { name: "33-refused", as: "agent", address: "/access-log" },
];

async function main(folder: string, only: string | undefined): Promise<void> {
  await mkdir(folder, { recursive: true });
  const data = await mkdtemp(path.join(tmpdir(), "bihuan-screenshots-"));
  await chmod(data, 0o755);
  const postgres = await startVolatilePostgres({ folder: data });
  const db = openDatabase(postgres.url, { poolSize: 10 });
  await migrate(db);
  const product = await startProduct(db, "2026-06-08T09:00:00+08:00");
  const world = await makeWorld(product);
  const work = await fillWithWork(product, world);
  const browser = await startBrowser();
  for (const language of ["zh", "en"] as const)
    for (const shot of shots(world, work).filter(({ name }) => only === undefined || new RegExp(only).test(name))) {
      const { page, context, complaints } = await openDesk(browser, product, language);
      if (shot.as) await context.addCookies([{ ...(await world.as[shot.as].cookie()), url: product.address }]);
      await page.goto(shot.address);
      await page.waitForLoadState("networkidle").catch(() => undefined);
      await page.waitForTimeout(300);
      await shot.act?.(page, language).catch((error: unknown) => complaints.push(String(error)));
      await page.waitForTimeout(400);
      await page.screenshot({ path: path.join(folder, `${shot.name}.${language}.png`) });
      for (const complaint of complaints) process.stderr.write(`${shot.name} ${language}: ${complaint}\n`);
      await context.close();
    }
  await browser.close();
  await product.stop();
  await db.close();
  await postgres.stop();
  await rm(data, { recursive: true, force: true });
}

const [folder, only] = process.argv.slice(2);
if (!folder) {
  process.stderr.write("usage: node e2e/screenshots.ts FOLDER [PATTERN]\n");
  process.exit(2);
}
await main(path.resolve(folder), only);
