import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import type { AccessEntry } from "@bihuan/contract/identity-access.ts";
import i18next from "i18next";
import type { z } from "zod";
import { actorName, detailText, recordText, type Words } from "./access-words.ts";

type Entry = z.infer<typeof AccessEntry>;

function wordsIn(language: "zh" | "en"): Words {
  const i18n = i18next.createInstance();
  const identity = JSON.parse(readFileSync(new URL(`../texts.${language}.json`, import.meta.url), "utf8")) as object;
  void i18n.init({
    lng: language,
    ns: ["identity"],
    defaultNS: "identity",
    resources: { [language]: { identity } },
    interpolation: { escapeValue: false },
    initAsync: false,
  });
  return {
    language,
    t: i18n.getFixedT(language, "identity"),
    say: (text) => text[language],
    unitName: (unitId) => (unitId === 1 ? "清江供电公司" : "柳河供电所"),
    instant: (at) => at.slice(0, 10),
  };
}
const zh = wordsIn("zh");
const en = wordsIn("en");

const entry = (change: Partial<Entry>): Entry => ({
  accessId: "1",
  at: "2026-06-12T01:00:00Z",
  action: "EXPORTED",
  principalKind: "staff",
  principalId: 2,
  principalName: "安全管理员",
  account: "security",
  unitId: 1,
  address: null,
  recordKind: null,
  recordId: null,
  recordName: null,
  field: null,
  reason: null,
  facts: {},
  ...change,
});

test("a grant is told with its role, its unit and how long it holds", () => {
  const granted = entry({
    action: "ROLE_GRANTED",
    recordKind: "staff",
    recordId: "8",
    recordName: "周静 zhoujing",
    facts: { to: null, role: "REVIEWER", unit: 1 },
  });
  assert.equal(recordText(granted, zh), "人员 周静 zhoujing");
  assert.equal(detailText(granted, zh), "审核人，单位 清江供电公司，有效期 长期");
  assert.equal(detailText(granted, en), "Reviewer, unit 清江供电公司, with no end");
  const until = entry({ ...granted, facts: { ...granted.facts, to: "2027-01-01T00:00:00Z" } });
  assert.equal(detailText(until, zh), "审核人，单位 清江供电公司，有效至 2027-01-01");
});

