// Takes a picture of every page in both languages: `node e2e/screenshots.ts FOLDER [PATTERN] [390x844] [dark] [zh]`. For looking, not for
// comparing. Up to 640 px wide it is a telephone, with fingers on it.
import { chmod, mkdir, mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { openDatabase } from "@bihuan/server/platform/database.ts";
import { startVolatilePostgres } from "@bihuan/server/platform/postgres/embedded.ts";
import { migrate } from "@bihuan/server/platform/migrate.ts";
import { fillWithConnections } from "./connections.ts";
import { openDesk, startBrowser, startProduct } from "./harness.ts";
import { fillLibrary } from "./library.ts";
import { settle, visits } from "./pages.ts";
import { fillWithWork } from "./work.ts";
import { makeWorld } from "./world.ts";

type Wish = {
  folder: string;
  only: string | undefined;
  size: string | undefined;
  theme: "light" | "dark";
  languages: ("zh" | "en")[];
};

async function main({ folder, only, size, theme, languages }: Wish): Promise<void> {
  const [width, height] = (size ?? "1366x768").split("x").map(Number);
  await mkdir(folder, { recursive: true });
  const data = await mkdtemp(path.join(tmpdir(), "bihuan-screenshots-"));
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
  for (const language of languages)
    for (const shot of visits(world, work, library, connections).filter(
      ({ name }) => only === undefined || new RegExp(only).test(name),
    )) {
      const { page, context, complaints } = await openDesk(browser, product, language, (width ?? 1366) <= 640 ? "phone" : "desk");
      await page.emulateMedia({ colorScheme: theme });
      if (shot.as) await context.addCookies([{ ...(await world.as[shot.as].cookie()), url: product.address }]);
      if (width && height) await page.setViewportSize({ width, height });
      await page.goto(shot.address);
      await settle(page).catch((error: unknown) => complaints.push(String(error)));
      await page.waitForTimeout(300);
      await shot.act?.(page).catch((error: unknown) => complaints.push(String(error)));
      await page.waitForTimeout(400);
      await page.screenshot({ path: path.join(folder, `${shot.name}.${language}${theme === "dark" ? ".dark" : ""}.png`) });
      for (const complaint of complaints) process.stderr.write(`${shot.name} ${language}: ${complaint}\n`);
      await context.close();
    }
  await browser.close();
  await product.stop();
  await db.close();
  await postgres.stop();
  await rm(data, { recursive: true, force: true });
}

const [folder, only, size, ...rest] = process.argv.slice(2);
if (!folder) {
  process.stderr.write("usage: node e2e/screenshots.ts FOLDER [PATTERN] [WIDTHxHEIGHT] [dark] [zh|en]\n");
  process.exit(2);
}
const asked = (["zh", "en"] as const).filter((language) => rest.includes(language));
await main({
  folder: path.resolve(folder),
  only,
  size,
  theme: rest.includes("dark") ? "dark" : "light",
  languages: asked.length > 0 ? asked : ["zh", "en"],
});
