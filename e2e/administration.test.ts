// Setting a utility up and changing its rules, each administrator doing their own part: units and people, roles and passwords,
// a new year of the calendar, a rule pack with its dry run.
import assert from "node:assert/strict";
import { test } from "node:test";
import { testDatabase } from "@bihuan/server/platform/testing/database.ts";
import { type Desk, openDesk, skipReason, startBrowser, startProduct } from "./harness.ts";
import { pick, signIn } from "./steps.ts";
import { story } from "./story.ts";
import { takeIn } from "./work.ts";
import { makeWorld, password } from "./world.ts";

const db = skipReason ? null : await testDatabase();
const firstRunDb = skipReason ? null : await testDatabase();

test("the first administrator sets the product up", { skip: skipReason, timeout: 120_000 }, async (t) => {
  if (!firstRunDb) return;
  const product = await startProduct(firstRunDb, "2026-06-12T09:00:00+08:00");
  const browser = await startBrowser();
  t.after(async () => {
    await browser.close();
    await product.stop();
  });
  const desk = await openDesk(browser, product);
  const { page } = desk;
  const step = story(t, [desk]);
  const admin = product.firstAccounts.find(({ account }) => account === "admin");

  await step("a wrong password is refused in words", async () => {
    await page.goto("/");
    await page.getByLabel("账号").fill("admin");
    await page.getByLabel("密码", { exact: true }).fill("wrong-password");
    await page.getByRole("button", { name: "登录" }).click();
    await page.getByText("账号或密码不正确").waitFor();
  });

  await step("the one-time password is changed, then the utility gets its name", async () => {
    await page.getByLabel("密码", { exact: true }).fill(admin?.oneTimePassword ?? "");
    await page.getByRole("button", { name: "登录" }).click();
    await page.getByRole("heading", { name: "修改密码" }).waitFor();
    await page.getByLabel("当前密码").fill(admin?.oneTimePassword ?? "");
    await page.getByLabel("新密码", { exact: true }).fill("short");
    await page.getByLabel("再输一遍新密码").fill("short");
    await page.getByRole("button", { name: "修改密码" }).click();
    await page.getByText("密码过短").waitFor();
    await page.getByLabel("新密码", { exact: true }).fill(password);
    await page.getByLabel("再输一遍新密码").fill(password);
    await page.getByRole("button", { name: "修改密码" }).click();
    await page.getByRole("heading", { name: "首次设置" }).waitFor();
    await page.getByLabel("单位名称").fill("江北供电公司");
    await page.getByLabel("单位编码").fill("JB");
    await page.getByRole("button", { name: "完成设置" }).click();
    await page.getByRole("treeitem", { name: /江北供电公司/ }).waitFor();
  });

  await step("signing out leads back to the sign-in, and what was inside is closed", async () => {
    await page.getByRole("button", { name: "系统管理员 的菜单" }).click();
    await page.getByRole("menuitem", { name: "退出登录" }).click();
    await page.getByRole("heading", { name: "登录" }).waitFor();
    await page.goto("/staff");
    await page.waitForURL(/\/sign-in\?next=%2Fstaff/);
  });
  assert.deepEqual(desk.complaints, []);
});

