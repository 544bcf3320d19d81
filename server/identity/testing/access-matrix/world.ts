// A province with one record of each kind in every position, made through the product's own requests where there are some.
import { writeFile } from "node:fs/promises";
import path from "node:path";
import { RequestMapping } from "@bihuan/core/history/mapping.ts";
import { isRefusal } from "@bihuan/core/refusal.ts";
import { importHistories } from "../../../history/import.ts";
import { ensureShippedRules } from "../../../clock/shipped.ts";
import { business } from "../../../business.ts";
import type { Platform } from "../../../platform/platform.ts";
import { instant, sql } from "../../../platform/sql.ts";
import type { TestServer } from "../../../platform/testing/server.ts";
import { prepareWorkOrders } from "../../../work-order/jobs.ts";
import type { Unit } from "@bihuan/core/identity/organisation.ts";
import { recordAccess } from "../../access-log/commands.ts";
import { currentTree } from "../../organisation/tree.ts";
import { type Caller, signedIn, testUnits } from "../people.ts";
import { type Position, positions } from "./entry.ts";

export type MatrixOrder = {
  readonly orderId: string;
  readonly phone: string /** Sequence number of its attachment. */;
  readonly seq: number;
};

export type MatrixWorld = {
  readonly platform: Platform;
  unitId(code: string): number;
  /** The unit at a position. */
  unitAt(position: Position): number;
  unitCode(position: Position): string;
  /** A person at home at the position, without roles. The same one each time. */
  staffAt(position: Position): Promise<number>;
  /** A grant of HANDLER to a person of the position, at the position; a new one each time. */
  grantAt(position: Position): Promise<{ staffId: number; grantId: number }>;
  apiKeyAt(position: Position): Promise<number>;
  /** An order taken in by and lying with the unit of the position, with an attachment. The same one each time. */
  orderAt(position: Position): Promise<MatrixOrder>;
  /** A service connection taken in by the unit of the position. */
  connectionAt(position: Position): Promise<string>;
  customerAt(position: Position): Promise<{ customerId: string; accountNo: string }>;
  areaAt(position: Position): Promise<{ regionId: number; code: string }>;
  /** The name of an import of histories whose units stand below the unit of the position. */
  importAt(position: Position): Promise<string>;
  /** An article in force, issued by the unit of the position, with a file; and one that is still a draft. */
  articleAt(position: Position): Promise<{ articleId: number; fileNo: number; draftId: number }>;
  rulebookVersion(): Promise<number>;
  /** An open draft of the whole company's calendar. */
  draft(): Promise<string>;
  /** Leaves an entry in the access log by somebody of the position. Once. */
  leaveTrace(position: Position): Promise<void>;
  accountOf(staffId: number): Promise<string>;
};

const mapping = RequestMapping.parse({
  kind: "service-requests",
  name: "matrix",
  zone: "Asia/Shanghai",
  time: "YYYY-MM-DD HH:mm",
  columns: { id: "No", unit: "Dept", opened: "Opened" },
});

