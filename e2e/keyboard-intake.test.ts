// A fault is taken in without the mouse, in the order in which the caller speaks; nothing but keys is pressed.
import assert from "node:assert/strict";
import { test } from "node:test";
import { testDatabase } from "@bihuan/server/platform/testing/database.ts";
import { type Desk, openDesk, skipReason, startBrowser, startProduct } from "./harness.ts";
import { story } from "./story.ts";
import { makeWorld } from "./world.ts";

const db = skipReason ? null : await testDatabase();

test("a fault and a complaint are entered by keyboard alone", { skip: skipReason, timeout: 180_000 }, async (t) => {
  if (!db) return;
  const product = await startProduct(db, "2026-06-12T09:00:00+08:00");
  const browser = await startBrowser();
  t.after(async () => {
    await browser.close();
    await product.stop();
  });
  const world = await makeWorld(product);
  const desk: Desk = await openDesk(browser, product);
  await desk.context.addCookies([{ ...(await world.as.agent.cookie()), url: product.address }]);
  const { page } = desk;
  const { keyboard } = page;
  const step = story(t, [desk]);
  const stands = (name: string) => page.locator(`[data-field="${name}"] :is(input, textarea):focus`).waitFor();
  const search = page.getByRole("combobox", { name: "按户号、户名、地址、电话查找客户" });
  const orderPage = (title: string) => page.getByRole("heading", { level: 1, name: title }).waitFor();

  await step("n opens the page at the customer; Enter takes the one that was found, even before it is shown", async () => {
    await page.goto("/orders");
    await page.getByText("没有在途工单", { exact: true }).waitFor();
    await keyboard.press("n");
    await search.and(page.locator(":focus")).waitFor();
    await keyboard.type("3201004471");
    await keyboard.press("Enter");
    await page.getByText("生命支持设备").waitFor();
    await stands("title");
    assert.equal(await page.getByLabel("联系电话").getAttribute("placeholder"), "取自档案：138****5678");
  });

  await step("Enter goes on from field to field, Ctrl Enter takes the fault in with what the file knows", async () => {
    await keyboard.insertText("整户停电，空开未跳");
    await keyboard.press("Enter");
    await stands("description");
    await keyboard.insertText("早上突然没电，邻居家有电。");
    await page.getByText("南庄供电所 · 待派单").waitFor();
    await page.getByText(/按规定最迟今天 \d+:\d\d 到达现场/).waitFor();
    await keyboard.press("Control+Enter");
    await orderPage("整户停电，空开未跳");
    await page.getByText("138****5678").first().waitFor();
  });

  await step("a caller who is in no file: the number that was looked for becomes the contact's", async () => {
    await keyboard.press("n");
    await search.and(page.locator(":focus")).waitFor();
    await keyboard.type("13912349999");
    await keyboard.press("Enter");
    await stands("title");
    assert.equal(await page.getByLabel("联系电话").inputValue(), "13912349999");
  });

  await step("the kind of business changes while the caller speaks, and what was entered stays", async () => {
    await keyboard.insertText("抄表员态度恶劣");
    const complaint = page.getByRole("radio", { name: "投诉", exact: true });
    for (let back = 0; back < 6 && !(await page.getByRole("radio", { name: "故障报修" }).evaluate(isFocused)); back++)
      await keyboard.press("Shift+Tab");
    await keyboard.press("ArrowRight");
    await complaint.and(page.locator(":checked")).waitFor({ state: "attached" });
    assert.equal(await page.getByLabel("标题").inputValue(), "抄表员态度恶劣");
  });

  await step("what is missing is said at its field, where the keyboard then stands", async () => {
    await keyboard.press("Control+Enter");
    const subtype = page.getByRole("combobox", { name: /^子类/ });
    await subtype.and(page.locator(":focus")).waitFor();
    await page.getByRole("alert").getByText("请选择").waitFor();
    await keyboard.insertText("服务");
    await keyboard.press("Enter");
    await page.getByRole("alert").waitFor({ state: "detached" });
    assert.match(page.url(), /\/orders\/new/, "Enter in a list takes the choice and does not send the form");
    await page.getByText(/我们承诺最迟明天 9:\d\d 首次联系您。我们承诺最迟6月\d+日周. 24:00 答复您。/).waitFor();
  });

  await step("the folded line opens by keyboard; Enter in a list inside it does not send the form", async () => {
    for (let on = 0; on < 4 && !(await page.getByRole("button", { name: /^更多/ }).evaluate(isFocused)); on++)
      await keyboard.press("Tab");
    await keyboard.press("Enter");
    await page.getByRole("combobox", { name: /^来源/ }).waitFor();
    await keyboard.press("Tab");
    await keyboard.press("Tab");
    await page.getByRole("combobox", { name: /^来源/ }).and(page.locator(":focus")).waitFor();
    await keyboard.insertText("12345");
    await keyboard.press("Enter");
    await page.getByText("12345 政务热线").filter({ visible: true }).first().waitFor();
    await keyboard.press("Control+Enter");
    await orderPage("抄表员态度恶劣");
    await page.getByText("12345 政务热线").filter({ visible: true }).first().waitFor();
  });

  assert.deepEqual(desk.complaints, []);
});

const isFocused = (element: Element): boolean => element === document.activeElement;
