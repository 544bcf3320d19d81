// A small utility to tell stories in: a city company with a desk, two supply stations and their crews, the people, two customers.
import { customerOperations } from "@bihuan/contract/customer.ts";
import { identityOperations } from "@bihuan/contract/identity.ts";
import type { UnitKind } from "@bihuan/core/identity/organisation.ts";
import type { Role } from "@bihuan/core/identity/roles.ts";
import { type Api, apiOf } from "./api.ts";
import type { Product } from "./harness.ts";

/** Everybody's password after their first sign-in. */
export const password = "Correct-Horse-48-Staple";

export type PersonKey = "agent" | "handler" | "verifier" | "manager" | "admin" | "security" | "audit";
export type World = {
  readonly units: Readonly<Record<"city" | "desk" | "urban" | "rural" | "urbanCrew" | "ruralCrew", number>>;
  readonly customers: Readonly<Record<"resident" | "hospital", string>>;
  readonly staff: Readonly<Record<"agent" | "handler" | "verifier" | "manager", number>>;
  /** A session of each person. */
  readonly as: Readonly<Record<PersonKey, Api>>;
  readonly names: Readonly<Record<"agent" | "handler" | "verifier" | "manager", string>>;
};

const units: readonly [
  key: keyof World["units"],
  code: string,
  name: string,
  kind: UnitKind,
  parent: keyof World["units"],
  areaClass: "URBAN" | "RURAL" | null,
][] = [
  ["desk", "NJ-95598", "客户服务中心", "DEPARTMENT", "city", null],
  ["urban", "NJ-CD", "城东供电所", "STATION", "city", "URBAN"],
  ["rural", "NJ-NZ", "南庄供电所", "STATION", "city", "RURAL"],
  ["urbanCrew", "NJ-CD-1", "城东抢修一班", "CREW", "urban", null],
  ["ruralCrew", "NJ-NZ-1", "南庄抢修班", "CREW", "rural", null],
];

const people: readonly [
  key: keyof World["names"],
  account: string,
  name: string,
  home: keyof World["units"],
  grants: readonly [Role, keyof World["units"]][],
][] = [
  [
    "agent",
    "wangmin",
    "王敏",
    "desk",
    [
      ["AGENT", "city"],
      ["DISPATCHER", "city"],
    ],
  ],
  ["handler", "zhaogang", "赵刚", "ruralCrew", [["HANDLER", "rural"]]],
  [
    "verifier",
    "zhoujing",
    "周静",
    "desk",
    [
      ["VERIFIER", "city"],
      ["REVIEWER", "city"],
    ],
  ],
  ["manager", "linhai", "林海", "city", [["MANAGER", "city"]]],
];

/** Signs in with a one-time password and replaces it. */
async function firstSignIn(product: Product, account: string, oneTimePassword: string): Promise<Api> {
  const api = apiOf(product.address);
  await api.signIn(account, oneTimePassword);
  await api.call(identityOperations.changePassword, { body: { currentPassword: oneTimePassword, newPassword: password } });
  await api.signIn(account, password);
  return api;
}

/** Makes the world through the public API, each administrator doing their own part. */
export async function makeWorld(product: Product): Promise<World> {
  const first = async (account: string): Promise<Api> => {
    const found = product.firstAccounts.find((one) => one.account === account);
    if (!found) throw new Error(`the first start made no account ${account}`);
    return firstSignIn(product, account, found.oneTimePassword);
  };
  const [admin, security, audit] = await Promise.all([first("admin"), first("security"), first("audit")]);

  const root = await admin.call(identityOperations.setUpOrganisation, {
    body: { code: "NJ", name: "南江供电公司", kind: "CITY", areaClass: "URBAN" },
  });
  const made: Record<string, number> = { city: root.unitId };
  for (const [key, code, name, kind, parent, areaClass] of units) {
    const unit = await admin.call(identityOperations.createUnit, {
      body: { code, name, kind, parentId: made[parent] ?? 0, areaClass },
    });
    made[key] = unit.unitId;
  }
  const as: Record<string, Api> = { admin, security, audit };
  const names: Record<string, string> = {};
  const staff: Record<string, number> = {};
  for (const [key, account, name, home, grants] of people) {
    const { staffId } = await admin.call(identityOperations.createStaff, {
      body: { account, name, homeUnitId: made[home] ?? 0 },
    });
    for (const [role, unit] of grants)
      await security.call(identityOperations.grantRole, { params: { staffId }, body: { role, unitId: made[unit] ?? 0 } });
    const { issued } = await security.call(identityOperations.issuePasswords, { body: { staffIds: [staffId] } });
    as[key] = await firstSignIn(product, account, issued[0]?.oneTimePassword ?? "");
    names[key] = name;
    staff[key] = staffId;
  }

  const agent = as["agent"] as Api;
  await agent.call(customerOperations.saveTransformerArea, {
    params: { regionId: root.regionId, code: "NZ3" },
    body: { name: "南庄 3 号台区", unitId: made["rural"] ?? 0, version: 0 },
  });
  const resident = await agent.call(customerOperations.createCustomer, {
    idempotencyKey: "world-resident",
    body: {
      name: "陈建国",
      customerNo: null,
      importance: "ORDINARY",
      accounts: [
        {
          accountNo: "3201004471",
          category: "RESIDENT",
          voltage: "V220",
          areaClass: "RURAL",
          transformerAreaCode: "NZ3",
          address: "南庄镇柳堤村 12 号",
          coordinates: null,
        },
      ],
      contacts: [{ name: "陈建国", phone: "13805145678", relation: "HOLDER" }],
      specialNeeds: [{ kind: "LIFE_SUPPORT", note: "家用呼吸机", validFrom: null, validTo: null }],
    },
  });
  const hospital = await agent.call(customerOperations.createCustomer, {
    idempotencyKey: "world-hospital",
    body: {
      name: "南江市第二人民医院",
      customerNo: "NJ20001",
      importance: "FIRST",
      accounts: [
        {
          accountNo: "3201900012",
          category: "HV_DUAL",
          voltage: "KV10",
          areaClass: "URBAN",
          transformerAreaCode: null,
          unitId: made["urban"] ?? 0,
          address: "城东区建设路 88 号",
          coordinates: null,
        },
      ],
      contacts: [{ name: "刘电工", phone: "13912340000", relation: "ELECTRICIAN" }],
      specialNeeds: [],
    },
  });
  return {
    units: made as World["units"],
    customers: { resident: resident.customerId, hospital: hospital.customerId },
    as: as as World["as"],
    names: names as World["names"],
    staff: staff as World["staff"],
  };
}