test("organisation, people, calendars and rules are changed in the browser", {
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
  for (const title of ["一", "二", "三"]) await takeIn(world, { flow: "fault-repair", title: `停电${title}` });
  const desks: Desk[] = [];
  const step = story(t, desks);
  const desk = async (account: string): Promise<Desk> => {
    const opened = await openDesk(browser, product);
    desks.push(opened);
    await signIn(opened.page, account);
    return opened;
  };
  const admin = (await desk("admin")).page;
  const security = (await desk("security")).page;

  await step("a crew is created below its station, renamed and moved", async () => {
    await admin.goto(`/organisation?unit=${world.units.rural}`);
    await admin.getByRole("button", { name: "新建下级单位" }).click();
    await admin.getByLabel("单位名称").fill("南庄抢修二班");
    await admin.getByLabel("单位编码").fill("NJ-NZ-2");
    await pick(admin.getByRole("main"), "单位类型", "班组", admin);
    await admin.getByRole("button", { name: "新建单位" }).click();
    await admin.getByText("南江供电公司 › 南庄供电所 › 南庄抢修二班").waitFor();
    await admin.getByRole("button", { name: "移动" }).click();
    await pick(admin.getByRole("main"), "上级单位", "城东供电所", admin);
    await admin.getByRole("button", { name: "移动" }).click();
    await admin.getByText("南江供电公司 › 城东供电所 › 南庄抢修二班").waitFor();
  });

  await step("a list of units with mistakes is refused line by line, then imported", async () => {
    await admin.getByRole("button", { name: "导入组织机构" }).click();
    const dialog = admin.getByRole("dialog");
    const file = (lines: readonly string[]) => ({
      name: "units.csv",
      mimeType: "text/csv",
      buffer: Buffer.from(lines.join("\r\n")),
    });
    const header = "code,name,kind,parent_code,zone,area_class";
    await dialog
      .locator("input[type=file]")
      .setInputFiles(
        file([header, "NJ-LH,柳湖供电所,STATION,NJ,,RURAL", "NJ-XX,无上级,STATION,NOWHERE,,", "NJ-YY,错类型,CASTLE,NJ,,"]),
      );
    await dialog.getByText("有问题，未导入任何内容").waitFor();
    assert.ok((await dialog.getByRole("row").count()) >= 3);
    await dialog.locator("input[type=file]").setInputFiles(file([header, "NJ-LH,柳湖供电所,STATION,NJ,,RURAL"]));
    await dialog.getByText("核对通过，尚未导入").waitFor();
    await dialog.getByRole("button", { name: "导入", exact: true }).click();
    await dialog.getByText("已导入").waitFor();
    await dialog.getByRole("button", { name: "完成" }).click();
    await admin.getByRole("link", { name: "柳湖供电所" }).waitFor();
  });

  await step("a person gets an account from one administrator, role and password from another", async () => {
    await admin.goto("/staff");
    await admin.getByRole("button", { name: "新建人员" }).click();
    const dialog = admin.getByRole("dialog");
    await dialog.getByLabel("姓名").fill("吴芳");
    await dialog.getByLabel("账号").fill("wufang");
    await pick(dialog, "所在单位", "客户服务中心", admin);
    await dialog.getByRole("button", { name: "新建人员" }).click();
    await admin.getByRole("heading", { name: "吴芳" }).waitFor();
    const { pathname } = new URL(admin.url());

    await security.goto(pathname);
    await security.getByRole("button", { name: "授予角色" }).click();
    await pick(security.getByRole("main"), "角色", "坐席", security);
    await security.getByRole("button", { name: "授予", exact: true }).click();
    await security.getByRole("row", { name: /坐席/ }).waitFor();
    await security.getByRole("button", { name: "发放一次性密码" }).click();
    const issued = await security.getByRole("dialog").locator("code").last().innerText();

    const fresh = await openDesk(browser, product);
    desks.push(fresh);
    await signIn(fresh.page, "wufang", issued.trim());
    await fresh.page.getByRole("heading", { name: "修改密码" }).waitFor();
  });

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
    await admin.getByText(/\d+ 处需要更正/).waitFor();
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
    const dialog = admin.getByRole("dialog");
    await dialog.getByText(/核对在途 \d+ 单/).waitFor({ timeout: 20_000 });
    await dialog.getByLabel("发布说明").fill("试行十分钟派单");
    await dialog.getByRole("button", { name: "发布" }).click();
    await dialog.getByText(/已发布为规则版本 2/).waitFor();
    await admin.goto("/rulebooks");
    await admin.getByText("试行十分钟派单").waitFor();
    await admin.getByRole("button", { name: "看差异" }).click();
    await admin.getByRole("dialog").getByText("修改").first().waitFor();
  });

  for (const { complaints } of desks) assert.deepEqual(complaints, []);
});
