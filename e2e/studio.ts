// The product with a whole story in it, posing page by page: for looking at, and for the pictures of the guide.
import { chmod, mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { openDatabase } from "@bihuan/server/platform/database.ts";
import { migrate } from "@bihuan/server/platform/migrate.ts";
import { startVolatilePostgres } from "@bihuan/server/platform/postgres/embedded.ts";
import type { Page } from "playwright-core";
import { fillWithConnections } from "./connections.ts";
import { openDesk, startBrowser, startProduct } from "./harness.ts";
import { fillLibrary } from "./library.ts";
import { settle, type Visit, visits } from "./pages.ts";
import { fillWithWork } from "./work.ts";
import { makeWorld } from "./world.ts";

export type Pose = {
  readonly language: "zh" | "en";
  readonly theme: "light" | "dark";
  /** Pixels; up to 640 wide it is a telephone, with fingers on it. */
  readonly size: { readonly width: number; readonly height: number };
};

export type Studio = {
  readonly visits: readonly Visit[];
  /** Opens a page, does what shows what it has, and hands it over. Out: what the page complained of. */
  pose(visit: Visit, pose: Pose, take: (page: Page) => Promise<unknown>): Promise<readonly string[]>;
  close(): Promise<void>;
};

/** Opens the studio: its story begins on 18 May 2026 and stands at nine in the morning of 8 June 2026, in China. */
export async function openStudio(): Promise<Studio> {
  const data = await mkdtemp(path.join(tmpdir(), "bihuan-studio-"));
  await chmod(data, 0o755);
  const postgres = await startVolatilePostgres({ folder: data });
  const db = openDatabase(postgres.url, { poolSize: 10 });
  await migrate(db);
  const product = await startProduct(db, "2026-05-18T08:30:00+08:00");
  const world = await makeWorld(product);
  const connections = await fillWithConnections(product, world);
  product.time.moveTo("2026-06-08T09:00:00+08:00");
  const work = await fillWithWork(product, world);
  const library = await fillLibrary(world);
  const browser = await startBrowser();
  return {
    visits: visits(world, work, library, connections),
    async pose(visit, { language, theme, size }, take) {
      const { page, context, complaints } = await openDesk(browser, product, language, size.width <= 640 ? "phone" : "desk");
      await page.emulateMedia({ colorScheme: theme });
      if (visit.as) await context.addCookies([{ ...(await world.as[visit.as].cookie()), url: product.address }]);
      await page.setViewportSize(size);
      await page.goto(visit.address);
      await settle(page).catch((error: unknown) => complaints.push(String(error)));
      await page.waitForTimeout(300);
      await visit.act?.(page).catch((error: unknown) => complaints.push(String(error)));
      await page.waitForTimeout(400);
      await take(page);
      await context.close();
      return complaints;
    },
    async close() {
      await browser.close();
      await product.stop();
      await db.close();
      await postgres.stop();
      await rm(data, { recursive: true, force: true });
    },
  };
}
