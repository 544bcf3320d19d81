import assert from "node:assert/strict";
import { beforeEach, test } from "node:test";
import { sql } from "../../platform/sql.ts";
import { testPlatform } from "../../platform/testing/server.ts";
import { authenticator } from "../authenticator.ts";
import { commandLine } from "../editor.ts";
import { forgetSessions } from "../memory.ts";
import { issuePasswords } from "../staff/entry.ts";
import { identityServer } from "../testing/http.ts";
import { identityOffice } from "../testing/office.ts";
import { signedIn } from "../testing/people.ts";
import { hashPassword } from "./passwords.ts";
import { setPassword } from "./commands.ts";

const MONDAY = "2026-03-02T00:00:00Z";
const MINUTE = 60_000;
const HOUR = 60 * MINUTE;

const { db, time, platform, server, id } = await identityOffice(MONDAY);

const OWN = "Kestrel-4718";
const hash = await hashPassword(OWN);
let account = "";
let staffId = 0;
/** Each test has a person of its own and, since addresses lock too, an address of its own. */
let address = "";
let people = 0;
beforeEach(async () => {
  account = `wang.fang${++people}`;
  address = `10.0.0.${people}`;
  staffId = (await signedIn(platform, [["HANDLER", id("A1")]], { account, name: "王芳" })).id;
  await db.transaction((tx) => setPassword(tx, staffId, hash, time.nowMs(), null));
});

const request = async (
  method: "GET" | "POST" | "DELETE",
  url: string,
  options: { cookie?: string; body?: object; address?: string } = {},
) => {
  const response = await server.app.inject({
    method,
    url: `/api${url}`,
    remoteAddress: options.address ?? address,
    headers: { "sec-fetch-site": "same-origin", "user-agent": "Firefox", ...(options.cookie ? { cookie: options.cookie } : {}) },
    ...(options.body ? { payload: options.body } : {}),
  });
  const set = response.cookies[0];
  return {
    status: response.statusCode,
    code: response.statusCode >= 400 ? response.json<{ code: string }>().code : null,
    json: (response.body === "" ? null : response.json()) as never,
    headers: response.headers,
    setCookie: response.headers["set-cookie"],
    cookie: set ? `${set.name}=${set.value}` : "",
  };
};
const signIn = (password = OWN, as = account, from = address) =>
  request("POST", "/session", { body: { account: as, password }, address: from });
const entries = (id = staffId) =>
  db.rows<{ action: string }>(
    sql`select action from access_log where principal_kind = 'staff' and principal_id = ${id} order by access_id`,
  );

test("the right password opens a session, carried by a cookie no script can read, known here by its hash only", async () => {
  const entered = await signIn(OWN, ` ${account.toUpperCase()} `);
  assert.equal(entered.status, 200);
  const body: {
    account: string;
    permissions: { permission: string; nodes: number[] }[];
    mustChangePassword: boolean;
  } = entered.json;
  assert.equal(body.account, account);
  assert.equal(body.mustChangePassword, false);
  assert.deepEqual(body.permissions.find((each) => each.permission === "order.act")?.nodes, [id("A1")]);
  assert.match(String(entered.setCookie), /; Path=\/; HttpOnly; SameSite=Lax$/);
  const token = entered.cookie.split("=")[1] as string;
  const { count } = await db.one<{ count: number }>(
    sql`select count(*)::int as count from session where encode(token_hash, 'escape') like ${`%${token}%`}`,
  );
  assert.equal(count, 0);
  assert.equal((await request("GET", "/session", { cookie: entered.cookie })).status, 200);
  assert.deepEqual((await entries()).at(-1), { action: "SIGN_IN" });
});

test("over TLS the cookie is bound to this host and to TLS", async () => {
  const tls = testPlatform(db, time, { BIHUAN_PUBLIC_URL: "https://bihuan.example" });
  const secure = await identityServer(tls);
  const response = await secure.app.inject({
    method: "POST",
    url: "/api/session",
    payload: { account, password: OWN },
    remoteAddress: address,
  });
  assert.match(String(response.headers["set-cookie"]), /^__Host-bihuan=[\w-]{43}; Path=\/; HttpOnly; Secure; SameSite=Lax$/);
  await secure.close();
});

