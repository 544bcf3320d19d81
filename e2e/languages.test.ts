// Every page in both languages: nothing is missing, nothing fails, everything has a name, nothing is wider than the screen.
import assert from "node:assert/strict";
import { test } from "node:test";
import { testDatabase } from "@bihuan/server/platform/testing/database.ts";
import { fillWithConnections } from "./connections.ts";
import { type Desk, openDesk, skipReason, startBrowser, startProduct } from "./harness.ts";
import { fillLibrary } from "./library.ts";
import { narrowProblems, narrowScreens } from "./narrow.ts";
import { settle, visits } from "./pages.ts";
import { fillWithWork } from "./work.ts";
import { makeWorld, type PersonKey } from "./world.ts";

const db = skipReason ? null : await testDatabase();

/** Pages that alarm on purpose: a refusal, samples of every notice, orders that nobody in reach may take. */
const alarming = /^(34-refused|45-styleguide|02-my-work-unit)/;

// Runs in the page: controls that a screen reader could not name.
const nameless = `(() => {
  const isShown = (element) => element.offsetParent !== null && element.closest("[aria-hidden=true]") === null;
  const texts = (element) => [
    ...["aria-label", "title", "placeholder"].map((name) => element.getAttribute(name)),
    ...(element.getAttribute("aria-labelledby") ?? "").split(" ").map((id) => document.getElementById(id)?.textContent),
    ...[...(element.labels ?? [])].map((label) => label.textContent),
    ...[...element.querySelectorAll("[aria-label]")].map((inner) => inner.getAttribute("aria-label")),
    element.matches("input, textarea, select") ? null : element.textContent,
  ];
  return [...document.querySelectorAll("button, a[href], input:not([type=hidden]):not([type=file]), textarea, [role=button], [role=tab]")]
    .filter((element) => isShown(element) && !texts(element).some((text) => (text ?? "").trim() !== ""))
    .map((element) => element.outerHTML.slice(0, 160));
})()`;

test("every page speaks both languages, names its controls and fits 1366×768, a telephone and 200 %", {
  skip: skipReason,
  timeout: 580_000,
}, async (t) => {
  if (!db) return;
  const product = await startProduct(db, "2026-05-18T08:30:00+08:00");
  const browser = await startBrowser();
  t.after(async () => {
    await browser.close();
    await product.stop();
  });
  const world = await makeWorld(product);
  const connections = await fillWithConnections(product, world);
  product.time.moveTo("2026-06-08T09:00:00+08:00");
  const work = await fillWithWork(product, world);
  const library = await fillLibrary(world);

  for (const language of ["zh", "en"] as const) {
    const desks = new Map<string, Desk>();
    const deskOf = async (person: PersonKey | null): Promise<Desk> => {
      const known = desks.get(person ?? "");
      if (known) return known;
      const desk = await openDesk(browser, product, language);
      if (person) await desk.context.addCookies([{ ...(await world.as[person].cookie()), url: product.address }]);
      desks.set(person ?? "", desk);
      return desk;
    };
    for (const visit of visits(world, work, library, connections))
      await t.test(`${visit.name} ${language}`, async () => {
        const { page, complaints } = await deskOf(visit.as);
        await page.goto(visit.address);
        await settle(page);
        await visit.act?.(page);
        assert.equal(await page.locator("html").getAttribute("lang"), language === "zh" ? "zh-CN" : "en");
        assert.deepEqual(await page.evaluate(nameless), []);
        assert.ok(
          Number(await page.evaluate("document.documentElement.scrollWidth")) <= 1366,
          "the page is wider than the screen",
        );
        for (const screen of narrowScreens) assert.deepEqual(await narrowProblems(page, screen), []);
        if (!alarming.test(visit.name)) assert.equal(await page.getByRole("alert").count(), 0, "the page shows a refusal");
        assert.deepEqual(complaints.splice(0), []);
      });
    for (const { context } of desks.values()) await context.close();
  }
});
