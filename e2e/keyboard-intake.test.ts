// What a caller says is taken down without the mouse, in the order in which it is said: somebody in no file, a category that changes, what
// is missing, what is folded away.
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
  const stands = (name: string) =>
    page.locator(`[data-field="${name}"] :is(input, textarea):focus`).waitFor({ state: "attached" });
  const box = page.getByRole("combobox", { name: /^查找客户或工单/ });
  const category = page.getByRole("combobox", { name: /^业务类别/ });
  const taken = () => page.getByRole("heading", { name: "已受理" }).waitFor();

  await step("n opens the desk at its box; Enter takes the one that was found, even before it is shown", async () => {
    await page.goto("/orders");
    await page.getByText("没有在途工单", { exact: true }).waitFor();
    await keyboard.press("n");
    await box.and(page.locator(":focus")).waitFor();
    await keyboard.type("3201004471");
    await keyboard.press("Enter");
    await page.getByText("生命支持设备").first().waitFor();
    await stands("title");
    await page
      .getByText(/户主 \S+ 138\*{4}5678/)
      .first()
      .waitFor();
  });

  await step("Enter goes on from field to field, Ctrl Enter takes the fault in with what the file knows", async () => {
    await keyboard.insertText("整户停电，空开未跳");
    await keyboard.press("Enter");
    await stands("category");
    await keyboard.insertText("故障");
    await keyboard.press("Enter");
    await stands("scope"); // the business's own first question
    await page.getByText("→ 南庄供电所").waitFor();
    await page.getByText(/按规定最迟今天 \d+:\d\d 到达现场/).waitFor();
    await keyboard.press("Control+Enter");
    await taken();
    await keyboard.press("Tab");
    await keyboard.press("Enter");
    await page.getByRole("heading", { level: 1, name: "整户停电，空开未跳" }).waitFor();
    await page.getByText("138****5678").first().waitFor();
  });

  await step("a caller who is in no file: the number that was looked for becomes the contact's", async () => {
    await keyboard.press("n");
    await box.and(page.locator(":focus")).waitFor();
    await keyboard.type("13912349999");
    await keyboard.press("Enter");
    await stands("title");
    assert.equal(await page.getByLabel("联系电话").inputValue(), "13912349999");
  });

  await step("the category changes while the caller speaks, and what was entered stays", async () => {
    await keyboard.insertText("抄表员态度恶劣");
    await keyboard.press("Enter");
    await stands("category");
    await keyboard.insertText("故障");
    await keyboard.press("Enter");
    await stands("scope");
    await keyboard.press("Shift+Tab");
    for (let back = 0; back < 6 && !(await category.evaluate(isFocused)); back++) await keyboard.press("Shift+Tab");
    await keyboard.insertText("服务投诉");
    await keyboard.press("Enter");
    await stands("description");
    assert.equal(await page.getByLabel("标题").inputValue(), "抄表员态度恶劣");
    await page.getByText(/我们承诺最迟明天 9:\d\d 首次联系您。我们承诺最迟6月\d+日周. 24:00 答复您。/).waitFor();
  });

  await step("the folded line opens by keyboard; Enter in a list inside it does not send the form", async () => {
    const more = page.getByRole("button", { name: /^更多/ });
    for (let on = 0; on < 12 && !(await more.evaluate(isFocused)); on++) await keyboard.press("Tab");
    await keyboard.press("Enter");
    const origin = page.getByRole("combobox", { name: /^来源/ });
    await origin.waitFor();
    await keyboard.press("Tab");
    await keyboard.press("Tab");
    await origin.and(page.locator(":focus")).waitFor();
    await keyboard.insertText("12345");
    await keyboard.press("Enter");
    await page.getByText("12345 政务热线").filter({ visible: true }).first().waitFor();
    await keyboard.press("Control+Enter");
    await taken();
    await keyboard.press("F2");
    await box.and(page.locator(":focus")).waitFor();
  });

  await step("what is missing is said at its field, where the keyboard then stands", async () => {
    await keyboard.press("Enter");
    await stands("title");
    await keyboard.insertText("路灯不亮");
    await keyboard.press("Control+Enter");
    await category.and(page.locator(":focus")).waitFor();
    await page.getByRole("alert").getByText("请选择").waitFor();
    await keyboard.insertText("意见");
    await keyboard.press("Enter");
    await page.getByRole("alert").waitFor({ state: "detached" });
    assert.match(page.url(), /\/desk$/, "Enter in a list takes the choice and does not send the form");
  });

  await step("a place nobody knows keeps the demand at the desk, and says so", async () => {
    await page.getByText("尚不知地点，留在受理单位").waitFor();
    await keyboard.press("Control+Enter");
    await taken();
  });

  assert.deepEqual(desk.complaints, []);
});

const isFocused = (element: Element): boolean => element === document.activeElement;
