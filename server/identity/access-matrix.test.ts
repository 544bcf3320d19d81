// Who may do what, and where: every operation the server has × every role × a record of one's own unit, below it, beside it,
// above it and in another region. An operation that was mounted without an entry in the tables fails here.
import assert from "node:assert/strict";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { after, describe, test } from "node:test";
import type { Operation } from "@bihuan/contract/operation.ts";
import { type Role, roles } from "@bihuan/core/identity/roles.ts";
import { sql } from "../platform/sql.ts";
import { testDatabase } from "../platform/testing/database.ts";
import { testPlatform, testServer } from "../platform/testing/server.ts";
import { manualTime } from "../platform/time.ts";
import { access, slices } from "../routes.ts";
import { hashPassword } from "./sign-in/passwords.ts";
import { setPassword } from "./sign-in/commands.ts";
import { business, type MatrixEntry, type Position, positions, within } from "./testing/access-matrix/entry.ts";
import { matrix } from "./testing/access-matrix/matrix.ts";
import { matrixWorld } from "./testing/access-matrix/world.ts";
import { type Caller, signedIn, withApiKey } from "./testing/people.ts";

const folder = await mkdtemp(path.join(tmpdir(), "bihuan-matrix-"));
const db = await testDatabase();
const platform = testPlatform(db, manualTime("2026-03-20T02:00:00Z"), { BIHUAN_ATTACHMENTS: folder });
const door = access(platform);
const { world, server } = await matrixWorld(platform, () => testServer({ platform, slices, access: door }));
after(async () => {
  await server.close();
  await rm(folder, { recursive: true, force: true });
});

const mounted: (readonly [string, Operation])[] = slices.flatMap(({ operations }) => Object.entries(operations));
const everyPosition = Object.keys(positions) as Position[];
const home = world.unitAt("own");

type Answer = { status: number; code: string | null; body: never };

/** Sends an entry's request by a caller, about a record at the position. */
async function ask(
  name: string,
  operation: Operation,
  entry: MatrixEntry,
  position: Position,
  caller: Caller | null,
): Promise<Answer & { shown: boolean | null }> {
  const request = await entry.request(world, position, caller ?? { id: 0, headers: {} });
  const response = await server.app.inject({
    method: operation.method,
    url: `/api${request.path}`,
    headers: { ...caller?.headers, ...(operation.idempotent ? { "idempotency-key": crypto.randomUUID() } : {}) },
    ...(request.body ? { payload: request.body } : {}),
  });
  const json = response.headers["content-type"]?.includes("json") ?? false;
  const body = (json ? response.json() : { text: response.body }) as never;
  const code = response.statusCode >= 400 ? ((body as { code?: string }).code ?? null) : null;
  assert.ok(response.statusCode < 500, `${name}: ${response.body}`);
  return { status: response.statusCode, code, body, shown: code === null && request.shows ? request.shows(body) : null };
}

/** What an answer means: let in, kept out of this record, or of the operation altogether. */
function meaning(entry: MatrixEntry, answer: Answer & { shown: boolean | null }): string {
  if (answer.code === "permission.missing" || answer.code === "session.required") return "refused";
  if (answer.shown !== null) return answer.shown ? "in" : "out";
  // `out` is asked first: where both readings share a code, being let in would prove nothing.
  if (answer.code !== null && entry.outside?.includes(answer.code)) return "out";
  if (answer.code === null || entry.inside?.includes(answer.code)) return "in";
  return `${answer.status} ${answer.code}`;
}

const mayAt = ({ reach }: MatrixEntry, position: Position): boolean =>
  reach === "everywhere" || (reach !== "root" && within.has(position)) || (reach === "line" && position === "parent");

function expected(entry: MatrixEntry, role: Role | null, position: Position): "in" | "out" | "refused" {
  if (entry.by === "public" || entry.by === "signed-in") return "in";
  if (role !== null && entry.findsNothing?.includes(role)) return "out";
  if (role === null || !entry.by.includes(role)) return "refused";
  if (mayAt(entry, position)) return "in";
  // Some handlers answer for a unit what the door answers for a role.
  return entry.outside?.includes("permission.missing") ? "refused" : "out";
}

/** Asks for every position; for one only where the record cannot matter, because the door is closed already or open to all. */
async function check(
  name: string,
  operation: Operation,
  who: string,
  expectation: (entry: MatrixEntry, position: Position) => string,
  callerFor: () => Promise<Caller | null>,
): Promise<void> {
  const entry = matrix[name] as MatrixEntry;
  const closed = everyPosition.every((position) => expectation(entry, position) === "refused");
  const asked = entry.reach === "everywhere" || closed ? everyPosition.slice(0, 1) : everyPosition;
  for (const position of asked) {
    const caller = await callerFor();
    const answer = await ask(name, operation, entry, position, caller);
    assert.equal(meaning(entry, answer), expectation(entry, position), `${who}, ${name}, a record of the ${position} unit`);
  }
}

