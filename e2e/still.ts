// Pages move a little when something opens: what is measured on the way is neither before nor after.
import type { Page } from "playwright-core";

/** Waits until nothing on the page is on its way any more; what turns for ever (a spinner) is not waited for. */
export const still = (page: Page): Promise<unknown> =>
  page.evaluate(
    "Promise.allSettled(document.getAnimations().filter((one) => one.effect?.getTiming().iterations !== Infinity).map((one) => one.finished))",
  );
