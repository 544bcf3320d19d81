// One fault, from the call to the archive, through three people: the agent who takes it in and dispatches it, the handler who
// repairs it, the verifier who reviews the reply and calls the customer back.
import assert from "node:assert/strict";
import { test } from "node:test";
import { testDatabase } from "@bihuan/server/platform/testing/database.ts";
import { type Desk, openDesk, skipReason, startBrowser, startProduct } from "./harness.ts";
import { pick, signIn, typeInstant, wallClock } from "./steps.ts";
import { story } from "./story.ts";
import { makeWorld } from "./world.ts";

const minute = 60_000;
const db = skipReason ? null : await testDatabase();

test("a fault goes from the call to the archive through agent, handler and verifier", {
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
  const desks: Desk[] = [];
  const desk = async (account: string): Promise<Desk> => {
    const opened = await openDesk(browser, product);
    desks.push(opened);
    await signIn(opened.page, account);
    return opened;
  };

  await makeWorld(product);

  const agent = (await desk("wangmin")).page;
  const handler = (await desk("zhaogang")).page;
  const verifier = (await desk("zhoujing")).page;
  let orderId = "";
  const step = story(t, desks);

  await step("the agent finds the customer, sees who will handle it and by when, and takes the fault in", async () => {
    await agent.getByRole("heading", { level: 1, name: "受理台" }).waitFor();
    await agent.getByLabel("查找客户或工单：电话、户号、户名、地址、工单号").fill("柳堤");
    await agent.getByRole("option", { name: /3201004471/ }).click();
    await agent.getByText("生命支持设备").first().waitFor();
    await agent.getByLabel("标题").fill("整户停电，空开未跳");
    await pick(agent.getByRole("main"), "业务类别", "故障报修", agent);
    await agent.getByLabel("诉求内容").fill("早上突然没电，邻居家有电。");
    await pick(agent.getByRole("main"), "联系谁", "另填姓名与电话", agent);
    await agent.getByLabel("联系人", { exact: true }).fill("陈建国");
    await agent.getByLabel("联系电话").fill("13805145678");
    await agent.getByText("→ 南庄供电所").waitFor();
    await agent.getByText("到达现场").first().waitFor();
    await agent.getByText(/您的诉求已经受理，由南庄供电所负责/).waitFor();
    await agent.getByRole("button", { name: "受理", exact: true }).click();
    await agent.getByRole("link", { name: "打开工单" }).click();
    await agent.getByRole("heading", { name: "整户停电，空开未跳" }).waitFor();
    orderId = /\/orders\/(\d{19})/.exec(agent.url())?.[1] ?? "";
    assert.match(orderId, /^\d{19}$/);
  });

  await step("dispatched, it appears on the handler's open list without a reload", async () => {
    await handler.goto("/orders");
    await handler.getByText("没有在途工单", { exact: true }).waitFor();
    await agent.getByRole("button", { name: "派单", exact: true }).click();
    await pick(agent.getByRole("main"), "承办单位", "南庄抢修班", agent);
    await agent.getByRole("button", { name: "派单", exact: true }).click();
    await agent.getByText("待接单").first().waitFor();
    await handler.getByRole("link", { name: "整户停电，空开未跳" }).waitFor({ timeout: 15_000 });
  });

  await step("the handler opens it beside the list, accepts, arrives and restores the supply", async () => {
    await handler.keyboard.press("j");
    await handler.keyboard.press("Enter");
    const panel = handler.getByRole("complementary");
    await panel.getByRole("button", { name: "接单", exact: true }).click();
    await panel.getByRole("button", { name: "到达", exact: true }).waitFor();
    await panel.getByRole("link", { name: "以整页打开" }).click();
    await handler.getByRole("heading", { level: 1, name: "整户停电，空开未跳" }).waitFor();

    product.time.advanceMs(34 * minute);
    const main = handler.getByRole("main");
    await main.getByRole("button", { name: "到达", exact: true }).click();
    await typeInstant(main, "到达时间", wallClock(product.time.nowMs(), 1));
    await main.getByRole("button", { name: "到达", exact: true }).click();
    await main.getByRole("button", { name: "复电", exact: true }).waitFor();

    product.time.advanceMs(50 * minute);
    await main.getByRole("button", { name: "复电", exact: true }).click();
    await main.getByRole("button", { name: "复电", exact: true }).click();
    await main.getByText("请填写").first().waitFor(); // what is missing is said at its field, before anything is sent
    await typeInstant(main, "复电时间", wallClock(product.time.nowMs(), 2));
    await pick(main, "故障类型", "低压故障", handler);
    await main.getByLabel("处理情况").fill("更换烧损的低压熔断器");
    await main.getByRole("button", { name: "复电", exact: true }).click();
    await main.getByRole("button", { name: "回单", exact: true }).waitFor();
  });

  await step("the handler sees the telephone number with a reason, attaches a picture and replies", async () => {
    const main = handler.getByRole("main");
    await main.getByText("138****5678").first().waitFor();
    await main.getByRole("button", { name: "查看完整信息" }).click();
    await main.getByLabel("查看原因").fill("电话告知客户已复电");
    await main.getByRole("button", { name: "查看", exact: true }).click();
    await main.getByRole("link", { name: "13805145678" }).waitFor();

    const png = Buffer.from(
      "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNkYPhfDwAChwGA60e6kgAAAABJRU5ErkJggg==",
      "base64",
    );
    await main.locator("input[type=file]").setInputFiles({ name: "熔断器.png", mimeType: "image/png", buffer: png });
    await main.getByRole("link", { name: "熔断器.png" }).waitFor();

    await main.getByRole("button", { name: "回单", exact: true }).click();
    await main.getByRole("radiogroup", { name: "已联系客户" }).getByText("是").click();
    await typeInstant(main, "联系时间", wallClock(product.time.nowMs(), 1));
    await pick(main, "责任单位", "南庄供电所", handler);
    await pick(main, "原因分类", "设备原因", handler);
    await main.getByLabel("现场事实").fill("表箱进线熔断器烧断");
    await main.getByLabel("原因说明").fill("熔断器老化，接触不良");
    await main.getByLabel("处理措施").fill("更换熔断器，紧固接线端子");
    await main.getByRole("button", { name: "回单", exact: true }).click();
    await main.getByRole("button", { name: "回单", exact: true }).waitFor({ state: "detached" });
  });

  await step("the verifier reviews the reply, reads the picture, calls back and archives", async () => {
    product.time.advanceMs(5 * minute);
    await verifier.goto(`/orders/${orderId}`);
    const main = verifier.getByRole("main");
    const [download] = await Promise.all([
      verifier.waitForEvent("download"),
      main.getByRole("link", { name: "熔断器.png" }).click(),
    ]);
    assert.equal(download.suggestedFilename(), "熔断器.png");
    await main.getByRole("button", { name: "回单审核", exact: true }).click();
    await main.getByRole("radiogroup", { name: "审核通过" }).getByText("是").click();
    await main.getByRole("button", { name: "回单审核", exact: true }).click();

    await main.getByRole("button", { name: "回访", exact: true }).click();
    await main.getByRole("radiogroup", { name: "回访结果" }).getByText("接通", { exact: true }).click();
    await main.getByRole("radiogroup", { name: "客户评价" }).getByText("满意", { exact: true }).click();
    await main.getByRole("button", { name: "回访", exact: true }).click();
    await main.getByText("已归档").first().waitFor();
    await main.getByText("存证").waitFor();
    assert.equal(await main.getByText("超时").count(), 0);
  });

  await step("it has left the list in flight, and stands among the closed ones", async () => {
    await verifier.goto("/orders");
    await verifier.getByText("没有在途工单", { exact: true }).waitFor();
    await verifier.goto("/orders?state=closed&sort=intake");
    await verifier.getByRole("link", { name: "整户停电，空开未跳" }).waitFor();
  });

  for (const { complaints } of desks) assert.deepEqual(complaints, []);
});
