// A story is told step by step: after one that fails, the others are not tried, and the pages are kept as they stood.
import path from "node:path";
import type { TestContext } from "node:test";
import type { Desk } from "./harness.ts";

/** Where to keep a picture of every page when a step fails; nowhere where not set. */
const folder = process.env["E2E_SCREENSHOTS"];

export function story(t: TestContext, desks: readonly Desk[]): (name: string, tell: () => Promise<void>) => Promise<void> {
  let broken = false;
  return async (name, tell) => {
    await t.test(name, { skip: broken && "a step before it failed" }, async () => {
      try {
        await tell();
      } catch (error) {
        broken = true;
        if (folder)
          await Promise.all(desks.map(({ page }, at) => page.screenshot({ path: path.join(folder, `failed-${at}.png`) })));
        throw error;
      }
    });
  };
}
