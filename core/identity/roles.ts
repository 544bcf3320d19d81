// Roles and what they may do. A role is held at a unit and reaches that unit's subtree (design: who may see and do what).
import { z } from "zod";
import { type Refusal, refuse } from "../refusal.ts";
import type { Permission } from "./permissions.ts";
import type { Bilingual } from "../text.ts";

export const roles = [
  "AGENT",
  "DISPATCHER",
  "HANDLER",
  "REVIEWER",
  "VERIFIER",
  "SUPERVISOR",
  "MANAGER",
  "ANALYST",
  "KNOWLEDGE_EDITOR",
  "SYSTEM_ADMIN",
  "SECURITY_ADMIN",
  "AUDIT_ADMIN",
] as const;
export const Role = z.enum(roles);
export type Role = z.infer<typeof Role>;

export type RoleDefinition = {
  readonly title: Bilingual;
  /** What the holder does all day, for the screen where roles are granted. */
  readonly purpose: Bilingual;
  readonly permissions: readonly Permission[];
};

// Everyone who works on orders sees the organisation, the calendars and the rules: deadlines must be explainable to all.
const common = ["organisation.read", "calendar.read", "rule.read"] as const;
// Whoever works with customers or their orders looks things up.
const atWork = [...common, "knowledge.read"] as const;
const writesKnowledge = ["knowledge.edit", "knowledge.approve"] as const;

export const roleDefinitions: Readonly<Record<Role, RoleDefinition>> = {
  AGENT: {
    title: { zh: "坐席", en: "Agent" },
    purpose: { zh: "受理诉求、登记客户、催办", en: "Takes demands in, keeps the customer's file, urges" },
    permissions: [
      ...atWork,
      "order.read",
      "order.intake",
      "order.act",
      "customer.read",
      "customer.edit",
      "customer.record",
      "personal-data.unmask",
    ],
  },
  DISPATCHER: {
    title: { zh: "服务调度", en: "Service dispatcher" },
    purpose: {
      zh: "投诉定级、派单、转派、协调承办单位",
      en: "Grades complaints, dispatches, transfers, coordinates the handling units",
    },
    permissions: [
      ...atWork,
      "order.read",
      "order.act",
      "order.export",
      "customer.read",
      "customer.record",
      "personal-data.unmask",
      "staff.read",
      "report.read",
    ],
  },
  HANDLER: {
    title: { zh: "处理人", en: "Handler" },
    purpose: { zh: "接单、现场处理、回单", en: "Accepts, works on site, replies" },
    permissions: [...atWork, "order.read", "order.act", "customer.read", "customer.record", "personal-data.unmask"],
  },
  REVIEWER: {
    title: { zh: "审核人", en: "Reviewer" },
    purpose: { zh: "审核回单，通过后才回访客户", en: "Reviews replies before the customer is called back" },
    permissions: [...atWork, "order.read", "order.act", "customer.read", "staff.read", "report.read"],
  },
  VERIFIER: {
    title: { zh: "回访人", en: "Verifier" },
    purpose: { zh: "回访客户、归档", en: "Calls the customer back and archives" },
    permissions: [...atWork, "order.read", "order.act", "customer.read", "customer.record", "personal-data.unmask"],
  },
  SUPERVISOR: {
    title: { zh: "时限监督员", en: "Time-limit supervisor" },
    purpose: {
      zh: "监督时限、催办，裁定退单，审批挂起、延期、改类和终止，导出清单",
      en: "Watches the time limits, urges, arbitrates, decides suspension, extension, reclassification and termination, exports lists",
    },
    permissions: [...atWork, "order.read", "order.act", "order.export", "customer.read", "staff.read", "report.read"],
  },
  MANAGER: {
    title: { zh: "主管", en: "Manager" },
    purpose: {
      zh: "统管本单位及下级业务：审核回单、裁定退单、审批申请、转派，查看报表",
      en: "Leads the business of the unit and below: reviews, arbitrates, decides requests, transfers, reads reports",
    },
    permissions: [
      ...atWork,
      "order.read",
      "order.act",
      "order.export",
      "customer.read",
      "customer.edit",
      "customer.record",
      "customer.manage",
      "customer.export",
      "personal-data.unmask",
      "staff.read",
      "import.run",
      "report.read",
      ...writesKnowledge,
    ],
  },
  ANALYST: {
    title: { zh: "分析员", en: "Analyst" },
    purpose: { zh: "只读查询与统计分析", en: "Reads and analyses, changes nothing" },
    permissions: [...atWork, "order.read", "order.export", "customer.read", "customer.export", "report.read"],
  },
  KNOWLEDGE_EDITOR: {
    title: { zh: "知识管理员", en: "Knowledge editor" },
    purpose: {
      zh: "编写、审批知识（不能审批自己编写的），处理查找未果和评价",
      en: "Writes articles and approves those of others, follows what was not found and what did not help",
    },
    permissions: [...atWork, ...writesKnowledge],
  },
  SYSTEM_ADMIN: {
    title: { zh: "系统管理员", en: "System administrator" },
    purpose: {
      zh: "组织机构、人员账号、日历与规则配置；不接触业务数据",
      en: "Organisation, staff accounts, calendars and rules; sees no business data",
    },
    permissions: [...common, "organisation.edit", "staff.read", "staff.edit", "calendar.edit", "rule.edit", "system.configure"],
  },
  SECURITY_ADMIN: {
    title: { zh: "安全管理员", en: "Security administrator" },
    purpose: {
      zh: "授权、发放密码、解锁、注销会话、接口密钥",
      en: "Grants roles, issues passwords, unlocks, revokes sessions, manages API keys",
    },
    permissions: [
      "organisation.read",
      "staff.read",
      "role.grant",
      "password.issue",
      "account.unlock",
      "session.revoke",
      "api-key.manage",
    ],
  },
  AUDIT_ADMIN: {
    title: { zh: "审计管理员", en: "Audit administrator" },
    purpose: { zh: "查阅访问日志，核验数据完整性", en: "Reads the access log, verifies that the data are intact" },
    permissions: ["organisation.read", "staff.read", "access-log.read", "audit.run"],
  },
};

/** The three separate administrators (三员): nobody holds two of them, nor one beside a business role. */
export const administratorRoles = ["SYSTEM_ADMIN", "SECURITY_ADMIN", "AUDIT_ADMIN"] as const satisfies readonly Role[];
export type AdministratorRole = (typeof administratorRoles)[number];
const isAdministrator = (role: Role): role is AdministratorRole => (administratorRoles as readonly Role[]).includes(role);

const byRole = new Map<Role, ReadonlySet<Permission>>(roles.map((role) => [role, new Set(roleDefinitions[role].permissions)]));

/** Whether a role includes a permission, wherever it is held. */
export const roleMay = (role: Role, permission: Permission): boolean => byRole.get(role)?.has(permission) ?? false;

/**
 * Whether a role may be added to those a person holds. An administrator of one office holds that office only, at as many
 * units as needed (separation of the three administrators, GB/T 22239-2019 §8.1.5).
 */
export function separationRefusal(held: readonly Role[], added: Role): Refusal | null {
  const conflict = held.find((role) => role !== added && (isAdministrator(role) || isAdministrator(added)));
  return conflict ? refuse("identity.roles-must-be-separate", { held: conflict, added }) : null;
}

/** Whether an API key may carry a role: integrations do business, they never administer. */
export const roleForKeys = (role: Role): boolean => !isAdministrator(role);