test("without a session nothing but signing in is answered", async () => {
  assert.equal((await request("GET", "/session")).code, "session.required");
  assert.equal((await request("GET", "/organisation", { cookie: "bihuan=made-up" })).code, "identity.session-ended");
  assert.equal((await request("GET", "/organisation", { cookie: "bihuan=" })).code, "session.required");
});

test("a wrong password, an unknown account, an inactive and a passwordless one are told apart by nobody", async () => {
  const passwordless = await signedIn(platform, [["HANDLER", id("A1")]], { account: `none${people}` });
  const inactive = await signedIn(platform, [["HANDLER", id("A1")]], { account: `gone${people}` });
  await db.transaction((tx) => setPassword(tx, inactive.id, hash, time.nowMs(), null));
  await db.run(sql`update staff set active = false where staff_id = ${inactive.id}`);
  const answers = [
    await signIn("Wrong-4718x"),
    await signIn(OWN, "nobody"),
    await signIn(OWN, `none${people}`),
    await signIn(OWN, `gone${people}`),
  ];
  for (const answer of answers) assert.equal(answer.code, "identity.sign-in-failed");
  assert.equal(passwordless.id > 0, true);
  const strangers = await db.rows<{ name: string }>(
    sql`select principal_name as name from access_log where principal_kind = 'unknown' and address = ${address}`,
  );
  assert.deepEqual(strangers, [{ name: "no***" }], "what was typed may be a password: only its beginning is kept");
});

test("the fifth failure locks the account for a minute, the next for two; the right password does not help meanwhile", async () => {
  for (let i = 0; i < 5; i++) assert.equal((await signIn("Wrong-4718x")).code, "identity.sign-in-failed");
  const locked = await signIn();
  assert.equal(locked.code, "identity.locked");
  assert.equal(locked.headers["retry-after"], "60");
  assert.equal((await signIn(OWN, account, "10.9.9.9")).code, "identity.locked", "from any address");
  time.advanceMs(MINUTE);
  assert.equal((await signIn("Wrong-4718x")).code, "identity.sign-in-failed");
  assert.equal((await signIn()).headers["retry-after"], "120");
  time.advanceMs(2 * MINUTE);
  assert.equal((await signIn()).status, 200);
  for (let i = 0; i < 4; i++) await signIn("Wrong-4718x");
  assert.equal((await signIn()).status, 200, "a success forgives the failures before it");
  assert.deepEqual((await entries()).filter((each) => each.action === "SIGN_IN_LOCKED").length, 2);
});

test("fifty guesses sent at once are five guesses", async () => {
  const answers = await Promise.all(
    Array.from({ length: 50 }, (_, index) => signIn("Wrong-4718x", account, `10.1.${people}.${index}`)),
  );
  assert.equal(answers.filter((answer) => answer.code === "identity.sign-in-failed").length, 5);
  assert.equal(answers.filter((answer) => answer.code === "identity.locked").length, 45);
});

test("an address that tries account after account is locked too; others are not", async () => {
  for (let i = 0; i < 30; i++) assert.equal((await signIn(OWN, `guess${i}`)).code, "identity.sign-in-failed", String(i));
  assert.equal((await signIn()).code, "identity.locked");
  assert.equal((await signIn(OWN, account, "10.7.7.7")).status, 200);
  const guard = await signedIn(platform, [["SECURITY_ADMIN", id("P")]]);
  const list = await server.app.inject({ url: "/api/locked-addresses", headers: guard.headers });
  assert.ok(list.json<{ addresses: { address: string }[] }>().addresses.some((each) => each.address === address));
  const unlocked = await server.app.inject({
    method: "POST",
    url: "/api/locked-addresses/unlock",
    headers: guard.headers,
    payload: { address },
  });
  assert.equal(unlocked.statusCode, 204);
  assert.equal((await signIn()).status, 200);
});

test("many colleagues behind one address do not lock each other out by signing in", async () => {
  for (let i = 0; i < 40; i++) assert.equal((await signIn()).status, 200);
});

test("a security administrator unlocks an account", async () => {
  for (let i = 0; i < 5; i++) await signIn("Wrong-4718x");
  const guard = await signedIn(platform, [["SECURITY_ADMIN", id("A")]]);
  const elsewhere = await signedIn(platform, [["SECURITY_ADMIN", id("B")]]);
  const unlock = (headers: Readonly<Record<string, string>>) =>
    server.app.inject({ method: "POST", url: `/api/staff/${staffId}/unlock`, headers });
  assert.equal((await unlock(elsewhere.headers)).statusCode, 404);
  assert.equal((await signIn()).code, "identity.locked");
  assert.equal((await unlock(guard.headers)).statusCode, 204);
  assert.equal((await signIn()).status, 200);
});

