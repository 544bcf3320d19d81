// What an agent looks for and does not find is written by one person, approved by another, found, judged and written anew; at an
// order's step the crew reads its handbook without leaving the order.
import assert from "node:assert/strict";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import path from "node:path";
import { tmpdir } from "node:os";
import { test } from "node:test";
import { knowledgeOperations } from "@bihuan/contract/knowledge.ts";
import { testDatabase } from "@bihuan/server/platform/testing/database.ts";
import { type Desk, openDesk, skipReason, startBrowser, startProduct } from "./harness.ts";
import { grantEditor, samples } from "./library.ts";
import { pick, signIn } from "./steps.ts";
import { story } from "./story.ts";
import { act, takeIn } from "./work.ts";
import { makeWorld } from "./world.ts";

const db = skipReason ? null : await testDatabase();

test("knowledge goes from a vain search to an answer", { skip: skipReason, timeout: 240_000 }, async (t) => {
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
  await grantEditor(world);
  const desks: Desk[] = [];
  const desk = async (account: string) => {
    const opened = await openDesk(browser, product);
    desks.push(opened);
    await signIn(opened.page, account);
    return opened.page;
  };
  const [agent, editor, manager] = [await desk("wangmin"), await desk("zhoujing"), await desk("linhai")];
  const step = story(t, desks);

  await step("an agent looks in vain; the editor finds the words, without the number in them", async () => {
    await agent.goto("/knowledge");
    await agent.getByText("知识库还没有内容").waitFor();
    const noted = agent.waitForResponse(
      (response) => response.url().endsWith("/search") && (response.request().postData() ?? "").includes('"finished":true'),
    );
    await agent.getByLabel("在知识库中查找").fill("光伏结算 13805145678");
    await agent.getByText("没有找到“光伏结算 13805145678”").waitFor();
    await noted;
    await editor.goto("/knowledge");
    await editor.getByRole("button", { name: "编辑与审批" }).click();
    await editor.getByRole("tab", { name: /查找未果 1/ }).click();
    await editor.getByRole("row", { name: /^光伏结算 1 / }).waitFor();
  });

  await step("the editor writes about it, and cannot approve it", async () => {
    await editor.getByRole("button", { name: "写一篇" }).click();
    await editor.getByLabel("标题").fill("分布式光伏多久结算一次");
    await editor.getByRole("combobox", { name: "别名" }).click();
    await editor.keyboard.type("光伏结算");
    await editor.keyboard.press("Enter");
    await editor.getByLabel("答复口径").fill("按月结算，以账单为准。");
    await editor.getByRole("button", { name: "添加问题" }).click();
    await editor.getByLabel("问题", { exact: true }).fill("您的发电户号是多少？");
    await editor.getByRole("button", { name: "添加业务或环节" }).click();
    await pick(editor, "业务", "咨询", editor);
    await editor.getByRole("button", { name: "保存草稿" }).click();
    await editor.getByText("草稿，只有编辑能看到。").waitFor();
    await editor.getByRole("button", { name: "提交审批" }).click();
    await editor.getByText("您参与了编写，须由另一人审批。").waitFor();
    assert.equal(await editor.getByRole("button", { name: "审批通过" }).count(), 0);
  });

  await step("the manager returns it with a reason; mended and submitted again, it is approved", async () => {
    await manager.goto("/knowledge/work");
    await manager.getByRole("link", { name: "分布式光伏多久结算一次" }).click();
    await manager.getByRole("button", { name: "退回" }).click();
    const dialog = manager.getByRole("dialog");
    await dialog.getByLabel("退回理由").fill("请注明依据");
    await dialog.getByRole("button", { name: "退回" }).click();
    await editor.getByText("林海 退回：请注明依据").waitFor(); // without a reload
    await editor.getByRole("button", { name: "修改" }).click();
    await editor.getByLabel("依据（文件、条款）").fill("购售电合同");
    await editor.getByRole("button", { name: "保存草稿" }).click();
    await editor.getByRole("button", { name: "提交审批" }).click();
    await manager.getByRole("button", { name: "审批通过" }).click(); // its page hears of it by itself
    await manager.getByText("这篇有帮助吗？").waitFor();
  });

  await step("the agent finds it by pinyin initials, reads it and says what is missing", async () => {
    await agent.getByLabel("在知识库中查找").fill("gfjs");
    await agent.getByRole("link", { name: "分布式光伏多久结算一次" }).click();
    await agent.getByText("按月结算，以账单为准。").waitFor();
    await agent.getByText("您的发电户号是多少？").waitFor();
    await agent.getByRole("button", { name: "没有帮助" }).click();
    await agent.getByLabel("缺了什么（选填）").fill("没写补贴什么时候发");
    await agent.getByRole("button", { name: "提交", exact: true }).click();
    await agent.getByLabel("缺了什么（选填）").waitFor({ state: "detached" }); // it is kept
    await agent.getByText("有帮助 0，没有帮助 1").waitFor();
  });

  await step("a second version says it, with a file; until it is approved the first stays", async () => {
    await editor.goto("/knowledge/work?list=NOT_HELPFUL");
    await editor.getByRole("link", { name: "分布式光伏多久结算一次" }).click();
    await editor.getByText("没写补贴什么时候发").waitFor();
    await editor.getByRole("button", { name: "编写新版" }).click();
    await editor.getByLabel("答复口径").fill("按月结算，补贴随电费一并发放。");
    await editor.getByLabel("修改说明").fill("补充补贴");
    await editor.getByRole("button", { name: "保存草稿" }).click();
    const file = path.join(folder, "结算样例.txt");
    await writeFile(file, "六月电量 320 千瓦时");
    await editor.getByLabel("添加附件").setInputFiles(file);
    await editor.getByRole("link", { name: "结算样例.txt" }).waitFor();
    await editor.getByRole("button", { name: "提交审批" }).click();
    await agent.reload();
    await agent.getByText("按月结算，以账单为准。").waitFor();
    await manager.goto("/knowledge/work");
    await manager.getByRole("link", { name: "分布式光伏多久结算一次" }).click();
    await manager.getByText("与现行版本相比，改动了：答复口径").waitFor();
    await manager.getByRole("button", { name: "审批通过" }).click();
    await agent.getByText("按月结算，补贴随电费一并发放。").waitFor(); // the page hears of it by itself
    const [download] = await Promise.all([
      agent.waitForEvent("download"),
      agent.getByRole("link", { name: "结算样例.txt" }).click(),
    ]);
    assert.equal(download.suggestedFilename(), "结算样例.txt");
    await agent.getByRole("link", { name: "第 1 版" }).click();
    await agent.getByText("此版已被新版替代，仅供追溯。").waitFor();
  });

  await step("on a telephone the crew reads the handbook of its step beside the order, whose form stays as it was", async () => {
    const handbook = (await samples()).find(({ code }) => code === "handbook-repair-crew");
    assert.ok(handbook);
    const { kind, draft } = handbook;
    const { verifier, manager: approver } = world.as;
    const begun = await verifier.call(knowledgeOperations.createArticle, {
      idempotencyKey: "story-handbook",
      body: { unitId: world.units.city, kind, draft },
    });
    const params = { articleId: begun.articleId };
    const { revision } = await verifier.call(knowledgeOperations.submitDraft, { params, body: { revision: begun.revision } });
    await approver.call(knowledgeOperations.approveVersion, { params, body: { revision } });
    const orderId = await takeIn(world, { flow: "fault-repair", title: "南庄停电" });
    await act(world.as.agent, orderId, "dispatch", { unitId: world.units.ruralCrew });
    const crew = await desk("zhaogang");
    await crew.setViewportSize({ width: 390, height: 844 });
    await crew.goto(`/orders/${orderId}`);
    assert.equal(await crew.getByRole("button", { name: /抢修班组/ }).count(), 0, "it is not on its way yet");
    await crew.getByRole("button", { name: "接单", exact: true }).click();
    await crew.getByRole("button", { name: /抢修班组/ }).click();
    const page = crew.getByRole("dialog");
    await page.getByText("到达现场并登记").waitFor();
    await page.getByText("平均：城区 45 分钟、农村 90 分钟、特殊边远 2 小时").waitFor();
    await page.getByRole("button", { name: "有帮助", exact: true }).click();
    await page.getByText("谢谢，已记下。可以随时改。").waitFor();
    await crew.keyboard.press("Escape");
    await page.waitFor({ state: "detached" });
    assert.ok(Number(await crew.evaluate("document.documentElement.scrollWidth")) <= 390);
  });

  for (const { complaints } of desks) assert.deepEqual(complaints, []);
});