/** Fills a database. `serve` opens the server once the organisation and the rules stand. */
export async function matrixWorld(
  platform: Platform,
  serve: () => Promise<TestServer>,
): Promise<{ world: MatrixWorld; server: TestServer }> {
  const units = await testUnits(platform);
  await ensureShippedRules(platform, business);
  await prepareWorkOrders(platform);
  const server = await serve();
  const unitId = (code: string): number => units[code] as number;
  const unitAt = (position: Position): number => unitId(positions[position]);
  const manager = await signedIn(
    platform,
    [
      ["MANAGER", unitId("P")],
      ["AGENT", unitId("P")],
    ],
    { account: "matrix.manager" },
  );

  const once = <Made>(make: (position: Position) => Promise<Made>) => {
    const made = new Map<Position, Promise<Made>>();
    return (position: Position): Promise<Made> => {
      const known = made.get(position) ?? make(position);
      made.set(position, known);
      return known;
    };
  };
  const newStaff = async (position: Position): Promise<number> =>
    (await signedIn(platform, [], { homeUnitId: unitAt(position) })).id;

  // Who approves has not written.
  const approver = await signedIn(platform, [["KNOWLEDGE_EDITOR", unitId("P")]], { account: "matrix.approver" });
  const administrator = await signedIn(platform, [["SYSTEM_ADMIN", unitId("P")]], { account: "matrix.administrator" });
  const send = async (by: Caller, method: "GET" | "POST" | "PUT", url: string, payload?: object): Promise<never> => {
    const headers = { ...by.headers, "idempotency-key": crypto.randomUUID() };
    const response = await server.app.inject({ method, url: `/api${url}`, headers, ...(payload ? { payload } : {}) });
    if (response.statusCode !== 200) throw new Error(`the matrix has no ${url}: ${response.body}`);
    return response.json<never>();
  };

  const world: MatrixWorld = {
    platform,
    unitId,
    unitAt,
    unitCode: (position) => positions[position],
    staffAt: once(newStaff),
    async grantAt(position) {
      const staffId = await newStaff(position);
      const at = instant(platform.time.nowMs());
      const { grantId } = await platform.db.one<{ grantId: number }>(sql`
        insert into role_grant (staff_id, role, unit_id, valid_from, granted_at)
        values (${staffId}, 'HANDLER', ${unitAt(position)}, ${at}, ${at}) returning grant_id as "grantId"`);
      return { staffId, grantId };
    },
    apiKeyAt: once(async (position) => {
      const at = platform.time.nowMs();
      const { id } = await platform.db.one<{ id: number }>(sql`
        insert into api_key (name, prefix, token_hash, unit_id, created_at, expires_at)
        values ('matrix', 'bihuan_', ${Buffer.from(crypto.randomUUID())}, ${unitAt(position)}, ${instant(at)}, ${instant(at + 86_400_000)})
        returning api_key_id as id`);
      return id;
    }),
    importAt: once(async (position) => {
      const name = `import-${position}`;
      const file = path.join(platform.config.attachmentFolder, `${name}.csv`);
      await writeFile(file, `No,Dept,Opened\n${position},窗口,2024-03-01 08:00\n`);
      const result = await importHistories(platform, { file, mapping, name, below: positions[position], dryRun: false });
      if (isRefusal(result)) throw new Error(`the matrix has no import: ${result.refused}`);
      return name;
    }),
    customerAt: once(async (position) => {
      const accountNo = `330100${String(numberOf(position)).padStart(7, "0")}`;
      const { customerId }: { customerId: string } = await send(
        manager,
        "POST",
        "/customers",
        accountOf(accountNo, unitAt(position)),
      );
      return { customerId, accountNo };
    }),
    areaAt: once(async (position) => {
      const { regionId } = (await currentTree(platform)).unit(unitAt(position)) as Unit;
      const code = `T${numberOf(position)}`;
      await send(manager, "PUT", `/transformer-areas/${regionId}/${code}`, {
        name: "台区",
        unitId: unitAt(position),
        version: 0,
      });
      return { regionId, code };
    }),
    articleAt: once(async (position) => {
      const begin = async () =>
        (await send(manager, "POST", "/knowledge/articles", {
          unitId: unitAt(position),
          kind: "QUESTION",
          draft: {
            content: { title: { zh: "停电找谁" }, answer: { zh: "拨打服务热线" }, asks: [{ zh: "在哪里" }] },
            links: [{ flow: "inquiry" }],
          },
        })) as { articleId: number };
      const { articleId } = await begin();
      const fileNo = await attach(server, manager, `/knowledge/articles/${articleId}/files`);
      const at = `/knowledge/articles/${articleId}`;
      const { revision }: { revision: number } = await send(manager, "GET", at);
      await send(manager, "POST", `${at}/submit`, { revision });
      await send(approver, "POST", `${at}/approve`, { revision: revision + 1 });
      return { articleId, fileNo, draftId: (await begin()).articleId };
    }),
    async rulebookVersion() {
      const { version }: { version: number } = await send(administrator, "GET", "/rulebooks/current");
      return version;
    },
    async draft() {
      const known = await platform.db.maybe<{ draftId: string }>(sql`
        select draft_id as "draftId" from rulebook_draft where state in ('RUNNING', 'READY') limit 1`);
      if (known) return known.draftId;
      const changes = [
        { kind: "calendar-hours", unitId: unitId("P"), hours: null, week: [true, true, true, true, true, true, false] },
      ];
      const draft = { baseVersion: await world.rulebookVersion(), changes };
      const { draftId }: { draftId: string } = await send(administrator, "POST", "/rulebook-drafts", draft);
      return draftId;
    },
    leaveTrace: once((position) => {
      const actor = { kind: "staff", id: 1, name: "x", unitId: unitAt(position), address: null } as const;
      return recordAccess(platform.db, platform.time.nowMs(), actor, { action: "EXPORTED", recordId: unitAt(position) });
    }),
    accountOf: async (staffId) =>
      (await platform.db.one<{ account: string }>(sql`select account from staff where staff_id = ${staffId}`)).account,
    orderAt: once(async (position) => {
      const phone = `1380000${String(numberOf(position)).padStart(4, "0")}`;
      const form = {
        origin: "HOTLINE_95598",
        areaClass: "URBAN",
        title: "全楼停电",
        contactName: "王小明",
        contactPhone: phone,
        address: "文三路90号",
        targetUnitId: unitAt(position),
      };
      const intake = { flow: "fault-repair", deskUnitId: unitAt(position), form };
      const { orderId }: { orderId: string } = await send(manager, "POST", "/orders", intake);
      return { orderId, phone, seq: await attach(server, manager, `/orders/${orderId}/attachments`) };
    }),
    connectionAt: once(async (position) => {
      const form = { origin: "BUSINESS_HALL", areaClass: "URBAN", title: "低压报装", contactName: "王小明" };
      const intake = { flow: "connection-low-voltage", subtype: "NEW", deskUnitId: unitAt(position), form };
      const { orderId }: { orderId: string } = await send(manager, "POST", "/orders", intake);
      return orderId;
    }),
  };
  return { world, server };
}

