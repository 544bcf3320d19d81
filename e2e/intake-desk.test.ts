// The intake desk as an agent lives in it: nothing but keys is pressed, a practised agent needs less than half a minute, a call opens the
// desk with its customer, and nothing that was written is ever lost.
import assert from "node:assert/strict";
import { test } from "node:test";
import { callOperations } from "@bihuan/contract/call.ts";
import { customerOperations } from "@bihuan/contract/customer.ts";
import { workOrderOperations } from "@bihuan/contract/work-order.ts";
import { testDatabase } from "@bihuan/server/platform/testing/database.ts";
import { axeViolations } from "./axe.ts";
import { type Desk, openDesk, skipReason, startBrowser, startProduct } from "./harness.ts";
import { handsOn } from "./keystrokes.ts";
import { fillLibrary } from "./library.ts";
import { story } from "./story.ts";
import { makeWorld } from "./world.ts";

const shots = process.env["E2E_SCREENSHOTS"];
const db = skipReason ? null : await testDatabase();

/** Seconds from the first key to the order; what the caller needs to speak is beside it. */
const BUDGET_SECONDS = 30;
/** And what the keys alone may be: a step more in the way of every call shows here. */
const BUDGET_KEYS = 45;

test("an order is taken in by keyboard alone within half a minute; a call opens the desk and never throws a draft away", {
  skip: skipReason,
  timeout: 240_000,
}, async (t) => {
  if (!db) return;
  const product = await startProduct(db, "2026-06-12T09:00:00+08:00");
  const browser = await startBrowser();
  t.after(async () => {
    await browser.close();
    await product.stop();
  });
  const world = await makeWorld(product);
  await fillLibrary(world);
  const { agent } = world.as;
  const desk: Desk = await openDesk(browser, product);
  await desk.context.addCookies([{ ...(await agent.cookie()), url: product.address }]);
  const { page } = desk;
  const hands = await handsOn(page);
  const step = story(t, [desk]);
  const box = page.getByRole("combobox", { name: /^查找客户或工单/ });
  const stands = (name: string) => page.locator(`[data-field="${name}"] :is(input, textarea):focus`).waitFor();
  const openOrders = async () =>
    (await agent.call(workOrderOperations.listOrders, { body: { customerId: world.customers.resident } })).orders;
  let calls = 0;
  const ring = (from: string) =>
    agent.call(callOperations.recordCall, {
      body: {
        callNo: `call-${++calls}`,
        from,
        agent: { account: "wangmin" },
        startedAt: new Date(product.time.nowMs() - 1_000).toISOString(),
      },
    });

  const household = async (name: string, phone: string, accountNos: readonly string[]): Promise<string> => {
    const { customerId } = await agent.call(customerOperations.createCustomer, {
      idempotencyKey: `household-${accountNos.join("-")}`,
      body: {
        name,
        customerNo: null,
        importance: "ORDINARY",
        accounts: accountNos.map((accountNo, at) => ({
          accountNo,
          category: "RESIDENT" as const,
          voltage: "V220" as const,
          areaClass: "RURAL" as const,
          transformerAreaCode: "NZ3",
          address: `南庄镇幸福小区 ${accountNo.slice(-1)} 栋 50${at + 1} 室`,
          coordinates: null,
        })),
        contacts: [{ name, phone, relation: "HOLDER" as const }],
        specialNeeds: [],
      },
    });
    return customerId;
  };

  await step("an agent's home is the desk, and the keyboard stands in its one box", async () => {
    await page.goto("/");
    await page.waitForURL(/\/desk$/);
    await box.and(page.locator(":focus")).waitFor();
    await page.getByText("没有通话", { exact: false }).waitFor();
  });

  await step("a fault is taken in by keyboard alone, in less than half a minute of a practised agent's time", async () => {
    await hands.begin();
    hands.think(); // whom to look for
    await hands.type("4471");
    await hands.press("Enter");
    await stands("title");
    hands.think(); // what to write
    await hands.write("家里没电", "jiali meidian");
    await hands.press("Enter");
    await stands("category");
    hands.think(); // which category
    await page.getByRole("button", { name: /^Alt 1 *故障报修/ }).waitFor();
    await hands.press("Alt+1");
    hands.think(); // reading what follows from it
    await page.getByText("→ 南庄供电所").waitFor();
    await page.getByText("户号 3201004471 由其供电").waitFor();
    await page.getByText(/按规定最迟今天 \d+:\d\d 到达现场/).waitFor();
    if (shots) await page.screenshot({ path: `${shots}/desk-before.png` });
    await hands.press("Control+Enter");
    await page.getByRole("heading", { name: "已受理" }).waitFor();
    const { keys, seconds, mouse, agrees } = await hands.count();
    t.diagnostic(`${keys} keys, ${seconds.toFixed(1)} s by the keystroke-level model`);
    assert.ok(agrees, "the page heard of every key that was counted, and of no other");
    assert.deepEqual(mouse, [], "no mouse");
    assert.ok(keys <= BUDGET_KEYS, `${keys} keys`);
    assert.ok(seconds < BUDGET_SECONDS, `${seconds} s`);
  });

  await step("what came of it is told: number, unit, what is due first, and the sentence to read", async () => {
    const told = page.getByRole("status").filter({ hasText: "责任单位" });
    await told.getByText("责任单位：南庄供电所").waitFor();
    await told.getByText(/^最先到期：/).waitFor();
    await told.getByText(/您的诉求已经受理，由南庄供电所负责/).waitFor();
    assert.deepEqual(await axeViolations(page), []);
    if (shots) await page.screenshot({ path: `${shots}/desk-taken.png` });
    const [order] = await openOrders();
    assert.equal((await told.textContent())?.replaceAll(/\s/g, "").includes(order?.orderId ?? "-"), true);
    await hands.press("Enter");
    await box.and(page.locator(":focus")).waitFor();
  });

  await step("who calls again hears how it stands, and urging it is one key; no second order is opened", async () => {
    await hands.type("3201004471");
    await hands.press("Enter");
    await page.getByText("生命支持设备").first().waitFor();
    await page.getByRole("heading", { name: "在途工单（1）" }).waitFor();
    await page.getByText("告诉客户").first().waitFor();
    await hands.press("F8");
    await page.getByRole("button", { name: "已催办" }).waitFor();
    const orders = await openOrders();
    assert.deepEqual(
      orders.map(({ urges }) => urges),
      [1],
    );
    await hands.press("Alt+n");
    await box.and(page.locator(":focus")).waitFor();
  });

  await step("an order is found by its number, with its customer", async () => {
    const [order] = await openOrders();
    await hands.type(order?.orderId ?? "");
    await page.getByRole("option", { name: /家里没电/ }).waitFor();
    await hands.press("Enter");
    await page.getByRole("heading", { name: "在途工单（1）" }).waitFor();
    await hands.press("Alt+n");
    await box.and(page.locator(":focus")).waitFor();
  });

  await step("namesakes are told apart; the arrow keys choose", async () => {
    await household("李秀英", "13900005501", ["3201005501"]);
    await household("李秀英", "13900005502", ["3201005502"]);
    await hands.write("李秀英", "lixiuying");
    await page.getByRole("option").nth(1).waitFor();
    const texts = await page.getByRole("option").allTextContents();
    assert.equal(new Set(texts.map((text) => text.replace(/\d{10}/, ""))).size, 2, texts.join("\n"));
    await hands.press("ArrowDown");
    const second = /\d{10}/.exec(texts[1] ?? "")?.[0] ?? "";
    await hands.press("Enter");
    await page.getByRole("region", { name: "客户", exact: true }).getByText(second).first().waitFor();
    await hands.press("Alt+n");
    await box.and(page.locator(":focus")).waitFor();
  });

  await step("a call opens the desk with its customer, and says how long it lasts", async () => {
    await ring("13805145678");
    await page.getByText("来电 13805145678").waitFor({ timeout: 15_000 });
    await page.getByText("通话中").waitFor();
    await page.getByText("生命支持设备").first().waitFor();
    await stands("title");
    await page.getByText("本次来电").first().waitFor();
  });

  await step("of a caller with several accounts the agent first says which one it is, by keyboard", async () => {
    await household("张德福", "13700001111", ["3201006601", "3201006602"]);
    await hands.press("Alt+n");
    await ring("13700001111");
    await page.getByText("是哪一户？（共 2 户）").waitFor({ timeout: 15_000 });
    await page
      .getByRole("radio", { name: /3201006601/ })
      .and(page.locator(":focus"))
      .waitFor({ state: "attached" });
    await hands.press("ArrowDown");
    await page
      .getByRole("radio", { name: /3201006602/ })
      .and(page.locator(":checked"))
      .waitFor({ state: "attached" });
    await hands.press("Enter");
    await stands("title");
    await hands.press("Alt+n");
  });

  await step("a number that several customers have lists them; whom the agent chooses is kept with the call", async () => {
    const mother = await household("周桂兰", "13700002222", ["3201007701"]);
    const son = await household("周小军", "13700002222", ["3201007702"]);
    const { callNo } = await ring("13700002222");
    await page.getByRole("option").nth(1).waitFor({ timeout: 15_000 });
    const told = page.waitForResponse((answer) => answer.url().endsWith(`/calls/${callNo}/customer`));
    await hands.press("Enter");
    await stands("title");
    await told;
    const { customerId } = await agent.call(callOperations.readCall, { params: { callNo } });
    assert.ok(customerId === mother || customerId === son, `${customerId} calls`);
    await hands.press("Alt+n");
    await box.and(page.locator(":focus")).waitFor();
    await ring("13805145678");
    await stands("title");
  });

  await step("what is written survives a reload, and another call offers itself instead of taking its place", async () => {
    await hands.write("灯光一闪一闪", "dengguang yishanyishan");
    await hands.press("Enter");
    await stands("category");
    await page.reload();
    await page.getByText("来电 13805145678").waitFor();
    assert.equal(await page.getByLabel("标题").inputValue(), "灯光一闪一闪");
    await ring("13912340000");
    const offer = page.getByRole("listitem").filter({ hasText: "新来电 13912340000" });
    await offer.waitFor({ timeout: 15_000 });
    if (shots) await page.screenshot({ path: `${shots}/desk-offer.png` });
    assert.equal(await page.getByLabel("标题").inputValue(), "灯光一闪一闪");
    await hands.press("F4");
    await page.getByText("来电 13912340000").waitFor();
    await page.getByText("一级重要客户").waitFor();
    assert.equal(await page.getByLabel("标题").inputValue(), "");
  });

  await step("a draft that was put aside is taken up again where it stood, also at another desk", async () => {
    const aside = page.getByRole("listitem").filter({ hasText: "暂存：" });
    await aside.getByText("灯光一闪一闪").waitFor();
    const elsewhere = await openDesk(browser, product);
    await elsewhere.context.addCookies([{ ...(await agent.cookie()), url: product.address }]);
    await elsewhere.page.goto("/desk");
    await elsewhere.page.getByRole("listitem").filter({ hasText: "灯光一闪一闪" }).waitFor();
    const others = await elsewhere.page.getByRole("listitem").filter({ hasText: "暂存：" }).allTextContents();
    assert.deepEqual(
      others.filter((text) => text.includes("家里没电")),
      [],
      "what was taken in is no draft any more",
    );
    await elsewhere.context.close();
    await hands.press("F9");
    await page.getByText("来电 13805145678").waitFor();
    assert.equal(await page.getByLabel("标题").inputValue(), "灯光一闪一闪");
    await hands.press("F2");
    await box.and(page.locator(":focus")).waitFor();
  });

  await step("the main path fits 1366×768: nothing but columns scrolls, and the button stays in sight", async () => {
    const main = page.locator("main");
    assert.ok(await main.evaluate((element) => element.scrollHeight <= element.clientHeight + 1), "the page scrolls");
    const button = await page.getByRole("button", { name: "受理", exact: true }).boundingBox();
    assert.ok(button && button.y + button.height <= 768, "the button is below the screen");
    for (const name of ["title", "category"]) {
      const field = await page.locator(`[data-field="${name}"]`).boundingBox();
      assert.ok(field && field.y + field.height <= 768, `${name} is below the screen`);
    }
  });

  await step("axe finds nothing wrong with the desk in hand, with what is found, and with a draft beside a call", async () => {
    assert.deepEqual(await axeViolations(page), []);
    await hands.type("32010055");
    await page.getByRole("option").nth(1).waitFor();
    assert.deepEqual(await axeViolations(page), []);
    await hands.press("Escape");
  });

  await step("whoever is entering something elsewhere is asked, and keeps it until then", async () => {
    await page.goto("/customers/new");
    await page.getByLabel("户名").first().focus();
    await hands.write("王小明", "wangxiaoming");
    await ring("13805145678");
    const offer = page.getByRole("status").filter({ hasText: "新来电 13805145678" });
    await offer.waitFor({ timeout: 15_000 });
    assert.match(page.url(), /\/customers\/new$/);
    await hands.press("F4");
    await page.waitForURL(/\/desk$/);
  });

  await step("a call finds an agent who is elsewhere", async () => {
    await page.goto("/flows");
    await page.getByRole("heading", { level: 1 }).waitFor();
    await ring("13805145678");
    await page.waitForURL(/\/desk$/, { timeout: 15_000 });
    await page.getByRole("listitem").filter({ hasText: "新来电 13805145678" }).nth(1).waitFor();
    assert.deepEqual((await hands.count()).mouse, []);
  });

  assert.deepEqual(desk.complaints, []);
});
