// Takes a picture of every page in both languages: `node e2e/screenshots.ts FOLDER [PATTERN] [390x844] [dark] [zh]`. For looking, not for
// comparing.
import { mkdir } from "node:fs/promises";
import path from "node:path";
import { openStudio } from "./studio.ts";

const [folder, only, size, ...rest] = process.argv.slice(2);
if (!folder) {
  process.stderr.write("usage: node e2e/screenshots.ts FOLDER [PATTERN] [WIDTHxHEIGHT] [dark] [zh|en]\n");
  process.exit(2);
}
const [width = 1366, height = 768] = (size ?? "1366x768").split("x").map(Number);
const theme = rest.includes("dark") ? "dark" : "light";
const asked = (["zh", "en"] as const).filter((language) => rest.includes(language));
await mkdir(folder, { recursive: true });
const studio = await openStudio();
for (const language of asked.length > 0 ? asked : (["zh", "en"] as const))
  for (const visit of studio.visits.filter(({ name }) => only === undefined || new RegExp(only).test(name))) {
    const file = path.join(folder, `${visit.name}.${language}${theme === "dark" ? ".dark" : ""}.png`);
    const complaints = await studio.pose(visit, { language, theme, size: { width, height } }, (page) =>
      page.screenshot({ path: file }),
    );
    for (const complaint of complaints) process.stderr.write(`${visit.name} ${language}: ${complaint}\n`);
  }
await studio.close();
