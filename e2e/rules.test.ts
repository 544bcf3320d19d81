// Changing what deadlines follow from: a new year of the calendar, a rule pack, a pack of one's own, the rules that are no
// deadlines. Each is tried over the open orders first, then published; the auditor reads of it.
import assert from "node:assert/strict";
import { test } from "node:test";
import { testDatabase } from "@bihuan/server/platform/testing/database.ts";
import { openDesk, skipReason, startBrowser, startProduct } from "./harness.ts";
import { signIn } from "./steps.ts";
import { story } from "./story.ts";
import { takeIn } from "./work.ts";
import { makeWorld } from "./world.ts";

const db = skipReason ? null : await testDatabase();

test("calendars and rules are changed in the browser", { skip: skipReason, timeout: 240_000 }, async (t) => {
  if (!db) return;
  const product = await startProduct(db, "2026-06-12T09:00:00+08:00");
  const browser = await startBrowser();
  t.after(async () => {
    await browser.close();
    await product.stop();
  });
  const world = await makeWorld(product);
  for (const title of ["一", "二", "三"]) await takeIn(world, { flow: "fault-repair", title: `停电${title}` });
  const desk = await openDesk(browser, product);
  const admin = desk.page;
  const step = story(t, [desk]);
  await signIn(admin, "admin");

  /** Publishes what the open dialog has tried; it closes without a word of error. */
  const publish = async (note: string, version: number): Promise<void> => {
    const dialog = admin.getByRole("dialog");
    await dialog.getByLabel("发布说明").fill(note);
    await dialog.getByRole("button", { name: "发布" }).click();
    await dialog.getByText(new RegExp(`已发布为规则版本 ${version}`)).waitFor();
    assert.equal(await admin.getByRole("alert").count(), 0);
    await dialog.getByRole("button", { name: "完成" }).click();
    await dialog.waitFor({ state: "detached" });
    assert.equal(await admin.getByRole("alert").count(), 0);
  };

  await step("the year 2027 is entered from its notice; what is wrong in it is said first", async () => {
    await admin.goto("/calendars?year=2027");
    await admin.getByText("2027 年的放假安排尚未公布").waitFor();
    await admin.getByRole("button", { name: "录入新年度" }).click();
    await admin.getByLabel("通知名称与文号").fill("国务院办公厅关于 2027 年部分节假日安排的通知");
    const off = async (holiday: string, from: string, to: string): Promise<void> => {
      const range = admin.getByRole("group", { name: holiday }).getByLabel("放假");
      await range.first().click();
      await range.first().fill(from);
      await admin.keyboard.press("Enter");
      await admin.keyboard.type(to);
      await admin.keyboard.press("Enter");
    };
    await off("元旦", "2027-01-01", "2027-01-03");
    await admin.getByText("放假 3 天，调休上班 0 天").waitFor();
    await admin.getByRole("button", { name: "核对并试算影响" }).click();
    const problems = admin.getByRole("alert");
    await problems.getByText(/\d+ 处需要更正/).waitFor();
    await problems.getByText(/^放假 缺少春节/).waitFor();

    await off("春节", "2027-02-05", "2027-02-11");
    await off("清明节", "2027-04-03", "2027-04-05");
    await off("劳动节", "2027-05-01", "2027-05-05");
    await off("端午节", "2027-06-09", "2027-06-09");
    await off("中秋节", "2027-09-15", "2027-09-15");
    await off("国庆节", "2027-10-01", "2027-10-07");
    const worked = (holiday: string, days: string): Promise<void> =>
      admin.getByRole("group", { name: holiday }).getByLabel("调休上班").fill(days);
    await worked("春节", "2-14");
    await worked("劳动节", "5-8");
    await worked("国庆节", "9-26、10-9");
    await admin.getByRole("button", { name: "核对并试算影响" }).click();
    await publish("国办发明电〔2026〕7 号", 2);
    await admin.getByText("2027 年的放假安排尚未公布").waitFor({ state: "detached" });
    await admin.getByText("调休上班：09-26、10-09").waitFor();
  });

  await step("a pack's text is checked, its change dry-run over the open orders, then published", async () => {
    await admin.goto("/rule-packs/state-grid-2022?view=edit");
    const text = admin.getByLabel("规则包文本（YAML）");
    const yaml = await text.inputValue();
    await text.fill(yaml.replace(/^rules:$/m, "rulez:"));
    await admin.getByRole("button", { name: "核对", exact: true }).click();
    await admin.getByText(/\d+ 处问题/).waitFor();
    await admin.getByRole("button", { name: "还原" }).click();

    // The station has ten minutes instead of two to get an order on its way.
    const changed = yaml.replace(/(slot: dispatch\b[\s\S]*?amount: )2\b/, "$110");
    assert.notEqual(changed, yaml);
    await text.fill(changed);
    await admin.getByRole("button", { name: "核对", exact: true }).click();
    await admin.getByText(/文本无误/).waitFor();
    await admin.getByRole("button", { name: "试算影响" }).click();
    await admin
      .getByRole("dialog")
      .getByText(/核对在途 \d+ 单/)
      .waitFor({ timeout: 20_000 });
    await publish("试行十分钟派单", 3);
    await admin.goto("/rulebooks");
    await admin.getByText("试行十分钟派单").waitFor();
    await admin.getByRole("button", { name: "看差异" }).first().click();
    await admin.getByRole("dialog").getByText("数值 2 10").waitFor();
  });

  await step("a pack of one's own is made from the template, and the list shows it at once", async () => {
    await admin.goto("/rule-packs");
    await admin.getByText("现行规则版本 3").waitFor();
    await admin.getByRole("button", { name: "新建规则包" }).click();
    const text = admin.getByLabel("规则包文本（YAML）");
    await text.fill((await text.inputValue()).replaceAll("本单位时限", "南江回访时限"));
    await admin.getByRole("dialog").getByRole("button", { name: "试算影响" }).click();
    await publish("南江客服〔2026〕5 号", 4);
    await admin.getByText("现行规则版本 4").waitFor();
    await admin.getByRole("link", { name: "南江回访时限" }).waitFor();
  });

  await step("a figure that is no deadline is changed, with what it rests on", async () => {
    await admin.goto("/policies");
    const run = admin.getByRole("button", { name: "试算影响" });
    await admin.getByLabel("往前查找").fill("60");
    await admin.getByLabel("夜间不回访，自").fill("9 点");
    await admin.getByText("请写成 21:00 的样子").waitFor();
    assert.equal(await run.isDisabled(), true);
    await admin.getByLabel("夜间不回访，自").fill("21:00");
    assert.equal(await run.isDisabled(), true, "what the figure rests on is not said yet");
    await admin.getByLabel("新规定的依据").fill("南江客服〔2026〕6 号");
    await run.click();
    await publish("疑似重复查六十天", 5);
    await admin.getByText("现行规则版本 5").waitFor();
    await admin.getByText("依据：南江客服〔2026〕6 号").waitFor();
    assert.equal(await admin.getByLabel("往前查找").inputValue(), "60");
    assert.equal(await run.isDisabled(), true);
  });

  await step("the auditor reads who published what", async () => {
    const auditor = await openDesk(browser, product);
    await signIn(auditor.page, "audit");
    await auditor.page.goto("/access-log?action=RULEBOOK_PUBLISHED");
    await auditor.page.getByRole("row", { name: /系统管理员 admin .* 规则版本 5 疑似重复查六十天/ }).waitFor();
    await auditor.page.getByRole("row", { name: /规则版本 2 国办发明电〔2026〕7 号/ }).waitFor();
    assert.deepEqual(auditor.complaints, []);
  });
  assert.deepEqual(desk.complaints, []);
});
