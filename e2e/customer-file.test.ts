// One household's file over a few days: who answers for it, what was promised at its door, what proves its need; its second file
// becomes part of it; a list comes in as a workbook; the card it keeps is printed.
import assert from "node:assert/strict";
import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { test } from "node:test";
import { customerFileOperations } from "@bihuan/contract/customer-file.ts";
import { customerOperations } from "@bihuan/contract/customer.ts";
import { testDatabase } from "@bihuan/server/platform/testing/database.ts";
import { axeViolations } from "./axe.ts";
import { type Desk, openDesk, skipReason, startBrowser, startProduct } from "./harness.ts";
import { pick, signIn } from "./steps.ts";
import { story } from "./story.ts";
import { takeIn } from "./work.ts";
import { makeWorld } from "./world.ts";

const db = skipReason ? null : await testDatabase();

test("a customer's file grows, and two become one", { skip: skipReason, timeout: 240_000 }, async (t) => {
  if (!db) return;
  const product = await startProduct(db, "2026-06-12T09:00:00+08:00");
  const browser = await startBrowser();
  const folder = await mkdtemp(path.join(tmpdir(), "bihuan-story-"));
  t.after(async () => {
    await browser.close();
    await product.stop();
    await rm(folder, { recursive: true, force: true });
  });
  const world = await makeWorld(product);
  const desk: Desk = await openDesk(browser, product);
  const { page } = desk;
  await signIn(page, "linhai");
  const step = story(t, [desk]);
  const { resident } = world.customers;
  const noFault = async () => assert.deepEqual(await axeViolations(page), []);
  const section = (name: string | RegExp) => page.getByRole("region", { name });

  await step("the household is described, and somebody answers for it", async () => {
    await page.goto(`/customers/${resident}`);
    await section("家庭/企业情况").getByRole("button", { name: "登记" }).click();
    await page.getByLabel("家庭人口").fill("3");
    await pick(page, "方便联系时段", "晚上", page);
    await page.getByRole("button", { name: "保存" }).click();
    await section("家庭情况").getByText("晚上").waitFor();
    await section("客户经理").getByRole("button", { name: "指定" }).click();
    await section("客户经理").getByRole("combobox", { name: "客户经理" }).click();
    await page.keyboard.insertText("赵刚");
    await page
      .locator(".ant-select-dropdown:not(.ant-select-dropdown-hidden)")
      .getByText(/^赵刚 ·/)
      .click();
    await section("客户经理").getByRole("button", { name: "保存" }).click();
    await section("客户经理").getByText("赵刚").waitFor();
  });

  await step("a visit is planned and made, a note is written and retracted", async () => {
    await section("走访").getByRole("button", { name: "登记走访" }).click();
    await page.getByRole("textbox", { name: /^走访内容/ }).fill("老人独居，夜间照明不足，建议换表箱灯。");
    await pick(page, "满意程度", "满意", page);
    await page.getByRole("button", { name: "保存走访" }).click();
    await section("走访").getByText("老人独居，夜间照明不足").waitFor();
    await page.getByRole("textbox", { name: "备注" }).fill("来访请提前打电话");
    await page.getByRole("button", { name: "写备注" }).click();
    await section("备注").getByText("来访请提前打电话").last().waitFor();
    await section("备注").getByRole("button", { name: "撤回" }).click();
    await page.getByRole("textbox", { name: /^撤回原因/ }).fill("写错了户");
    await section("备注").getByRole("button", { name: "撤回" }).click();
    await section("备注").getByText("已撤回：写错了户").waitFor();
  });

  await step("what a colleague writes meanwhile appears by itself", async () => {
    await world.as.handler.call(customerFileOperations.writeCustomerNote, {
      params: { customerId: resident },
      idempotencyKey: "colleague",
      body: { body: "门牌已更换" },
    });
    await section("备注").getByText("门牌已更换").waitFor();
  });

  await step("the need says that its evidence is missing, until it is there", async () => {
    await section("特殊需求").getByText("缺证明材料").waitFor();
    const proof = path.join(folder, "诊断证明.pdf");
    await writeFile(proof, "%PDF-1.4\n%%EOF\n");
    await page.getByLabel("上传证明", { exact: true }).first().setInputFiles(proof);
    await section("特殊需求").getByRole("link", { name: "诊断证明.pdf" }).waitFor();
    assert.equal(await section("特殊需求").getByText("缺证明材料").count(), 0);
    await noFault();
  });

  await step("the card the household keeps is printed", async () => {
    const printed = page.waitForEvent("download");
    await section("客户经理").getByRole("button", { name: "打印服务卡" }).click();
    const card = path.join(folder, "card.pdf");
    await (await printed).saveAs(card);
    assert.equal((await readFile(card)).subarray(0, 5).toString(), "%PDF-");
  });

  await step("a second file of the same household is found, compared and merged; its address leads here", async () => {
    const full = await world.as.manager.call(customerOperations.unmaskCustomer, {
      params: { customerId: resident },
      body: { reason: "核对重复档案" },
    });
    const { customerId: second } = await world.as.agent.call(customerOperations.createCustomer, {
      idempotencyKey: "second-file",
      body: {
        name: full.name,
        customerNo: null,
        importance: "ORDINARY",
        accounts: [
          {
            accountNo: "3301990000001",
            category: "RESIDENT",
            voltage: "V220",
            areaClass: "RURAL",
            transformerAreaCode: "NZ3",
            address: "南庄村 9 号",
            coordinates: null,
          },
        ],
        contacts: [{ name: null, phone: full.contacts[0]?.phone ?? "", relation: "HOLDER" }],
        specialNeeds: [],
      },
    });
    await takeIn(world, { flow: "inquiry", title: "咨询分时电价", form: { customerId: second, description: "何时起执行" } });
    await page.goto("/customer-duplicates");
    await page.getByRole("link", { name: "比对" }).waitFor();
    await page.goto(`/customers/${resident}`);
    await section("重复档案").getByText("户名与电话相同").waitFor();
    await section("重复档案").getByRole("link", { name: "比对" }).click();
    await page.getByRole("textbox", { name: /^原因/ }).fill("同一户重复建档");
    await noFault();
    await page.getByRole("button", { name: "合并", exact: true }).click();
    await page.waitForURL(`**/customers/${resident}`);
    await section("用电户").getByText("3301990000001").waitFor();
    await page.goto(`/customers/${second}`);
    await page.waitForURL(`**/customers/${resident}`);
    await section("重复档案").getByRole("button", { name: "撤销合并" }).waitFor();
    // The order was never touched: it still names the old file, and stands in the one it leads to.
    await section("工单")
      .getByRole("link", { name: /咨询分时电价/ })
      .click();
    await page.getByText("客户经理").first().waitFor();
  });

  await step("a list is checked, then loaded; what cannot be is listed with its line", async () => {
    await page.goto("/customers/import");
    const list = path.join(folder, "客户.csv");
    await writeFile(
      list,
      "户号,户名,用电类别,区域类别,联系电话,单位编码,客户经理,家庭人口\n3301990000011,郑远,居民,农村,13900139000,NJ-NZ,zhaogang,4\n12,错号,居民,农村,,NJ-NZ,,\n",
    );
    await page.locator("input[type=file]").setInputFiles(list);
    await page.getByRole("button", { name: "检查" }).click();
    await page.getByText("只作了检查，尚未导入").waitFor();
    await page.getByRole("row", { name: /^3 户号 / }).waitFor();
    await noFault();
    await page.getByRole("button", { name: "导入", exact: true }).click();
    await page.getByText("已导入").waitFor();
    await page.goto("/customer-managers");
    await page.getByRole("row", { name: /赵刚/ }).getByRole("link", { name: "2", exact: true }).click();
    await page.getByRole("link", { name: "郑*" }).waitFor();
    await page.goto("/customer-managers");
    await page.getByRole("row", { name: /赵刚/ }).getByRole("button", { name: "移交客户" }).waitFor();
    await noFault();
  });
});