test("a one-time password is good for one thing only: choosing one's own", async () => {
  const [issued] = (await issuePasswords(platform, commandLine, [staffId])) as { oneTimePassword: string }[];
  assert.equal((await signIn()).code, "identity.sign-in-failed", "the old password is gone");
  const entered = await signIn(issued?.oneTimePassword);
  const { cookie } = entered;
  assert.equal((entered.json as { passwordChangeReason: string }).passwordChangeReason, "ONE_TIME");
  assert.equal((await request("GET", "/organisation", { cookie })).code, "identity.password-change-required");
  assert.equal((await request("GET", "/session", { cookie })).status, 200);
  const change = (currentPassword: string, newPassword: string, as = cookie) =>
    request("POST", "/session/password", { cookie: as, body: { currentPassword, newPassword } });
  const first = issued?.oneTimePassword ?? "";
  assert.equal((await change("Wrong-4718x", "Heron-5829")).code, "identity.password-wrong");
  assert.equal((await change(first, "short")).code, "identity.password-too-short");
  assert.equal((await change(first, `${account}-X1`)).code, "identity.password-common");
  assert.equal((await change(first, OWN)).code, "identity.password-reused");
  const changed = await change(first, "Heron-5829!");
  assert.equal(changed.status, 200);
  assert.equal((changed.json as { mustChangePassword: boolean }).mustChangePassword, false);
  assert.equal(
    (await request("GET", "/session", { cookie })).code,
    "identity.session-ended",
    "the old session went with the old password",
  );
  assert.equal((await request("GET", "/organisation", { cookie: changed.cookie })).status, 200);
});

test("a one-time password ends after seven days", async () => {
  const [issued] = (await issuePasswords(platform, commandLine, [staffId])) as { oneTimePassword: string }[];
  time.advanceMs(7 * 24 * HOUR);
  assert.equal((await signIn(issued?.oneTimePassword)).code, "identity.one-time-password-expired");
});

test("guessing the current password while changing it locks as well", async () => {
  const { cookie } = await signIn();
  const guess = () =>
    request("POST", "/session/password", { cookie, body: { currentPassword: "Wrong-4718x", newPassword: "Heron-5829!" } });
  for (let i = 0; i < 5; i++) assert.equal((await guess()).code, "identity.password-wrong");
  assert.equal((await guess()).code, "identity.locked");
});

test("where passwords expire, an old one has to be changed and lets nobody work", async () => {
  const strict = testPlatform(db, time, { BIHUAN_PASSWORD_MAX_DAYS: "90" });
  const own = await identityServer(strict);
  time.advanceMs(90 * 24 * HOUR);
  const entered = await own.app.inject({
    method: "POST",
    url: "/api/session",
    payload: { account, password: OWN },
    remoteAddress: address,
  });
  assert.equal(entered.json<{ passwordChangeReason: string }>().passwordChangeReason, "EXPIRED");
  const cookie = `bihuan=${entered.cookies[0]?.value}`;
  const refused = await own.app.inject({ url: "/api/organisation", headers: { cookie } });
  assert.equal(refused.json<{ code: string }>().code, "identity.password-change-required");
  await own.close();
});

test("a session ends after two idle hours, and after fourteen hours whatever happens", async () => {
  const { cookie } = await signIn();
  for (let i = 0; i < 6; i++) {
    time.advanceMs(2 * HOUR - 1);
    assert.equal((await request("GET", "/session", { cookie })).status, 200, `${i + 1} × 2 h`);
  }
  time.advanceMs(2 * HOUR + 6);
  assert.equal((await request("GET", "/session", { cookie })).code, "identity.session-ended", "fourteen hours");
  const idle = await signIn();
  time.advanceMs(2 * HOUR);
  assert.equal((await request("GET", "/session", { cookie: idle.cookie })).code, "identity.session-ended");
});

test("signing out ends this session and no other", async () => {
  const here = await signIn();
  const there = await signIn();
  const out = await request("DELETE", "/session", { cookie: here.cookie });
  assert.equal(out.status, 204);
  assert.match(String(out.setCookie), /^bihuan=;.*Expires=Thu, 01 Jan 1970/);
  assert.equal((await request("GET", "/session", { cookie: here.cookie })).code, "identity.session-ended");
  assert.equal((await request("GET", "/session", { cookie: there.cookie })).status, 200);
});