const numberOf = (position: Position): number => Object.keys(positions).indexOf(position) + 1;

/** A customer's file with one account of the unit. */
export const accountOf = (accountNo: string, unitId: number) => ({
  name: "王小明",
  customerNo: null,
  importance: "ORDINARY",
  accounts: [
    {
      accountNo,
      category: "RESIDENT",
      voltage: null,
      areaClass: "URBAN",
      transformerAreaCode: null,
      unitId,
      address: "文三路90号",
      coordinates: null,
    },
  ],
  contacts: [],
  specialNeeds: [],
});

/** Sends a file. Out: the number it got. */
async function attach(server: TestServer, by: Caller, url: string): Promise<number> {
  const file = multipart("照片.txt", "电表箱在楼道东侧");
  const attached = await server.app.inject({
    method: "POST",
    url: `/api${url}`,
    headers: { ...by.headers, "idempotency-key": crypto.randomUUID(), "content-type": file.type },
    payload: file.body,
  });
  const { seq, fileNo } = attached.json<{ seq?: number; fileNo?: number }>();
  const number = seq ?? fileNo;
  if (!number) throw new Error(`the matrix has no attachment: ${attached.body}`);
  return number;
}

function multipart(name: string, text: string): { type: string; body: string } {
  const boundary = "----matrix";
  const head = `Content-Disposition: form-data; name="file"; filename="${name}"\r\nContent-Type: text/plain`;
  return {
    type: `multipart/form-data; boundary=${boundary}`,
    body: `--${boundary}\r\n${head}\r\n\r\n${text}\r\n--${boundary}--\r\n`,
  };
}
