// The packs that come with the product: texts beside the code, read once at start.
import { readdir, readFile } from "node:fs/promises";
import path from "node:path";

const folder = path.join(import.meta.dirname, "../../rule-packs");

/** Packs adopted at the root of a fresh installation; the others wait until somebody adopts them. */
export const ADOPTED_AT_FIRST: readonly string[] = ["regulation", "state-grid-2011", "state-grid-2022", "house"];

/** Key and text of every shipped pack, by key. */
export async function shippedPacks(): Promise<{ key: string; yaml: string }[]> {
  const names = (await readdir(folder)).filter((name) => name.endsWith(".yaml")).sort();
  return Promise.all(
    names.map(async (name) => ({ key: name.slice(0, -".yaml".length), yaml: await readFile(path.join(folder, name), "utf8") })),
  );
}
