// A page on a telephone, or enlarged twofold: nothing lies beside the screen, nothing under something else.
import type { Page } from "playwright-core";
import { still } from "./still.ts";

/** Widths in CSS pixels: a telephone upright, and 1366×768 enlarged to 200 %. */
export const narrowScreens = [
  { width: 390, height: 844 },
  { width: 683, height: 384 },
] as const;

// Runs in the page: controls that nobody could press, because they lie beside the screen or under another.
const unreachable = `(() => {
  const name = (element) => (element.getAttribute("aria-label") ?? element.textContent ?? "").trim().slice(0, 40) || element.outerHTML.slice(0, 120);
  const scrollsSideways = (element) => {
    for (let at = element.parentElement; at && at !== document.body; at = at.parentElement) {
      const { overflowX } = getComputedStyle(at);
      if ((overflowX === "auto" || overflowX === "scroll") && at.scrollWidth > at.clientWidth) return true;
    }
    return false;
  };
  const dialogs = [...document.querySelectorAll("[role=dialog]")].filter((one) => one.offsetParent !== null || one.getClientRects().length > 0);
  const within = dialogs.filter((one) => one.getAttribute("aria-modal") === "true").at(-1) ?? document;
  const problems = [];
  for (const element of within.querySelectorAll("button, a[href], input:not([type=hidden]):not([type=file]), textarea, [role=tab]")) {
    if (!element.checkVisibility({ visibilityProperty: true, opacityProperty: true }) || element.closest("[aria-hidden=true], [inert], .visually-hidden, .ant-select, .ant-picker-dropdown")) continue;
    if (element.disabled || element.getClientRects().length === 0 || getComputedStyle(element).clipPath === "inset(50%)") continue;
    element.scrollIntoView({ block: "center", inline: "nearest" });
    const box = element.getBoundingClientRect();
    if (box.width === 0 || box.bottom <= 0) continue; // reached by the keyboard only, shown then
    if ((box.left < -1 || box.right > innerWidth + 1) && !scrollsSideways(element)) { problems.push("beside the screen: " + name(element)); continue; }
    const [x, y] = [Math.min(innerWidth - 1, Math.max(0, (box.left + box.right) / 2)), (box.top + box.bottom) / 2];
    const over = document.elementFromPoint(x, y);
    // A panel, a dialog, an open list or an explanation laid over the page on purpose has its own way out.
    const layer = over?.closest("[role=dialog], [role=listbox], dialog, aside, .ant-popover, .ant-dropdown, .ant-modal-wrap, .ant-message");
    if (layer && !layer.contains(element)) continue;
    const label = element.labels?.[0];
    if (!over || element.contains(over) || over.contains(element) || label?.contains(over) || over.closest("label")?.contains(element)) continue;
    if (over.matches(".ant-radio-button-wrapper *, .ant-input-affix-wrapper *, .ant-picker *, .ant-switch *")) continue;
    problems.push("under " + name(over) + ": " + name(element));
  }
  return problems;
})()`;

/** What is wrong with the page on a screen of this size; the screen has its former size afterwards. */
export async function narrowProblems(page: Page, screen: { width: number; height: number }): Promise<string[]> {
  const before = page.viewportSize();
  await page.setViewportSize(screen);
  await page.waitForTimeout(150);
  await still(page);
  let problems = await page.evaluate<string[]>(unreachable);
  // Parts that are drawn otherwise on a narrow screen are drawn anew first: what is wrong stays wrong.
  for (let look = 0; look < 12 && problems.length > 0; look++) {
    await page.waitForTimeout(250);
    await still(page);
    problems = await page.evaluate<string[]>(unreachable);
  }
  // An explanation that stands open while the screen shrinks is placed anew only when it is opened anew.
  const explained = await page.locator(".ant-popover:visible").count();
  const width = Number(await page.evaluate("document.documentElement.scrollWidth"));
  if (width > screen.width && explained === 0) problems.push(`the page is ${width} px wide`);
  const sideways = await page.evaluate<number[]>(
    `[...document.querySelectorAll("main")].filter((one) => one.scrollWidth > one.clientWidth + 1).map((one) => one.scrollWidth)`,
  );
  for (const wide of sideways) problems.push(`the main part scrolls sideways: ${wide} px`);
  if (before) await page.setViewportSize(before);
  return problems.map((problem) => `${screen.width} px: ${problem}`);
}
