// My work, as the people at a desk and on the road have it in front of them: it changes by itself when somebody else acts; orders are
// dispatched together; a handler takes, arrives and replies from a telephone; filters follow the person to another machine.
import assert from "node:assert/strict";
import { test } from "node:test";
import { deskWorkOperations } from "@bihuan/contract/desk-work.ts";
import { testDatabase } from "@bihuan/server/platform/testing/database.ts";
import type { Page } from "playwright-core";
import { type Desk, openDesk, skipReason, startBrowser, startProduct } from "./harness.ts";
import { pick, signIn } from "./steps.ts";
import { story } from "./story.ts";
import { act, takeIn } from "./work.ts";
import { makeWorld } from "./world.ts";

const minute = 60_000;
const db = skipReason ? null : await testDatabase();

test("everybody's work stands in front of them, and moves on when somebody acts", {
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
  const desks: Desk[] = [];
  const step = story(t, desks);
  const open = async (account: string, phone = false): Promise<Page> => {
    const desk = await openDesk(browser, product);
    desks.push(desk);
    if (phone) await desk.page.setViewportSize({ width: 390, height: 844 });
    await signIn(desk.page, account);
    await desk.page.goto("/work");
    return desk.page;
  };
  const demand = (title: string) =>
    takeIn(world, {
      flow: "fault-repair",
      title,
      form: {
        contactName: "陈建国",
        contactPhone: "13805145678",
        address: "南庄镇柳堤村 12 号",
        targetUnitId: world.units.ruralCrew,
      },
    });
  const item = (page: Page, title: string) => page.getByRole("listitem").filter({ hasText: title });
  const lane = (page: Page, name: string) => page.getByRole("region", { name });

  const orders = [await demand("柳堤村停电"), await demand("表箱冒烟"), await demand("灯光忽明忽暗")];
  const dispatcher = await open("wangmin");
  const handler = await open("zhaogang", true);

  await step("each sees what is theirs: the dispatcher three orders to dispatch, the handler nothing yet", async () => {
    await item(dispatcher, "柳堤村停电").getByRole("button", { name: "派单" }).waitFor();
    assert.equal(await dispatcher.getByRole("button", { name: "派单", exact: true }).count(), 3);
    await handler.getByText("没有待办").waitFor();
  });

  await step("what is dispatched together is held for a moment, then done order by order", async () => {
    await lane(dispatcher, "现在").or(lane(dispatcher, "今天")).first().getByLabel("选择本栏全部").check();
    await dispatcher.getByText("已选 3 项").waitFor();
    await dispatcher.getByRole("toolbar").getByRole("button", { name: "派单" }).click();
    const dialog = dispatcher.getByRole("dialog");
    await pick(dialog, "承办单位", "南庄抢修班", dispatcher);
    await dialog.getByRole("button", { name: "派单 3 张" }).click();
    await dispatcher.getByRole("button", { name: "撤销" }).click();
    await dispatcher.getByText("已撤销，工单未改动").waitFor();
    await dispatcher.getByRole("toolbar").getByRole("button", { name: "派单" }).click();
    await pick(dialog, "承办单位", "南庄抢修班", dispatcher);
    await dialog.getByRole("button", { name: "派单 3 张" }).click();
    await dispatcher.getByRole("button", { name: "立即执行" }).click();
    await dispatcher.getByText("派单：成功 3 张").waitFor();
  });

  await step("the handler's telephone shows them by itself, nearest due first, and one stroke takes one", async () => {
    const first = item(handler, "柳堤村停电");
    await first.getByRole("button", { name: "接单" }).waitFor();
    assert.equal(await handler.getByRole("button", { name: "接单", exact: true }).count(), 3);
    await first.getByText("新", { exact: true }).waitFor();
    await first.getByRole("button", { name: "接单" }).click();
    await first.getByText("我已接单").waitFor();
    await first.getByRole("button", { name: "到达" }).waitFor();
  });

  await step("nothing of the handler's work is for the dispatcher, who sees who has what he took in", async () => {
    await dispatcher.getByRole("tab", { name: "等待他人" }).click();
    await item(dispatcher, "柳堤村停电").getByText("等待赵刚处理").waitFor();
  });

  await step("he arrives and tells so from the telephone; the desk's urge stands first at once", async () => {
    await item(handler, "柳堤村停电").getByRole("button", { name: "到达" }).click();
    const sheet = handler.getByRole("dialog");
    await sheet.getByRole("button", { name: "到达", exact: true }).click();
    await item(handler, "柳堤村停电").getByRole("button", { name: "复电" }).waitFor();
    await act(world.as.agent, orders[0] ?? "", "urge", { by: "CUSTOMER", note: "家中有呼吸机" });
    await item(handler, "柳堤村停电").getByText("催办", { exact: false }).first().waitFor();
  });

  await step("what others did since he last looked is told, until he looks", async () => {
    await item(handler, "柳堤村停电").getByRole("link").click();
    await handler.getByRole("complementary").getByRole("heading", { name: "柳堤村停电" }).waitFor();
    await handler.keyboard.press("Escape");
    await act(world.as.agent, orders[0] ?? "", "note", { note: "客户补充：二楼" });
    await item(handler, "柳堤村停电").getByText("王敏 备注").waitFor();
    await item(handler, "柳堤村停电").getByRole("link").click();
    await handler.getByRole("complementary").getByText("客户补充：二楼").first().waitFor();
    await handler.keyboard.press("Escape");
    await item(handler, "柳堤村停电").getByText("王敏 备注").waitFor({ state: "detached" });
  });

  await step("the manager sees what the unit owes, by unit and by person", async () => {
    const manager = await open("linhai");
    await manager.getByRole("tab", { name: "单位待办" }).click();
    await manager.getByRole("heading", { name: "南江供电公司待办概览" }).waitFor();
    await manager
      .getByRole("table", { name: "各单位" })
      .getByRole("row", { name: /南庄供电所/ })
      .waitFor();
    await manager.getByRole("table", { name: "各人手中" }).getByRole("row", { name: /赵刚/ }).waitFor();
    await manager.getByRole("link", { name: "南庄供电所" }).click();
    await manager.getByRole("heading", { name: "南庄供电所待办概览" }).waitFor();
  });

  await step("the day's visits stand in their order, and two of one person at one time are told", async () => {
    for (const [title, at] of [
      ["校验电能表", "10:00"],
      ["更换电能表", "10:20"],
    ] as const) {
      const orderId = await takeIn(world, {
        flow: "service-request",
        subtype: "METER_TEST",
        title,
        form: { contactName: "王女士", contactPhone: "13800001111", address: "南庄镇 3 号", targetUnitId: world.units.ruralCrew },
        details: { appointmentAt: `2026-06-12T${at}:00+08:00` },
      });
      await act(world.as.agent, orderId, "dispatch", { unitId: world.units.ruralCrew });
      await act(world.as.handler, orderId, "accept");
    }
    await handler.getByRole("tab", { name: "当日预约" }).click();
    const visit = handler.getByRole("row", { name: /校验电能表/ });
    await visit.getByText("同一人同时有另一预约").waitFor();
    await handler.getByRole("row", { name: /更换电能表/ }).waitFor();
    assert.match((await handler.getByRole("row").allTextContents()).join(" "), /校验电能表.*更换电能表/s);
  });

  await step("another unit is asked, by a clock of its own; who asked sees where it waits", async () => {
    await act(world.as.handler, orders[0] ?? "", "consult", { unitIds: [world.units.desk], question: "请核实是否有计划停电" });
    const manager = desks.at(-1)?.page as Page;
    await manager.goto("/work");
    await item(manager, "柳堤村停电").getByText("客户服务中心协办").waitFor();
    await item(manager, "柳堤村停电").getByRole("button", { name: "反馈协办意见" }).click();
    await manager.getByRole("dialog").getByLabel("协办意见").fill("无计划停电");
    await manager.getByRole("dialog").getByRole("button", { name: "反馈协办意见", exact: true }).click();
    await item(manager, "柳堤村停电").waitFor({ state: "detached" });
  });

  await step("filters follow the person to another machine", async () => {
    product.time.advanceMs(minute);
    await dispatcher.getByRole("tab", { name: "我的待办" }).click();
    const kept = dispatcher.waitForResponse(
      (response) => response.url().includes("/desk/settings/my-work") && response.request().method() === "PUT",
    );
    await pick(dispatcher.getByRole("main"), "业务类型", "投诉", dispatcher);
    await kept;
    const elsewhere = await open("wangmin");
    await elsewhere.waitForURL(/flow=complaint/);
    await elsewhere.getByText("没有符合筛选条件的待办").waitFor();
    const { value } = await world.as.agent.call(deskWorkOperations.readSetting, { params: { name: "my-work" } });
    assert.deepEqual(JSON.parse(value ?? ""), { flow: "complaint" });
  });

  for (const { complaints } of desks) assert.deepEqual(complaints, []);
});