test("what the program noted is told in words", () => {
  const cases: readonly [Partial<Entry>, record: string | null, details: string][] = [
    [
      {
        action: "ORGANISATION_CHANGED",
        recordKind: "unit",
        recordId: "11",
        recordName: "柳河供电所",
        facts: { to: 1, from: 2, change: "moved" },
      },
      "单位 柳河供电所",
      "移动，自 柳河供电所，至 清江供电公司",
    ],
    [
      {
        action: "STAFF_CHANGED",
        recordKind: "staff",
        recordId: "8",
        recordName: "周静 zhoujing",
        facts: { change: "deactivated", account: "zhoujing" },
      },
      "人员 周静 zhoujing",
      "停用",
    ],
    [
      {
        action: "PERSONAL_DATA_UNMASKED",
        recordKind: "order",
        recordId: "1002026061200000001",
        field: "contact",
        reason: "核对地址",
      },
      "工单 1002026061200000001 联系方式",
      "核对地址",
    ],
    [
      { action: "ATTACHMENT_DOWNLOADED", recordKind: "order", recordId: "1002026061200000001", field: "7" },
      "工单 1002026061200000001 第 7 条记录",
      "",
    ],
    [
      { action: "DATA_IMPORTED", recordKind: "organisation", facts: { kind: "organisation", changed: 0, created: 12 } },
      "组织机构",
      "更改 0，新增 12",
    ],
    [
      { recordKind: "report", recordId: "timeliness", facts: { by: "unit, month", state: "open" } },
      "报表 及时率",
      "按 单位 · 月份，状态 在途",
    ],
    [
      {
        action: "API_KEY_CREATED",
        recordKind: "api-key",
        recordId: "3",
        recordName: "网上国网对接",
        facts: { name: "网上国网对接", grants: "AGENT@1 ANALYST@2", expiresAt: "2027-06-12T00:00:00Z" },
      },
      "接口密钥 网上国网对接",
      "名称 网上国网对接，坐席（清江供电公司），分析员（柳河供电所），有效至 2027-06-12",
    ],
    [
      {
        action: "RULEBOOK_PUBLISHED",
        recordKind: "rulebook",
        recordId: "3",
        reason: "试行十分钟派单",
        facts: { en: "Rule pack “House” changed", zh: "修改规则包“本单位”" },
      },
      "规则版本 3",
      "试行十分钟派单，修改规则包“本单位”",
    ],
    [
      {
        action: "TRANSFORMER_AREA_CHANGED",
        recordKind: "transformer-area",
        recordId: "100-NZ3",
        facts: { unit: 2, from: 1, accountsMoved: 12 },
      },
      "台区 100-NZ3",
      "单位 柳河供电所，自 清江供电公司，12 户随之变更",
    ],
    [
      { action: "DIGEST_EXPORTED", recordKind: "digest", facts: { from: "2026-06-01", to: "2026-06-07", digests: 7 } },
      "日摘要",
      "自 2026-06-01，至 2026-06-07，7 份日摘要",
    ],
    [{ recordKind: "order", facts: { unitId: 2, state: "open" } }, "工单", "单位 柳河供电所，状态 在途"],
    [
      { recordKind: "order", facts: { flow: "fault-repair", step: "replying", state: "all", clock: "missed-internal" } },
      "工单",
      "业务 故障报修，环节 待回单，状态 全部，计时 曾超内部时限",
    ],
    [
      { recordKind: "order", facts: { status: "ARCHIVED", holder: "nobody", tookPartUnitId: 2, dueWithinMinutes: 60 } },
      "工单",
      "工单状态 已归档，处理人 无人，参与单位 柳河供电所，60 分钟内到期",
    ],
    [{ recordKind: "order", facts: { table: "connections", only: "late" } }, "工单", "业扩流程跟踪表，只含超时"],
    [
      {
        recordKind: "customer",
        facts: { category: "HV_DUAL", importance: "FIRST", specialNeed: "LIFE_SUPPORT", areaClass: "RURAL" },
      },
      "客户",
      "客户类别 高压双电源，重要程度 一级重要，特殊需求 生命支持设备，农村",
    ],
    [{ recordKind: "report", recordId: "averages", facts: { by: "priority" } }, "报表 平均时限", "按 优先级"],
    [{ recordKind: "order", facts: { filter: "{}" } }, "工单", "条件 全部"],
    [{ recordKind: "order", facts: { filter: '{"unitId":2,"state":"open"}' } }, "工单", "条件 柳河供电所，状态 在途"],
    [{ recordKind: "order", facts: { filter: '{"flow":"complaint","text":"王"}' } }, "工单", "条件 业务 投诉，查找 王"],
    [{ action: "SIGN_IN_FAILED", facts: { oneTimePasswordExpired: true } }, null, "一次性密码已过期"],
    [{ action: "SESSION_REVOKED", recordKind: "staff", recordId: "8", facts: { sessions: 2 } }, "人员 8", "2 个会话"],
    [
      { action: "ACCESS_LOG_READ", facts: { limit: 100, action: "SIGN_IN", from: "2026-06-01T00:00:00Z" } },
      null,
      "自 2026-06-01，登录",
    ],
  ];
  for (const [change, record, details] of cases) {
    assert.equal(recordText(entry(change), zh), record);
    assert.equal(detailText(entry(change), zh), details);
  }
});

test("what nobody has words for stands as it was noted", () => {
  const odd = entry({ recordKind: "meter", recordId: "9", field: "reading", facts: { colour: "red", absent: null } });
  assert.equal(recordText(odd, zh), "meter 9 reading");
  assert.equal(detailText(odd, zh), "colour red");
});

test("the program's own doings are told by what it was doing", () => {
  const by = (principalName: string) => actorName(entry({ principalKind: "system", principalName }), zh);
  assert.deepEqual(["command line", "job", "first start", "other"].map(by), ["命令行", "后台任务", "首次启动", "other"]);
  assert.equal(actorName(entry({}), zh), "安全管理员");
});
