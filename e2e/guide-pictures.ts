// The pictures of the user guide, taken anew: `npm run pictures`. They show the pages as they are, so they are taken again when pages change.
import { mkdir, readdir, rm, writeFile } from "node:fs/promises";
import path from "node:path";
import type { Page } from "playwright-core";
import { openStudio } from "./studio.ts";

export const picturesFolder = path.join(import.meta.dirname, "../docs/pictures");

const office = { width: 1366, height: 768 };
const phone = { width: 390, height: 844 };

/** What the guide shows: the picture's name, the page of the stories it is taken from, and its size. */
export const guidePictures = [
  { name: "intake-desk", visit: "10-desk-customer", size: office },
  { name: "my-work", visit: "02-my-work", size: office },
  { name: "unit-work", visit: "02-my-work-unit", size: office },
  { name: "order-list", visit: "02-orders", size: office },
  { name: "order", visit: "04-order-repairing", size: office },
  { name: "deadline", visit: "06-order-explained", size: office },
  { name: "connections", visit: "40-connections", size: office },
  { name: "connection", visit: "42-connection-building", size: office },
  { name: "customer", visit: "12-customer", size: office },
  { name: "knowledge", visit: "36-article-handbook", size: office },
  { name: "rule-pack", visit: "24-rule-pack", size: office },
  { name: "calendar", visit: "20-calendar", size: office },
  { name: "organisation", visit: "14-organisation", size: office },
  { name: "palette", visit: "31-palette", size: office },
  { name: "phone-work", visit: "02-my-work", size: phone },
  { name: "phone-order", visit: "04-order-repairing", size: phone },
] as const;

// WebP is a third of PNG at this quality; Playwright itself writes it not.
async function take(page: Page): Promise<Buffer> {
  const session = await page.context().newCDPSession(page);
  const { data } = await session.send("Page.captureScreenshot", { format: "webp", quality: 82 });
  return Buffer.from(data, "base64");
}

async function main(): Promise<void> {
  const studio = await openStudio();
  for (const language of ["zh", "en"] as const) {
    const folder = path.join(picturesFolder, language);
    await mkdir(folder, { recursive: true });
    for (const { name, visit: from, size } of guidePictures) {
      const visit = studio.visits.find((one) => one.name === from);
      if (!visit) throw new Error(`no page ${from} for the picture ${name}`);
      const complaints = await studio.pose(visit, { language, theme: "light", size }, async (page) =>
        writeFile(path.join(folder, `${name}.webp`), await take(page)),
      );
      if (complaints.length > 0) throw new Error(`${name} (${language}): ${complaints.join("; ")}`);
    }
    for (const file of await readdir(folder))
      if (!guidePictures.some(({ name }) => file === `${name}.webp`)) await rm(path.join(folder, file));
  }
  await studio.close();
}

if (import.meta.main) await main();
