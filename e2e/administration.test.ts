// Setting a utility up, each administrator doing their own part: units and people, roles and passwords, transformer areas, what
// the auditor reads of it, and an address let in again.
import assert from "node:assert/strict";
import { test } from "node:test";
import { addressLockout } from "@bihuan/core/identity/lockout.ts";
import { testDatabase } from "@bihuan/server/platform/testing/database.ts";
import { type Desk, openDesk, skipReason, startBrowser, startProduct } from "./harness.ts";
import { pick, signIn } from "./steps.ts";
import { story } from "./story.ts";
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
    await page.getByText("不要含有账号").waitFor();
    await page.getByLabel("新密码", { exact: true }).fill(password);
    await page.getByLabel("再输一遍新密码").fill(password);
    await page.getByRole("button", { name: "修改密码" }).click();
    await page.getByRole("heading", { name: "首次设置" }).waitFor();
    await page.getByLabel("单位名称").fill("江北供电公司");
    await page.getByLabel("单位编码").fill("JB");
    assert.ok(await page.getByRole("button", { name: "完成设置" }).isDisabled(), "the kind is asked, not assumed");
    await page.getByRole("radio", { name: /^地市公司/ }).check();
    await page.getByRole("button", { name: "完成设置" }).click();
    await page.getByRole("treeitem", { name: /江北供电公司/ }).waitFor();
    await page.getByText("接下来").waitFor();
  });

  await step("a session that ended elsewhere leads to the sign-in, which says so and leads back", async () => {
    const other = await openDesk(browser, product);
    await signIn(other.page, "admin");
    await other.page.goto("/account");
    await page.goto("/staff");
    await page.getByRole("link", { name: "系统管理员" }).waitFor();
    const mine = other.page.getByRole("row", { name: /Chrome \d+ · Linux/ }).filter({ hasNotText: "本次登录" });
    await mine.getByRole("button", { name: "注销" }).click();
    await mine.waitFor({ state: "detached" });
    await page.getByLabel("账号或姓名").fill("审计");
    await page.getByText("登录已失效，请重新登录").waitFor();
    await page.getByLabel("账号").fill("admin");
    await page.getByLabel("密码", { exact: true }).fill(password);
    await page.getByRole("button", { name: "登录" }).click();
    await page.waitForURL(/\/staff/);
    assert.deepEqual(other.complaints, []);
    await other.context.close();
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

test("units, people and what lets them in are changed in the browser", {
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
    await admin.getByRole("heading", { name: "在 南庄供电所 下新建单位" }).waitFor();
    await admin.getByRole("combobox", { name: /^单位类型/ }).click();
    const kinds = admin.locator(".ant-select-dropdown:not(.ant-select-dropdown-hidden) .ant-select-item-option");
    assert.deepEqual(await kinds.allInnerTexts(), ["营业厅", "班组", "部门"]);
    await admin.keyboard.press("Escape");
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
    await admin.getByText("角色和一次性密码由安全管理员授予、发放").waitFor();
    const { pathname } = new URL(admin.url());

    await security.goto(pathname);
    await security.getByRole("button", { name: "授予角色" }).click();
    await pick(security.getByRole("main"), "角色", "坐席", security);
    await security.getByText("部门之下没有供电所").waitFor();
    await pick(security.getByRole("main"), "单位", "南江供电公司", security);
    await security.getByText("角色及于该单位和全部下级").waitFor();
    await security.getByRole("button", { name: "授予", exact: true }).click();
    await security.getByRole("row", { name: /坐席/ }).waitFor();
    await security.getByRole("button", { name: "发放一次性密码" }).click();
    const issued = await security.getByRole("dialog").locator("code").last().innerText();
    await security.getByRole("dialog").getByRole("button", { name: "已记下" }).click();
    await security.getByRole("dialog").waitFor({ state: "detached" });

    const fresh = await openDesk(browser, product);
    desks.push(fresh);
    await signIn(fresh.page, "wufang", issued.trim());
    await fresh.page.getByRole("heading", { name: "修改密码" }).waitFor();
  });

  await step("a password of one's own is not voided without asking; a role is withdrawn", async () => {
    await security.goto(`/staff/${world.staff.verifier}`);
    await security.getByRole("button", { name: "发放一次性密码" }).click();
    await security.getByText("周静 已有自己的密码").waitFor();
    await security.getByRole("button", { name: "取消" }).click();
    await security
      .getByRole("row", { name: /审核人/ })
      .getByRole("button", { name: "收回" })
      .click();
    await security.getByRole("tooltip").getByRole("button", { name: "收回" }).click();
    await security.getByRole("row", { name: /审核人/ }).waitFor({ state: "detached" });
  });

  await step("imported people get their passwords in one stroke", async () => {
    await admin.goto("/staff");
    await admin.getByRole("button", { name: "导入人员" }).click();
    const csv = Buffer.from("账号,姓名,单位编码\r\nluping,罗平,NJ-CD\r\nmali,马丽,NJ-NZ\r\n");
    await admin
      .getByRole("dialog")
      .locator("input[type=file]")
      .setInputFiles({ name: "s.csv", mimeType: "text/csv", buffer: csv });
    await admin.getByRole("dialog").getByRole("button", { name: "导入", exact: true }).click();
    await admin.getByRole("dialog").getByText("已导入").waitFor();
    await security.goto("/staff");
    await security.getByRole("button", { name: "批量发放密码" }).click();
    const dialog = security.getByRole("dialog");
    await dialog.getByRole("button", { name: "为 2 人发放" }).click();
    await dialog.getByText("只显示这一次").waitFor();
    const [file] = await Promise.all([security.waitForEvent("download"), dialog.getByRole("link", { name: "下载清单" }).click()]);
    assert.equal(file.suggestedFilename(), "一次性密码.csv");
    const secret = await dialog.getByRole("row", { name: /罗平/ }).locator("code").last().innerText();
    await dialog.getByRole("button", { name: "已记下" }).click();
    await security.getByRole("row", { name: /马丽/ }).getByText("一次性密码").waitFor();
    const fresh = await openDesk(browser, product);
    desks.push(fresh);
    await signIn(fresh.page, "luping", secret.trim());
    await fresh.page.getByRole("heading", { name: "修改密码" }).waitFor();
  });

  await step("a transformer area is registered where its unit lies, then renamed", async () => {
    const agent = (await desk("wangmin")).page;
    await agent.goto("/transformer-areas");
    await agent.getByRole("button", { name: "登记台区" }).click();
    const dialog = agent.getByRole("dialog");
    await dialog.getByLabel("台区编码").fill("CD7");
    await dialog.getByLabel("台区名称").fill("城东 7 号台区");
    await pick(dialog, "责任单位", "城东供电所", agent);
    await dialog.getByRole("button", { name: "保存" }).click();
    await agent
      .getByRole("row", { name: /CD7 城东 7 号台区 城东供电所/ })
      .getByRole("button", { name: "修改台区" })
      .click();
    await agent.getByRole("dialog").getByLabel("台区名称").fill("城东市场台区");
    await agent.getByRole("dialog").getByRole("button", { name: "保存" }).click();
    await agent.getByRole("row", { name: /CD7 城东市场台区/ }).waitFor();
    await agent.getByLabel("台区编码或名称").fill("南庄");
    await agent.getByRole("row", { name: /CD7/ }).waitFor({ state: "detached" });
    await agent.getByRole("row", { name: /NZ3/ }).waitFor();
  });

  await step("the auditor reads in words who did what", async () => {
    const audit = (await desk("audit")).page;
    await audit.goto("/access-log");
    await audit
      .getByRole("row", { name: /授予角色 安全管理员 security .* 人员 吴芳 wufang 坐席，单位 南江供电公司，有效期 长期/ })
      .waitFor();
    await audit.keyboard.press("Control+k");
    const palette = audit.getByRole("combobox", { name: "查找页面" });
    await palette.fill("密码");
    await audit.keyboard.press("Enter");
    await audit.getByRole("heading", { name: "账号与密码" }).waitFor();
  });

  await step("an address that failed too often is locked, and let in again", async () => {
    const guesses = Array.from({ length: addressLockout.threshold }, (_, at) =>
      fetch(`${product.address}/api/session`, {
        method: "POST",
        headers: { "content-type": "application/json" },
        body: JSON.stringify({ account: `nobody${at}`, password: "a wrong guess" }),
      }),
    );
    await Promise.all(guesses);
    const stranger = await openDesk(browser, product);
    desks.push(stranger);
    const { page } = stranger;
    await page.goto("/sign-in");
    await page.getByLabel("账号").fill("linhai");
    await page.getByLabel("密码", { exact: true }).fill(password);
    await page.getByRole("button", { name: "登录" }).click();
    await page.getByText("失败次数过多，已暂时锁定").waitFor();

    await security.goto("/staff");
    await security.getByRole("button", { name: "锁定的网络地址" }).click();
    const dialog = security.getByRole("dialog");
    await dialog
      .getByRole("row", { name: /127\.0\.0\.1/ })
      .getByRole("button", { name: "解锁" })
      .click();
    await dialog.getByText("没有被锁定的网络地址").waitFor();
    await page.getByRole("button", { name: "登录" }).click();
    await page.waitForURL(/\/work/);
  });

  for (const { complaints } of desks) assert.deepEqual(complaints, []);
});
