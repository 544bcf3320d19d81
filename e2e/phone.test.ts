// The handler's work on a telephone: take, arrive, photograph without a network, restore, reply, with one thumb.
import assert from "node:assert/strict";
import { test } from "node:test";
import { testDatabase } from "@bihuan/server/platform/testing/database.ts";
import { workOrderOperations } from "@bihuan/contract/work-order.ts";
import { axeViolations } from "./axe.ts";
import { type Desk, openDesk, skipReason, startBrowser, startProduct } from "./harness.ts";
import { settle } from "./pages.ts";
import { pick } from "./steps.ts";
import { story } from "./story.ts";
import { act, takeIn } from "./work.ts";
import { makeWorld } from "./world.ts";

const minute = 60_000;
const db = skipReason ? null : await testDatabase();

/** Runs in the page: what a finger has to hit in the bar and in what it opened, and is lower than 44 px. */
const tooSmall = `[...document.querySelectorAll("section[aria-label=操作] button, .ant-drawer-open button, .ant-drawer-open input:not([type=radio])")]
  .filter((one) => one.checkVisibility() && !one.closest(".ant-select, .ant-picker") && one.getBoundingClientRect().height < 43.5)
  .map((one) => (one.getAttribute("aria-label") ?? one.textContent) + " " + one.getBoundingClientRect().height)`;

test("a handler takes an order, arrives, photographs, restores and replies on a telephone", {
  skip: skipReason,
  timeout: 180_000,
}, async (t) => {
  if (!db) return;
  const product = await startProduct(db, "2026-06-12T09:00:00+08:00");
  const browser = await startBrowser();
  t.after(async () => {
    await browser.close();
    await product.stop();
  });
  const world = await makeWorld(product);
  const { agent, handler } = world.as;
  const orderId = await takeIn(world, {
    flow: "fault-repair",
    title: "全村停电，跌落保险掉了一相",
    form: { customerId: world.customers.resident, targetUnitId: world.units.ruralCrew },
  });
  await act(agent, orderId, "dispatch", { unitId: world.units.ruralCrew });

  const desk: Desk = await openDesk(browser, product, "zh", "phone");
  const { page, context } = desk;
  await context.addCookies([{ ...(await handler.cookie()), url: product.address }]);
  await context.grantPermissions(["geolocation"]);
  await context.setGeolocation({ longitude: 118.79653, latitude: 32.06012, accuracy: 12 });
  const step = story(t, [desk]);
  const bar = page.getByRole("region", { name: "操作" });
  const sheet = page.getByRole("dialog");
  const next = (name: string) => bar.getByRole("button", { name, exact: true });
  const send = (name: string) => sheet.getByRole("button", { name, exact: true }).tap();

  await step("the order opens with what comes next under the thumb; one stroke takes it", async () => {
    await page.goto(`/orders/${orderId}`);
    await settle(page);
    await page.getByRole("heading", { level: 1, name: "全村停电，跌落保险掉了一相" }).waitFor();
    await page.getByText("生命支持设备").first().waitFor();
    assert.deepEqual(await page.evaluate(tooSmall), []);
    assert.ok(Number(await page.evaluate("document.documentElement.scrollWidth")) <= 390, "the page is wider than the telephone");
    const box = await next("接单").boundingBox();
    assert.ok(box && box.y > 700 && box.y + box.height <= 844, "the next step is within reach of the thumb");
    await next("接单").tap();
    await next("到达").waitFor();
  });

  await step("arriving takes the time of now, and the position where the handler gives it", async () => {
    product.time.advanceMs(31 * minute);
    await page.reload(); // the page learns what time it is: nobody arrives in the second in which the order came
    await next("到达").tap();
    await sheet.getByRole("button", { name: "取当前位置" }).tap();
    await sheet.getByText("118.79653, 32.06012 ±12 m").waitFor();
    assert.deepEqual(await page.evaluate(tooSmall), []);
    assert.deepEqual(await axeViolations(page), []);
    await send("到达");
    await next("复电").waitFor();
    await sheet.waitFor({ state: "detached" });
    await page.getByText("118.79653, 32.06012 ±12 m").waitFor();
  });

  await step("photographs taken without a network wait on the telephone, and go when it is back", async () => {
    await context.setOffline(true);
    // A real picture, larger than what is kept.
    const shot = Buffer.from(
      (
        await page.evaluate<string>(`(() => {
          const canvas = document.createElement("canvas");
          Object.assign(canvas, { width: 3000, height: 2000 });
          const paint = canvas.getContext("2d");
          for (let at = 0; at < 60; at++) { paint.fillStyle = "hsl(" + at * 6 + " 60% 50%)"; paint.fillRect(at * 50, 0, 50, 2000); }
          return canvas.toDataURL("image/png");
        })()`)
      ).split(",")[1] ?? "",
      "base64",
    );
    const files = ["IMG_0001.png", "IMG_0002.png"].map((name) => ({ name, mimeType: "image/png", buffer: shot }));
    await bar.locator("input[capture]").setInputFiles(files);
    await page.getByText("2 张照片在本机待上传").waitFor();
    await page.getByText("没有网络，恢复后自动上传").waitFor();
    await context.setOffline(false);
    await page.getByRole("link", { name: /^照片-20260612-\d{6}-1\.jpg$/ }).waitFor();
    await page.getByRole("link", { name: /^照片-20260612-\d{6}-2\.jpg$/ }).waitFor();
    await page.getByText("在本机待上传").waitFor({ state: "detached" });
    const { attachments } = await handler.call(workOrderOperations.readOrder, { params: { orderId } });
    assert.deepEqual(
      attachments.map(({ mediaType }) => mediaType),
      ["image/jpeg", "image/jpeg"],
    );
  });

  await step("supply is restored and the reply given in sheets that come up from the foot", async () => {
    product.time.advanceMs(40 * minute);
    await next("复电").tap();
    await pick(sheet, "故障类型", "低压故障", page);
    await sheet.getByLabel("处理情况").fill("更换烧损的低压熔断器");
    await send("复电");
    await next("回单").waitFor();
    await sheet.waitFor({ state: "detached" });

    await next("回单").tap();
    await sheet.getByRole("radiogroup", { name: "已联系客户" }).getByText("否").tap();
    await pick(sheet, "原因分类", "设备原因", page);
    await sheet.getByLabel("现场事实").fill("表箱进线熔断器烧断");
    await sheet.getByLabel("原因说明").fill("熔断器老化，接触不良");
    await sheet.getByLabel("处理措施").fill("更换熔断器，紧固接线端子");
    assert.deepEqual(await page.evaluate(tooSmall), []);
    await send("回单");
    await next("回单").waitFor({ state: "detached" });
    const { step: now } = await handler.call(workOrderOperations.readOrder, { params: { orderId } });
    assert.equal(now, "reviewing");
  });

  await step("the pages stand behind the menu button", async () => {
    await page.getByRole("button", { name: "打开菜单" }).tap();
    await page.getByRole("navigation", { name: "主导航" }).getByRole("link", { name: "工单" }).tap();
    await page.waitForURL(/\/orders$/);
    await page.getByRole("button", { name: "打开菜单" }).waitFor();
    assert.ok(Number(await page.evaluate("document.documentElement.scrollWidth")) <= 390);
  });

  assert.deepEqual(desk.complaints, []);
});