test("one sees one's own sessions and ends any of them", async () => {
  const here = await signIn();
  const there = await signIn(OWN, account, "10.6.6.6");
  const {
    sessions: list,
  }: {
    sessions: { sessionId: number; address: string; current: boolean }[];
  } = (await request("GET", "/session/all", { cookie: here.cookie })).json;
  assert.deepEqual(
    list.slice(0, 2).map((each) => [each.address, each.current]),
    [
      ["10.6.6.6", false],
      [address, true],
    ],
  );
  assert.equal((await request("DELETE", `/session/all/${list[0]?.sessionId}`, { cookie: here.cookie })).status, 204);
  assert.equal((await request("GET", "/session", { cookie: there.cookie })).code, "identity.session-ended");
  const stranger = await signedIn(platform, [["HANDLER", id("A1")]]);
  const foreign = await server.app.inject({
    method: "DELETE",
    url: `/api/session/all/${list[1]?.sessionId}`,
    headers: stranger.headers,
  });
  assert.equal(foreign.statusCode, 404, "nobody ends another's session this way");
});

test("a security administrator revokes a person's sessions at once", async () => {
  const { cookie } = await signIn();
  const guard = await signedIn(platform, [["SECURITY_ADMIN", id("A")]]);
  assert.equal((await request("GET", "/session", { cookie })).status, 200);
  const revoked = await server.app.inject({ method: "DELETE", url: `/api/staff/${staffId}/sessions`, headers: guard.headers });
  assert.ok(revoked.json<{ revoked: number }>().revoked >= 1);
  assert.equal((await request("GET", "/session", { cookie })).code, "identity.session-ended");
});

test("what a process remembers about a caller is forgotten by notification, and after ten seconds in any case", async () => {
  const { cookie } = await signIn();
  const ask = async () => (await request("GET", "/organisation", { cookie })).status;
  assert.equal(await ask(), 200);
  await db.run(sql`update session set revoked_at = now() where staff_id = ${staffId}`);
  assert.equal(await ask(), 200, "another process revoked it; this one has not heard yet");
  time.advanceMs(10_000);
  assert.equal(await ask(), 401);
  const again = await signIn();
  assert.equal((await request("GET", "/organisation", { cookie: again.cookie })).status, 200);
  await db.run(sql`update session set revoked_at = now() where staff_id = ${staffId}`);
  authenticator(platform).heard?.({ type: "session.changed", id: "s1" });
  assert.equal((await request("GET", "/organisation", { cookie: again.cookie })).status, 401);
  forgetSessions(db);
});

test("a grant counts from its beginning to its end, to the second", async () => {
  const nowMs = time.nowMs();
  const at = (seconds: number) => new Date(nowMs + seconds * 1000).toISOString();
  await db.run(sql`update role_grant set valid_from = ${at(5)}, valid_to = ${at(8)} where staff_id = ${staffId}`);
  const { cookie } = await signIn();
  const seen: number[] = [];
  for (let second = 0; second <= 9; second++) {
    seen.push((await request("GET", "/organisation", { cookie })).status);
    time.advanceMs(1000);
  }
  assert.deepEqual(seen, [403, 403, 403, 403, 403, 200, 200, 200, 403, 403]);
});

test("a password hashed with weaker parameters is hashed anew when its owner signs in", async () => {
  const { argon2Sync } = await import("node:crypto");
  const salt = Buffer.alloc(16, 7);
  const weak = argon2Sync("argon2id", {
    message: Buffer.from(OWN),
    nonce: salt,
    memory: 1024,
    passes: 1,
    parallelism: 1,
    tagLength: 32,
  });
  await db.transaction((tx) =>
    setPassword(tx, staffId, { memoryKib: 1024, passes: 1, parallelism: 1, salt, hash: weak }, time.nowMs(), null),
  );
  assert.equal((await signIn()).status, 200);
  const { memory } = await db.one<{ memory: number }>(
    sql`select memory_kib as memory from password where staff_id = ${staffId} order by password_id desc limit 1`,
  );
  assert.equal(memory, 19_456);
  assert.equal((await signIn()).status, 200);
});
