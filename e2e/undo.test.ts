// What can be taken back offers it: done at once, undone by the opposite, with a click or a key.
import assert from "node:assert/strict";
import { test } from "node:test";
import { workOrderOperations } from "@bihuan/contract/work-order.ts";
import { testDatabase } from "@bihuan/server/platform/testing/database.ts";
import { type Desk, openDesk, skipReason, startBrowser, startProduct } from "./harness.ts";
import { settle } from "./pages.ts";
import { story } from "./story.ts";
import { takeIn } from "./work.ts";
import { makeWorld } from "./world.ts";

const db = skipReason ? null : await testDatabase();

test("a deleted view and a merge are taken back while the offer stands", { skip: skipReason, timeout: 180_000 }, async (t) => {
  if (!db) return;
  const product = await startProduct(db, "2026-06-12T09:00:00+08:00");
  const browser = await startBrowser();
  t.after(async () => {
    await browser.close();
    await product.stop();
  });
  const world = await makeWorld(product);
  const fault = (title: string) => takeIn(world, { flow: "fault-repair", title, form: { contactName: "张先生" } });
  const [master, repeat] = [await fault("整村停电"), await fault("还是没电")];
  const desk: Desk = await openDesk(browser, product);
  await desk.context.addCookies([{ ...(await world.as.agent.cookie()), url: product.address }]);
  const { page } = desk;
  const step = story(t, [desk]);
  const read = () => world.as.agent.call(workOrderOperations.readOrder, { params: { orderId: repeat } });

  await step("a view that was deleted is there again", async () => {
    await page.goto("/orders?flow=fault-repair&clock=overdue");
    await settle(page);
    const views = page.locator("h1 button");
    await views.click();
    await page.getByRole("menuitem", { name: /^保存当前筛选为视图/ }).click();
    await page.getByLabel("视图名称").fill("超时报修");
    await page.getByRole("button", { name: "保存", exact: true }).click();
    await page.getByRole("heading", { level: 1, name: "超时报修" }).waitFor();
    await views.click();
    await page.getByRole("menuitem", { name: "删除视图“超时报修”" }).click();
    await page.getByText("已删除视图“超时报修”").waitFor();
    await page.getByRole("heading", { level: 1, name: "筛选结果" }).waitFor();
    await page.getByRole("button", { name: "撤销", exact: true }).click();
    await page.getByRole("heading", { level: 1, name: "超时报修" }).waitFor();
  });

  await step("a merge is dissolved by a key, and the history tells both", async () => {
    await page.goto(`/orders/${repeat}`);
    await settle(page);
    const merge = page.getByRole("button", { name: "合并至母单", exact: true });
    if (!(await merge.isVisible())) await page.getByRole("button", { name: "其他操作" }).click();
    await merge.or(page.getByRole("menuitem", { name: "合并至母单" })).click();
    await page.getByRole("combobox", { name: /^母单号/ }).click();
    await page.keyboard.insertText("整村");
    await page.getByTitle(new RegExp(master)).click();
    await page.getByRole("button", { name: "合并至母单", exact: true }).click();
    await page.getByText("合并至母单：已完成").waitFor();
    assert.equal((await read()).masterId, master);
    await page.keyboard.press("?");
    await page.getByRole("dialog", { name: "快捷键" }).getByText("撤销刚才的操作").waitFor();
    await page.keyboard.press("Escape");
    await page.getByRole("dialog", { name: "快捷键" }).waitFor({ state: "detached" });
    await page.keyboard.press("z");
    await page.getByText("撤销刚才的合并").waitFor();
    const { masterId, step: now } = await read();
    assert.deepEqual([masterId, now], [null, "dispatching"]);
  });

  assert.deepEqual(desk.complaints, []);
});
