// The order page through the eyes of those who work with it: what is next and by when, what a rule forbids just now, what others
// did meanwhile.
import assert from "node:assert/strict";
import { test } from "node:test";
import { testDatabase } from "@bihuan/server/platform/testing/database.ts";
import type { Page } from "playwright-core";
import { type Desk, openDesk, skipReason, startBrowser, startProduct } from "./harness.ts";
import { story } from "./story.ts";
import { act, takeIn } from "./work.ts";
import { makeWorld, type PersonKey } from "./world.ts";

const minute = 60_000;
const db = skipReason ? null : await testDatabase();

test("the order page says what is next, what is forbidden just now, and what others did meanwhile", {
  skip: skipReason,
  timeout: 180_000,
}, async (t) => {
  if (!db) return;
  // Friday evening, an hour before nobody is called any more.
  const product = await startProduct(db, "2026-06-12T19:30:00+08:00");
  const browser = await startBrowser();
  t.after(async () => {
    await browser.close();
    await product.stop();
  });
  const world = await makeWorld(product);
  const { agent, handler, verifier } = world.as;
  const desks: Desk[] = [];
  const step = story(t, desks);
  const open = async (person: PersonKey, orderId: string, language: "zh" | "en" = "zh"): Promise<Page> => {
    const desk = await openDesk(browser, product, language);
    desks.push(desk);
    await desk.context.addCookies([{ ...(await world.as[person].cookie()), url: product.address }]);
    await desk.page.goto(`/orders/${orderId}`);
    await desk.page.getByRole("heading", { level: 1 }).waitFor();
    return desk.page;
  };
  const fault = (title: string): Promise<string> =>
    takeIn(world, {
      flow: "fault-repair",
      title,
      form: { customerId: world.customers.resident, targetUnitId: world.units.ruralCrew },
    });
  const iso = (agoMs = 0): string => new Date(product.time.nowMs() - agoMs).toISOString();
  const first = await fault("整村停电");

  await step("dispatching needs two strokes: the proposed unit stands in the form", async () => {
    const page = await open("agent", first);
    await page.getByText("生命支持设备").first().waitFor();
    const button = page.getByRole("button", { name: "派单", exact: true });
    await button.waitFor();
    await page.keyboard.press("1");
    await page.getByText("承办单位").waitFor();
    await page.keyboard.press("Enter");
    await page.getByText("待接单").first().waitFor();
    await page.getByText("待接单：由南庄抢修班").waitFor(); // nothing to do here now, and who has it
  });

  const crew = await open("handler", first);
  await step("accepting asks nothing, so one stroke does it", async () => {
    await crew.getByRole("button", { name: "接单", exact: true }).waitFor();
    await crew.keyboard.press("1");
    await crew.keyboard.press("Enter");
    await crew.getByRole("button", { name: "到达", exact: true }).waitFor();
  });

  await step("a form that is open says what others did meanwhile, and keeps what was entered", async () => {
    await crew.getByRole("button", { name: "申请挂起", exact: true }).click();
    await crew.getByLabel("说明").fill("客户自行更换表后线");
    await act(agent, first, "urge", { by: "CUSTOMER", note: "又来电" });
    await crew.getByText("您填写期间，工单有变化").waitFor({ timeout: 15_000 });
    assert.equal(await crew.getByLabel("说明").inputValue(), "客户自行更换表后线");
  });

  await step("every reason for a suspension says whether it stops a clock", async () => {
    const choose = async (words: RegExp): Promise<void> => {
      await crew.getByRole("combobox", { name: /^挂起原因/ }).click();
      await crew.locator(".ant-select-dropdown:not(.ant-select-dropdown-hidden)").getByText(words).last().click();
    };
    await choose(/^待物资 · 不停表$/);
    await crew.getByText("不停表：时限继续计时").waitFor();
    await choose(/^待客户施工 · 停 \d 项$/);
    await crew.getByText(/^停表：.*处理（内部）/).waitFor();
    await crew.getByRole("button", { name: "取消", exact: true }).click();
  });

  await step("what was asked for is decided in words, and one request needs no choice", async () => {
    await act(handler, first, "request-suspension", {
      reason: "CUSTOMER_WORKS",
      until: new Date(product.time.nowMs() + 20 * 60 * minute).toISOString(),
      note: "客户自行更换表后线",
    });
    const page = await open("manager", first);
    await page.getByRole("button", { name: "审批", exact: true }).click();
    const asked = page.getByRole("region", { name: "申请挂起（赵刚）" });
    await asked.getByText("待客户施工").waitFor();
    await asked.getByText("客户自行更换表后线").waitFor();
    assert.equal(await page.getByRole("combobox", { name: /待批申请/ }).count(), 0);
    await page.getByRole("radiogroup", { name: "同意" }).getByText("否").click();
    await page.getByRole("button", { name: "审批", exact: true }).click();
    await page.getByRole("button", { name: "审批", exact: true }).waitFor({ state: "detached" });
  });

  await step("at night the callback is withheld, with the reason and from when on it may be made", async () => {
    const second = await fault("楼道照明不亮");
    await act(agent, second, "dispatch", { unitId: world.units.ruralCrew });
    await act(handler, second, "accept");
    product.time.advanceMs(20 * minute);
    await act(handler, second, "arrive", { arrivedAt: iso() });
    product.time.advanceMs(10 * minute);
    await act(handler, second, "restore", { restoredAt: iso(), kind: "LV_FAULT", work: "更换熔断器" });
    await act(handler, second, "reply", {
      contacted: false,
      responsibleUnitId: world.units.rural,
      cause: "EQUIPMENT",
      facts: "熔断器烧断",
      causeText: "老化",
      measures: "更换",
    });
    await act(verifier, second, "review-reply", { approved: true });
    product.time.moveTo("2026-06-12T21:10:00+08:00");
    for (const [language, withheld, reason, from] of [
      ["zh", "现在不能进行", "21:00 至 08:00 不回访客户", "06-13 08:00"],
      ["en", "Not possible just now", "No callbacks from 21:00 to 08:00", "13 Jun 08:00"],
    ] as const) {
      const page = await open("verifier", second, language);
      const region = page.getByRole("region", { name: withheld });
      await region.getByText(reason).waitFor();
      await region.getByText(from).waitFor();
      assert.equal(await page.getByRole("button", { name: /^(回访|Call back)$/ }).count(), 0);
    }
  });

  for (const { complaints } of desks) assert.deepEqual(complaints, []);
});
