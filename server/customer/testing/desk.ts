// A small province with customers and people who work on their files, for the tests of what stands on a file.
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { after } from "node:test";
import { customerCareOperations } from "@bihuan/contract/customer-care.ts";
import { customerFileOperations } from "@bihuan/contract/customer-file.ts";
import { customerTableOperations } from "@bihuan/contract/customer-table.ts";
import { customerOperations } from "@bihuan/contract/customer.ts";
import { authenticator } from "../../identity/authenticator.ts";
import { type Caller, signedIn, testUnits } from "../../identity/testing/people.ts";
import { sql } from "../../platform/sql.ts";
import { testDatabase } from "../../platform/testing/database.ts";
import { testPlatform, testServer } from "../../platform/testing/server.ts";
import { manualTime } from "../../platform/time.ts";
import { slice } from "../../routes.ts";
import { customerCareRoutes } from "../care/routes.ts";
import { customerFileRoutes } from "../file/routes.ts";
import { customerRoutes } from "../routes.ts";
import { customerTableRoutes } from "../table/routes.ts";

export const ORDER = "1012026030200000001";

export type Answer<Body> = {
  readonly status: number;
  readonly code: string | null;
  readonly body: Body;
  readonly text: string;
  readonly bytes: Buffer;
};

/** Opens the desk. Call it at the top level: what it opened goes with the test file. An order of the number ORDER names everybody. */
export async function customerDesk() {
  const folder = await mkdtemp(path.join(tmpdir(), "bihuan-file-"));
  const time = manualTime("2026-03-02T01:00:00Z");
  const platform = testPlatform(await testDatabase(), time, {
    BIHUAN_ATTACHMENTS: folder,
    BIHUAN_PUBLIC_URL: "https://fw.example.cn",
  });
  const { db } = platform;
  const units = await testUnits(platform);
  const server = await testServer({
    platform,
    slices: [
      slice(customerOperations, customerRoutes),
      slice(customerFileOperations, customerFileRoutes({ orderNames: async (_, orderId) => orderId === ORDER })),
      slice(customerCareOperations, customerCareRoutes),
      slice(customerTableOperations, customerTableRoutes),
    ],
    access: authenticator(platform),
  });
  after(async () => {
    await server.close();
    await rm(folder, { recursive: true, force: true });
  });
  const unit = (code: string) => units[code] as number;

  async function call<Body = { code: string }>(
    caller: Caller,
    method: "GET" | "POST" | "PUT" | "DELETE",
    url: string,
    payload?: object,
    key: string = crypto.randomUUID(),
  ): Promise<Answer<Body>> {
    const response = await server.app.inject({
      method,
      url: `/api${url}`,
      headers: { ...caller.headers, ...(method === "POST" && { "idempotency-key": key }) },
      ...(payload && { payload }),
    });
    const json = response.headers["content-type"]?.toString().includes("json") ? response.json<Body & { code?: string }>() : null;
    return {
      status: response.statusCode,
      code: json?.code ?? null,
      body: json as Body,
      text: response.body,
      bytes: response.rawPayload,
    };
  }

  /** Sends one file as a browser does. */
  async function send<Body = { code: string }>(
    caller: Caller,
    url: string,
    name: string,
    content: Buffer | string,
  ): Promise<Answer<Body>> {
    const boundary = "----bihuan-test";
    const payload = Buffer.concat([
      Buffer.from(`--${boundary}\r\ncontent-disposition: form-data; name="file"; filename="${name}"\r\n\r\n`),
      Buffer.from(content),
      Buffer.from(`\r\n--${boundary}--\r\n`),
    ]);
    const headers = { ...caller.headers, "content-type": `multipart/form-data; boundary=${boundary}` };
    const response = await server.app.inject({ method: "POST", url: `/api${url}`, headers, payload });
    const body = response.json<Body & { code?: string }>();
    return { status: response.statusCode, code: body.code ?? null, body, text: response.body, bytes: response.rawPayload };
  }

  const people = {
    agent: await signedIn(platform, [["AGENT", unit("P")]], { account: "agent", name: "坐席一" }),
    handler: await signedIn(platform, [["HANDLER", unit("A11")]], { account: "handler", name: "周敏" }),
    manager: await signedIn(platform, [["MANAGER", unit("A")]], { account: "manager", name: "主管一" }),
    stationManager: await signedIn(platform, [["MANAGER", unit("A11")]], { account: "station", name: "所长" }),
    cityB: await signedIn(platform, [["MANAGER", unit("B")]], { account: "cityb", name: "外地主管" }),
    analyst: await signedIn(platform, [["ANALYST", unit("A")]], { account: "analyst", name: "分析员" }),
  };

  let next = 0;
  /** Opens a file with one account of a unit. */
  async function open(unitCode: string, more: object = {}): Promise<string> {
    next += 1;
    const draft = {
      name: "王小明",
      customerNo: null,
      importance: "ORDINARY",
      accounts: [
        {
          accountNo: `43010200${String(next).padStart(5, "0")}`,
          category: "RESIDENT",
          voltage: "V220",
          areaClass: "URBAN",
          transformerAreaCode: null,
          unitId: unit(unitCode),
          address: "长沙市岳麓区滨河路12号3栋501室",
          coordinates: null,
        },
      ],
      contacts: [{ name: null, phone: "13800138000", relation: "HOLDER" }],
      specialNeeds: [],
      ...more,
    };
    const answer = await call<{ customerId: string }>(people.agent, "POST", "/customers", draft);
    if (answer.status !== 200) throw new Error(answer.text);
    return answer.body.customerId;
  }

  /** What the access log says of a customer, oldest first: the action, the part, the reason, the facts. */
  const logged = (customerId: string) =>
    db.rows<{ action: string; field: string | null; reason: string | null; facts: object }>(sql`
      select action, field, reason, facts from access_log
      where record_kind = 'customer' and record_id = ${customerId} order by access_id`);

  return { platform, db, time, units, unit, call, send, people, open, logged };
}
