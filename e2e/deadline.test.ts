// Why a deadline is what it is: a complaint that falls due across a holiday, read by the person who has to keep it.
import assert from "node:assert/strict";
import { test } from "node:test";
import { testDatabase } from "@bihuan/server/platform/testing/database.ts";
import { type Desk, openDesk, skipReason, startBrowser, startProduct } from "./harness.ts";
import { story } from "./story.ts";
import { takeIn } from "./work.ts";
import { makeWorld } from "./world.ts";

const db = skipReason ? null : await testDatabase();

test("a person reads why a deadline is what it is, in both languages", { skip: skipReason, timeout: 120_000 }, async (t) => {
  if (!db) return;
  // Wednesday afternoon before the Dragon Boat Festival of 2026, 19 to 21 June.
  const product = await startProduct(db, "2026-06-17T16:20:00+08:00");
  const browser = await startBrowser();
  t.after(async () => {
    await browser.close();
    await product.stop();
  });
  const world = await makeWorld(product);
  const orderId = await takeIn(world, {
    flow: "complaint",
    subtype: "SERVICE",
    title: "营业厅排队两小时",
    form: { areaClass: "URBAN", targetUnitId: world.units.urban },
  });
  const desks: Desk[] = [];
  const step = story(t, desks);
  const open = async (language: "zh" | "en"): Promise<Desk> => {
    const desk = await openDesk(browser, product, language);
    desks.push(desk);
    await desk.context.addCookies([{ ...(await world.as.manager.cookie()), url: product.address }]);
    await desk.page.goto(`/orders/${orderId}`);
    return desk;
  };

  await step("the promise of five working days counts around the festival and says so", async () => {
    const { page } = await open("zh");
    const clock = page.getByRole("listitem").filter({ hasText: "答复客户" }).filter({ hasText: "承诺" });
    // Thursday, then Monday to Thursday: the festival and its weekend are not worked.
    await clock.getByText("06-25 24:00").waitFor();
    await clock.getByRole("button", { name: /剩 \d 个工作日/ }).click();
    const explained = page.getByRole("dialog", { name: "计时说明：答复客户" });
    await explained.getByText("端午节").first().waitFor();
    await explained.getByText("5 个工作日内").waitFor();
    await explained.getByText("不计").first().waitFor();
    await explained.getByText("国家电网供电服务承诺（营业厅服务指南）").first().waitFor();
    await explained
      .getByText(/state-grid-2022/)
      .first()
      .waitFor();
    const days = await explained.getByText(/^\d 个工作日$/).allInnerTexts();
    const sum = days.reduce((total, text) => total + Number.parseInt(text, 10), 0);
    assert.equal(sum, 5, `the counted days ${days.join(" + ")} are the limit`);
    await explained.getByText("文字说明").click();
    await explained
      .getByText(/2026-06-17 16:20/)
      .first()
      .waitFor();
  });

  await step("the same in English, with the limits of law, promise and company side by side", async () => {
    const { page } = await open("en");
    for (const authority of ["Law", "Promise", "Internal"])
      await page.getByRole("listitem").filter({ hasText: authority }).first().waitFor();
    const clock = page.getByRole("listitem").filter({ hasText: "Answer to the customer" }).filter({ hasText: "Promise" });
    await clock.getByRole("button", { name: /working days left/ }).click();
    const explained = page.getByRole("dialog", { name: "How this clock counts: Answer to the customer" });
    await explained
      .getByText(/Dragon Boat/)
      .first()
      .waitFor();
    await explained.getByText("Within 5 working days").waitFor();
    await page.keyboard.press("Escape");
  });

  await step("a limit beyond the last announced year is marked provisional", async () => {
    product.time.moveTo("2026-12-30T10:00:00+08:00");
    const late = await takeIn(world, { flow: "complaint", subtype: "SERVICE", title: "年末投诉", form: { areaClass: "URBAN" } });
    const { page, context } = await openDesk(browser, product);
    await context.addCookies([{ ...(await world.as.manager.cookie()), url: product.address }]);
    await page.goto(`/orders/${late}`);
    await page.getByRole("listitem").filter({ hasText: "答复客户" }).getByText("暂定").first().waitFor();
  });

  for (const { complaints } of desks) assert.deepEqual(complaints, []);
});
