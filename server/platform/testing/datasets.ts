// Where the public data sets are that some tests read. They are not part of the repository.
import { existsSync } from "node:fs";
import path from "node:path";
import type { TestContext } from "node:test";

/**
 * The folder of the data sets: `BIHUAN_DATASETS`, else `shared/data` beside the repository. Null where neither exists.
 */
export function datasetFolder(): string | null {
  const named = process.env.BIHUAN_DATASETS;
  const folder = named ? path.resolve(named) : path.join(import.meta.dirname, "../../../../shared/data");
  return existsSync(folder) ? folder : null;
}

/**
 * The folder for a test that cannot run without it. Where it is absent the test is skipped, saying so, and null comes back;
 * with `CI=true` its absence is an error, so that a green run there has compared everything.
 */
export function datasetFolderOrSkip(test: TestContext): string | null {
  const folder = datasetFolder();
  if (folder !== null) return folder;
  const message = "the data sets are absent: set BIHUAN_DATASETS to their folder";
  if (process.env.CI === "true") throw new Error(message);
  test.skip(message);
  return null;
}
