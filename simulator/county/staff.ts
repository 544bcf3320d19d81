// Who works in the county: a hundred and fifty simulated people, and one account of each role for whoever looks on.
import type { Role } from "@bihuan/core/identity/roles.ts";
import { randomOf } from "../random.ts";
import { personName } from "./names.ts";
import { CENTRE, COMPANY, hallsOf, MARKETING, OPERATIONS, repairCrewsOf, serviceCrewOf } from "./organisation.ts";
import { stations } from "./stations.ts";

export type StaffMember = {
  readonly account: string;
  readonly name: string;
  /** Code of the home unit. */
  readonly unit: string;
  readonly role: Role;
  /** Code of the unit the role is held at. */
  readonly at: string;
  /** Another unit it is held at as well. */
  readonly alsoAt?: string;
};

/** Everybody's password in the demonstration. It listens on this machine only. */
export const PASSWORD = "Wanghe-95598-demo";

const first = stations[0] as (typeof stations)[number];
/** The crew the visitor's handler works in, and the hall of the visitor's clerk. */
export const VISITORS_CREW = repairCrewsOf(first.code, 1)[0] as string;
export const VISITORS_HALL = hallsOf(first.code, 1)[0] as string;

type Post = { readonly unit: string; readonly role: Role; readonly at: string; readonly count: number };

const posts: readonly Post[] = [
  { unit: CENTRE, role: "AGENT", at: COMPANY, count: 14 },
  { unit: CENTRE, role: "DISPATCHER", at: COMPANY, count: 5 },
  { unit: CENTRE, role: "REVIEWER", at: COMPANY, count: 5 },
  { unit: CENTRE, role: "VERIFIER", at: COMPANY, count: 6 },
  { unit: CENTRE, role: "SUPERVISOR", at: COMPANY, count: 3 },
  { unit: CENTRE, role: "MANAGER", at: COMPANY, count: 1 },
  { unit: MARKETING, role: "HANDLER", at: MARKETING, count: 3 },
  { unit: OPERATIONS, role: "HANDLER", at: OPERATIONS, count: 3 },
  ...stations.flatMap(({ code, crews, halls }): Post[] => [
    { unit: code, role: "MANAGER", at: code, count: 1 },
    { unit: code, role: "SUPERVISOR", at: code, count: 1 },
    ...repairCrewsOf(code, crews).map((crew): Post => ({ unit: crew, role: "HANDLER", at: crew, count: 4 })),
    { unit: serviceCrewOf(code), role: "HANDLER", at: serviceCrewOf(code), count: 4 },
    ...hallsOf(code, halls.length).map((hall): Post => ({ unit: hall, role: "AGENT", at: hall, count: 2 })),
  ]),
];

const accounts: readonly Omit<StaffMember, "name">[] = posts
  .flatMap(({ count, ...post }) => Array.from({ length: count }, () => post))
  .map((post, index) => ({ ...post, account: `wh${String(index + 1).padStart(3, "0")}` }));

/** The simulated people's accounts and posts, which hang on no seed. */
export const staffAccounts = (): readonly Omit<StaffMember, "name">[] => accounts;

/** The simulated people, in a fixed order. */
export const staffOf = (seed: string): StaffMember[] =>
  accounts.map((member) => ({ ...member, name: personName(randomOf(seed, "staff", member.account)) }));

/** Accounts for people who look on: nobody simulated ever uses one. Of each role one. */
export const visitors: readonly StaffMember[] = [
  { account: "agent", name: "体验坐席", unit: CENTRE, role: "AGENT", at: COMPANY },
  { account: "hall", name: "体验厅员", unit: VISITORS_HALL, role: "AGENT", at: VISITORS_HALL },
  { account: "dispatcher", name: "体验调度", unit: CENTRE, role: "DISPATCHER", at: COMPANY },
  {
    account: "handler",
    name: "体验抢修",
    unit: VISITORS_CREW,
    role: "HANDLER",
    at: VISITORS_CREW,
    alsoAt: serviceCrewOf(first.code),
  },
  { account: "reviewer", name: "体验审核", unit: CENTRE, role: "REVIEWER", at: COMPANY },
  { account: "verifier", name: "体验回访", unit: CENTRE, role: "VERIFIER", at: COMPANY },
  { account: "supervisor", name: "体验督办", unit: CENTRE, role: "SUPERVISOR", at: COMPANY },
  { account: "manager", name: "体验主管", unit: COMPANY, role: "MANAGER", at: COMPANY },
  { account: "analyst", name: "体验分析", unit: MARKETING, role: "ANALYST", at: COMPANY },
  { account: "editor", name: "体验知识", unit: MARKETING, role: "KNOWLEDGE_EDITOR", at: COMPANY },
  { account: "admin", name: "系统管理员", unit: COMPANY, role: "SYSTEM_ADMIN", at: COMPANY },
  { account: "security", name: "安全管理员", unit: COMPANY, role: "SECURITY_ADMIN", at: COMPANY },
  { account: "audit", name: "审计管理员", unit: COMPANY, role: "AUDIT_ADMIN", at: COMPANY },
];
