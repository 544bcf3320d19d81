// The demonstration's own folder. What was not made by it is never touched: a folder without its mark is refused, not emptied.
import { mkdir, readdir, readFile, rm, writeFile } from "node:fs/promises";
import path from "node:path";
import { z } from "zod";

const MARK = "demo.json";
const Mark = z.object({
  bihuan: z.literal("demo"),
  seed: z.string(),
  zone: z.string(),
  customers: z.int(),
  /** Null while it is being filled: a start that broke off is begun anew. */
  filledAt: z.string().nullable(),
});
export type Mark = z.infer<typeof Mark>;

/** The folder is somebody else's. */
export class NotOurFolder extends Error {
  override readonly name = "NotOurFolder";
}

const contentsOf = (folder: string): Promise<string[]> =>
  readdir(folder).catch((error: NodeJS.ErrnoException) => {
    if (error.code === "ENOENT") return [];
    throw error;
  });

/** What stands in the folder: the mark of a filled demonstration, or null where there is nothing to keep. Errors: {@link NotOurFolder}. */
export async function readFolder(folder: string): Promise<Mark | null> {
  const contents = await contentsOf(folder);
  if (contents.length === 0) return null;
  const mark = Mark.safeParse(JSON.parse(await readFile(path.join(folder, MARK), "utf8").catch(() => "null"))).data;
  if (!mark) throw new NotOurFolder(folder);
  return mark.filledAt === null ? null : mark;
}

export const markFolder = (folder: string, mark: Mark): Promise<void> =>
  writeFile(path.join(folder, MARK), `${JSON.stringify(mark, null, 2)}\n`);

/** Empties the demonstration's folder, or makes it. Errors: {@link NotOurFolder}. */
export async function emptyFolder(folder: string, mark: Omit<Mark, "filledAt">): Promise<void> {
  await readFolder(folder);
  // The mark goes last and comes first: whatever breaks off in between, the folder is known as ours.
  for (const name of await contentsOf(folder))
    if (name !== MARK) await rm(path.join(folder, name), { recursive: true, force: true });
  await mkdir(folder, { recursive: true, mode: 0o755 });
  await markFolder(folder, { ...mark, filledAt: null });
}
