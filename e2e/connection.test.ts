// A high-voltage connection, from the application at the hall to the supply being on: the clerk, who keeps the papers; the engineer,
// who surveys, plans, inspects and energises; the tracking table, which shows both how it stands.
import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { test } from "node:test";
import { testDatabase } from "@bihuan/server/platform/testing/database.ts";
import type { Locator, Page } from "playwright-core";
import { type Desk, openDesk, skipReason, startBrowser, startProduct } from "./harness.ts";
import { pick, signIn } from "./steps.ts";
import { story } from "./story.ts";
import { makeWorld } from "./world.ts";

const DAY = 86_400_000;
const db = skipReason ? null : await testDatabase();

test("a high-voltage connection goes from application to energising through hall and station", {
  skip: skipReason,
  timeout: 240_000,
}, async (t) => {
  if (!db) return;
  const product = await startProduct(db, "2026-06-15T09:00:00+08:00");
  const browser = await startBrowser();
  t.after(async () => {
    await browser.close();
    await product.stop();
  });
  await makeWorld(product);
  const desks: Desk[] = [];
  const step = story(t, desks);
  let orderId = "";

  // Days pass between the steps, and sessions with them: whoever comes back signs in again.
  const arrive = async (account: string): Promise<Page> => {
    const desk = await openDesk(browser, product);
    desks.push(desk);
    await signIn(desk.page, account);
    if (orderId !== "") await desk.page.goto(`/orders/${orderId}`);
    return desk.page;
  };
  const leave = async (page: Page, days = 0): Promise<void> => {
    const [desk] = desks.splice(
      desks.findIndex((one) => one.page === page),
      1,
    );
    assert.deepEqual(desk?.complaints, []);
    await page.context().close();
    product.time.advanceMs(days * DAY + 60_000);
  };
  /** Does what asks nothing with one click; else opens the form, fills it in, and sends it. */
  const act = async (page: Page, name: string, fill?: (main: Locator) => Promise<void>): Promise<void> => {
    const main = page.getByRole("main");
    await main.getByRole("button", { name, exact: true }).click();
    if (!fill) return;
    await fill(main);
    await main.getByRole("button", { name, exact: true }).click();
  };
  const nothing = async (): Promise<void> => undefined;
  const stands = (page: Page, where: string) => page.getByRole("main").getByText(where, { exact: true }).first().waitFor();
  const inspect = (page: Page, stage: string, passed: boolean, more: (main: Locator) => Promise<void> = nothing) =>
    act(page, "竣工检验", async (main) => {
      await pick(main, "检验部分", stage, page);
      await main
        .getByRole("radiogroup", { name: /^合格/ })
        .getByText(passed ? "是" : "否", { exact: true })
        .click();
      await more(main);
    });

  await step("the clerk accepts the application on one document, and names what is to follow", async () => {
    const clerk = await arrive("wangmin");
    await clerk.goto("/desk?flow=connection-hv-single");
    await clerk.getByLabel("标题").fill("城东冷链物流园专变报装");
    await pick(clerk.getByRole("main"), "业务类别", "高压单电源业扩报装 ▸ 新装", clerk);
    await clerk
      .getByRole("main")
      .getByRole("combobox", { name: /^尚缺资料/ })
      .click();
    await clerk.locator(".ant-select-dropdown:not(.ant-select-dropdown-hidden)").getByText("用电地址权属证明").click();
    await clerk.keyboard.press("Escape");
    await clerk.getByLabel("申请容量").fill("630");
    await clerk.getByLabel("客户工程预计天数").fill("30");
    await clerk.getByRole("button", { name: "受理", exact: true }).click();
    await clerk.getByRole("link", { name: "打开工单" }).click();
    await clerk.getByRole("heading", { name: "城东冷链物流园专变报装" }).waitFor();
    orderId = /\/orders\/(\d{19})/.exec(clerk.url())?.[1] ?? "";
    await clerk.getByText("补交资料：用电地址权属证明").first().waitFor();
    await clerk.getByText("关键环节：供电方案答复").waitFor();
    const [sheet] = await Promise.all([
      clerk.waitForEvent("download"),
      clerk.getByRole("button", { name: "一次性告知书" }).click(),
    ]);
    assert.equal(sheet.suggestedFilename(), `notice-${orderId}.pdf`);
    assert.equal((await readFile(await sheet.path())).subarray(0, 5).toString(), "%PDF-");
    await act(clerk, "派单", (main) => pick(main, "承办单位", "南庄供电所", clerk));
    await stands(clerk, "待接单");
    await leave(clerk);
  });

  await step("the engineer surveys and answers the supply plan; the customer's works are nobody's time", async () => {
    const engineer = await arrive("zhaogang");
    await act(engineer, "接单");
    await act(engineer, "完成勘查", (main) => main.getByLabel("现场情况").fill("现场具备供电条件"));
    await act(engineer, "答复供电方案", (main) => main.getByLabel(/^供电方案/).fill("由 10 千伏工业一线接入"));
    await stands(engineer, "客户工程");
    await engineer.getByText("挂起：待客户施工").first().waitFor();
    await leave(engineer, 20);
  });

  await step("the clerk receives the document, signs the contract and takes the report of completion", async () => {
    const clerk = await arrive("wangmin");
    await clerk.getByText("资料尚未补齐：用电地址权属证明").waitFor();
    await act(clerk, "补交资料", async (main) => {
      await main.getByRole("combobox", { name: /^补交资料/ }).click();
      await clerk.locator(".ant-select-dropdown:not(.ant-select-dropdown-hidden)").getByText("用电地址权属证明").click();
      await clerk.keyboard.press("Escape");
    });
    await clerk.getByText("资料尚未补齐").waitFor({ state: "detached" });
    await act(clerk, "签订供用电合同", (main) => main.getByLabel("供用电合同编号").fill("GD-2026-001"));
    await act(clerk, "竣工报验");
    await leave(clerk);
  });

  await step("the engineer inspects in stages; what fails goes back to the customer, what passed stands", async () => {
    const engineer = await arrive("zhaogang");
    await inspect(engineer, "竣工资料", true);
    await engineer.getByText("部分检验合格").first().waitFor();
    await inspect(engineer, "一次设备", false, (main) => main.getByLabel("整改意见").fill("耐压试验报告缺失"));
    await engineer.getByText("竣工检验不合格").first().waitFor();
    await leave(engineer, 3);
    const clerk = await arrive("wangmin");
    await act(clerk, "竣工报验");
    await leave(clerk);
    const again = await arrive("zhaogang");
    await inspect(again, "一次设备", true, (main) =>
      main
        .getByRole("radiogroup", { name: /复核整改/ })
        .getByText("是", { exact: true })
        .click(),
    );
    await again.getByText("部分检验合格").nth(1).waitFor();
    await inspect(again, "二次及保护", true);
    await again.getByText("部分检验合格").nth(2).waitFor();
    await inspect(again, "计量装置", true);
    await again.getByText("手续办结，可装表接电").waitFor();
    await act(again, "装表", (main) => main.getByLabel("电能表资产号").fill("3340001"));
    await act(again, "送电", nothing);
    await stands(again, "资料归集");
    await leave(again);
  });

  await step("the hall's table shows every node with its day, by keyboard too", async () => {
    const clerk = await arrive("wangmin");
    await clerk.getByRole("link", { name: "业扩" }).click();
    const row = clerk.getByRole("row", { name: /城东冷链物流园专变报装/ });
    await row.waitFor();
    const told = (await row.textContent()) ?? "";
    for (const node of ["方案答复 按时", "竣工检验 按时", "装表接电 按时", "全过程 按时"]) assert.ok(told.includes(node), told);
    await clerk.keyboard.press("j");
    await clerk.keyboard.press("Enter");
    await clerk.getByRole("complementary").getByText("倒排工期").waitFor();
    await clerk.keyboard.press("Escape");
    await clerk.getByRole("complementary").waitFor({ state: "detached" });
    await leave(clerk);
    const manager = await arrive("linhai");
    await manager.goto("/connections");
    const [table] = await Promise.all([manager.waitForEvent("download"), manager.getByRole("link", { name: "导出" }).click()]);
    assert.match(await readFile(await table.path(), "utf8"), /城东冷链物流园专变报装/);
    await leave(manager);
  });
});