test("every operation has its line in the tables, and no line stands for nothing", () => {
  assert.deepEqual(Object.keys(matrix).toSorted(), mounted.map(([name]) => name).toSorted());
});

const known = mounted.filter(([name]) => name in matrix);

describe("each role", () => {
  for (const role of roles)
    test(`${role} at A1`, async () => {
      const caller = await signedIn(platform, [[role, home]]);
      for (const [name, operation] of known)
        await check(
          name,
          operation,
          role,
          (entry, position) => expected(entry, role, position),
          async () => (matrix[name]?.spendsCaller ? signedIn(platform, [[role, home]]) : caller),
        );
    });

  test("an integration's key reaches what its role reaches and has no session of its own", async () => {
    const ownSession = new Set(["currentSession", "changePassword", "revokeOwnSession"]);
    for (const role of ["AGENT", "MANAGER", "ANALYST"] as const) {
      const caller = await withApiKey(platform, [[role, home]]);
      for (const [name, operation] of known.filter(([each]) => !ownSession.has(each)))
        await check(
          name,
          operation,
          `key of ${role}`,
          (entry, position) => expected(entry, role, position),
          async () => caller,
        );
    }
  });

  test("at the root a role reaches everything that is to be reached", async () => {
    for (const role of roles) {
      const caller = await signedIn(platform, [[role, world.unitId("P")]]);
      for (const [name, operation] of known) {
        const entry = matrix[name] as MatrixEntry;
        if (entry.spendsCaller || entry.by === "public" || entry.by === "signed-in" || !entry.by.includes(role)) continue;
        await check(
          name,
          operation,
          `${role} at the root`,
          (_, position) => (entry.regional && position === "foreign" ? "out" : "in"),
          async () => caller,
        );
      }
    }
  });
});

describe("without a role", () => {
  test("a person without roles does only what everybody signed in may", async () => {
    const caller = await signedIn(platform, [], { homeUnitId: home });
    for (const [name, operation] of known)
      await check(
        name,
        operation,
        "nobody's role",
        (entry, position) => expected(entry, null, position),
        async () => (matrix[name]?.spendsCaller ? signedIn(platform, [], { homeUnitId: home }) : caller),
      );
  });

  test("who is not signed in is asked to sign in, whatever the operation", async () => {
    for (const [name, operation] of known)
      await check(
        name,
        operation,
        "a stranger",
        (entry) => (entry.by === "public" ? "in" : "refused"),
        async () => null,
      );
  });

  test("who holds a one-time password may do nothing but change it", async () => {
    const hash = await hashPassword("k7mp-x2dn-9qvt");
    const allowed = new Set(["currentSession", "changePassword", "signOut"]);
    for (const [name, operation] of known) {
      const entry = matrix[name] as MatrixEntry;
      if (entry.by === "public" || allowed.has(name)) continue;
      const caller = await signedIn(platform, [["MANAGER", home]]);
      await db.transaction((tx) => setPassword(tx, caller.id, hash, platform.time.nowMs(), platform.time.nowMs() + 1000));
      assert.equal((await ask(name, operation, entry, "own", caller)).code, "identity.password-change-required", name);
    }
  });
});

test("live events are heard by those who may read what they tell of, and by nobody else", async () => {
  for (const role of roles) {
    const caller = await signedIn(platform, [[role, home]]);
    const session = await door.authenticate(
      { headers: caller.headers, cookies: { bihuan: caller.headers["cookie"]?.split("=")[1] } } as never,
      mounted[1]?.[1] as Operation,
    );
    assert.ok(session && "scope" in session);
    const hears = await door.audience(session);
    for (const position of everyPosition) {
      const heard = hears({ type: "order.changed", id: "1", units: [world.unitAt(position)] });
      assert.equal(heard, (business as readonly Role[]).includes(role) && within.has(position), `${role}, ${position}`);
    }
    assert.equal(hears({ type: "organisation.changed" }), true);
    assert.equal(hears({ type: "staff.noticed", staffId: caller.id }), true);
    assert.equal(hears({ type: "staff.noticed", staffId: caller.id + 100_000 }), false);
    assert.equal(hears({ type: "identity.changed" }), false);
  }
});

test("nobody was let in without a trace where a trace is owed", async () => {
  const rows = await db.rows<{ action: string }>(sql`select distinct action from access_log order by 1`);
  const actions = rows.map((row) => row.action);
  for (const action of [
    "ATTACHMENT_DOWNLOADED",
    "EXPORTED",
    "PERSONAL_DATA_UNMASKED",
    "PASSWORD_ISSUED",
    "ROLE_WITHDRAWN",
    "API_KEY_REVOKED",
    "ACCESS_LOG_READ",
  ])
    assert.ok(actions.includes(action), action);
});
