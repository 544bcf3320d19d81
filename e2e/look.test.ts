// One look, light and dark: axe-core finds nothing serious on any page, contrast included, in either palette; the choice between
// them is kept and does not flash; paper is light; the help shows the keys that work.
import assert from "node:assert/strict";
import { test } from "node:test";
import { testDatabase } from "@bihuan/server/platform/testing/database.ts";
import type { Page } from "playwright-core";
import { axeViolations } from "./axe.ts";
import { fillWithConnections } from "./connections.ts";
import { type Desk, openDesk, skipReason, startBrowser, startProduct } from "./harness.ts";
import { fillLibrary } from "./library.ts";
import { settle, visits } from "./pages.ts";
import { story } from "./story.ts";
import { fillWithWork } from "./work.ts";
import { makeWorld, type PersonKey } from "./world.ts";

const db = skipReason ? null : await testDatabase();
const theme = (page: Page): Promise<string | null> => page.locator("html").getAttribute("data-theme");

/** As the person's menu does it, without opening it on every page. */
const turn = (page: Page, to: "light" | "dark"): Promise<void> => page.emulateMedia({ colorScheme: to });

test("axe finds nothing serious on any page, and each person has their palette", {
  skip: skipReason,
  timeout: 600_000,
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

  const desks = new Map<string, Desk>();
  const deskOf = async (person: PersonKey | null): Promise<Desk> => {
    const known = desks.get(person ?? "");
    if (known) return known;
    const desk = await openDesk(browser, product);
    if (person) await desk.context.addCookies([{ ...(await world.as[person].cookie()), url: product.address }]);
    desks.set(person ?? "", desk);
    return desk;
  };

  for (const visit of visits(world, work, library, connections))
    await t.test(visit.name, async () => {
      const { page, complaints } = await deskOf(visit.as);
      await turn(page, "light");
      await page.goto(visit.address);
      await settle(page);
      await visit.act?.(page);
      await page.waitForTimeout(300); // what opened has come to rest
      assert.deepEqual(await axeViolations(page), []);
      await turn(page, "dark");
      await page.locator("html[data-theme=dark]").waitFor();
      await page.waitForTimeout(300);
      assert.deepEqual(await axeViolations(page, ["color-contrast", "link-in-text-block"]), []);
      assert.deepEqual(complaints.splice(0), []);
    });

  const step = story(t, [...desks.values()]);
  const { page } = await deskOf("manager");
  const choose = async (label: string): Promise<void> => {
    await page.getByRole("button", { name: /的菜单$/ }).click();
    await page.getByRole("menuitem", { name: label }).click();
  };

  await step("the palette is chosen in the person's menu, and kept over a reload", async () => {
    await turn(page, "light");
    await page.goto("/orders");
    await settle(page);
    assert.equal(await theme(page), "light");
    await choose("深色");
    await page.locator("html[data-theme=dark]").waitFor();
    await page.reload({ waitUntil: "commit" });
    // Before a script of the app has run, the ground is dark already.
    await page.locator("html[data-theme=dark]").waitFor({ state: "attached" });
    await settle(page);
    assert.equal(await theme(page), "dark");
  });

  await step("who never chose follows the machine; another person on this machine keeps their own", async () => {
    await choose("跟随系统");
    await page.locator("html[data-theme=light]").waitFor();
    await turn(page, "dark");
    await page.locator("html[data-theme=dark]").waitFor();
    await turn(page, "light");
  });

  await step("paper is light, whatever the screen shows", async () => {
    await choose("深色");
    await page.locator("html[data-theme=dark]").waitFor();
    await page.emulateMedia({ media: "print" });
    const ground = await page.evaluate(`getComputedStyle(document.body).getPropertyValue("--paper").trim()`);
    assert.equal(ground, "#ffffff");
    await page.emulateMedia({ media: "screen" });
    await choose("浅色");
  });

  await step("the help shows the keys that work on the page in front, and no others", async () => {
    const keys = async (address: string): Promise<string> => {
      await page.goto(address);
      await settle(page);
      await page.keyboard.press("?");
      const help = page.getByRole("dialog", { name: "快捷键" });
      await help.waitFor();
      return help.innerText();
    };
    const onList = await keys("/orders");
    for (const words of ["在列表中上下移动", "打开所选的一行", "查找一切"]) assert.ok(onList.includes(words), words);
    assert.ok(!onList.includes("关闭侧栏"));
    assert.ok((await keys(`/orders?open=${work.repairing}`)).includes("关闭侧栏"));
    assert.ok(!(await keys("/account")).includes("在列表中上下移动"));
  });

  await step("a dialog in front silences the keys of the page behind it", async () => {
    await page.goto("/account");
    await settle(page);
    await page.keyboard.press("?");
    await page.getByRole("dialog", { name: "快捷键" }).waitFor();
    await page.keyboard.press("n");
    await page.keyboard.press("Escape");
    await page.getByRole("dialog", { name: "快捷键" }).waitFor({ state: "detached" });
    assert.match(page.url(), /\/account$/);
  });

  await step("the search finds an order, a customer, an address, a page and an action", async () => {
    const { page: desk } = await deskOf("agent");
    await desk.goto("/orders");
    await settle(desk);
    const find = async (words: string, group: string, title: RegExp): Promise<void> => {
      await desk.keyboard.press("Control+k");
      await desk.locator("dialog input:focus").waitFor();
      await desk.keyboard.insertText(words);
      await desk.getByRole("group", { name: group }).getByRole("option", { name: title }).first().waitFor();
      await desk.keyboard.press("Escape");
      await desk.locator("dialog").waitFor({ state: "detached" });
    };
    await find("楼道照明", "工单", /楼道照明不亮/);
    await find("第二人民医院", "客户", /第二人民医院/);
    await find("建设路", "地址", /第二人民医院/);
    await find("台区", "页面", /^台区/);
    await find("新建", "操作", /新建工单/);
    await find("深色", "操作", /深色/);
  });

  await step("Escape closes the explanation of a clock and nothing behind it, and the focus is where it was", async () => {
    await page.goto(`/orders?open=${work.complaint}`);
    await settle(page);
    const chip = page.getByRole("complementary").locator("li button[data-state]").first();
    await chip.focus();
    await page.keyboard.press("Enter");
    const sum = page.getByRole("dialog");
    await sum.waitFor();
    for (let tabs = 0; tabs < 6; tabs++) await page.keyboard.press("Tab");
    assert.ok(await sum.evaluate((one) => one.contains(document.activeElement)), "Tab stays in the explanation");
    await page.keyboard.press("Escape");
    await sum.waitFor({ state: "detached" });
    assert.ok(await chip.evaluate((one) => one === document.activeElement), "the focus is back on the chip");
    assert.match(page.url(), /open=/, "the panel behind it stays");
  });
});
