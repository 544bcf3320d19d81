import assert from "node:assert/strict";
import { test } from "node:test";
import type { z } from "zod";
import type { ApiKeyView } from "@bihuan/contract/identity-access.ts";
import { sql } from "../../platform/sql.ts";
import { identityOffice } from "../testing/office.ts";
import { type Caller, signedIn, withApiKey } from "../testing/people.ts";

type Made = { apiKey: z.output<typeof ApiKeyView>; secret: string };
const MINUTE = 60_000;
const { db, time, platform, call, id } = await identityOffice("2026-03-02T00:00:00Z");

const guard = await signedIn(platform, [["SECURITY_ADMIN", id("A")]]);
const make = (over: object = {}, by: Caller = guard) =>
  call(by, "POST", "/api-keys", {
    name: "12345 热线平台",
    unitId: id("A1"),
    grants: [{ role: "AGENT", unitId: id("A1") }],
    expiresAt: "2026-03-10T00:00:00Z",
    ...over,
  });
const keyOf = (secret: string): Caller => ({ id: 0, headers: { authorization: `Bearer ${secret}` } });
const entries = (action: string) =>
  db.rows<{ id: string }>(sql`select record_id as id from access_log where action = ${action} and record_kind = 'api-key'`);

test("a key is shown once and kept by its hash; it reaches what its roles reach, and nothing else", async () => {
  const { apiKey, secret } = (await make()).body as Made;
  assert.match(secret, /^bihuan_[\w-]{43}$/);
  assert.equal(apiKey.prefix, secret.slice(0, 13));
  const dump = JSON.stringify(await db.rows(sql`select * from api_key`));
  assert.equal(dump.includes(secret.slice(13)), false);
  const key = keyOf(secret);
  assert.equal((await call(key, "GET", "/organisation")).status, 200);
  assert.equal((await call(key, "GET", "/staff")).code, "permission.missing");
  assert.equal(
    (await call(key, "POST", "/session/password", { currentPassword: "x", newPassword: "y" })).code,
    "request.not-found",
    "a key has no password",
  );
  const shown = JSON.stringify((await call(guard, "GET", "/api-keys")).body);
  assert.equal(shown.includes(secret.slice(13)), false);
});

test("a key is for business, for a time, and within the granter's units", async () => {
  assert.equal((await make({ grants: [{ role: "SECURITY_ADMIN", unitId: id("A1") }] })).code, "identity.role-not-for-keys");
  assert.equal((await make({ grants: [{ role: "AGENT", unitId: id("B1") }] })).code, "identity.outside-scope");
  assert.equal((await make({ unitId: id("P") })).code, "identity.outside-scope");
  assert.equal((await make({ expiresAt: "2026-03-01T00:00:00Z" })).code, "identity.grant-period");
  assert.equal((await make({ expiresAt: "2036-03-01T00:00:00Z" })).code, "identity.grant-period");
  assert.equal((await make({ grants: [] })).code, "request.invalid");
  const admin = await signedIn(platform, [["SYSTEM_ADMIN", id("P")]]);
  assert.equal((await make({}, admin)).code, "permission.missing");
});

test("a revoked key is turned away at once, an expired one at its end", async () => {
  const { apiKey, secret } = (await make()).body as Made;
  assert.equal((await call(keyOf(secret), "GET", "/organisation")).status, 200);
  const elsewhere = await signedIn(platform, [["SECURITY_ADMIN", id("B")]]);
  assert.equal((await call(elsewhere, "POST", `/api-keys/${apiKey.apiKeyId}/revoke`)).code, "request.not-found");
  assert.equal(((await call(guard, "POST", `/api-keys/${apiKey.apiKeyId}/revoke`)).body as { state: string }).state, "REVOKED");
  assert.equal((await call(keyOf(secret), "GET", "/organisation")).code, "identity.api-key-invalid");
  const brief = (await make({ expiresAt: new Date(time.nowMs() + 2000).toISOString() })).body as Made;
  assert.equal((await call(keyOf(brief.secret), "GET", "/organisation")).status, 200);
  time.advanceMs(2000);
  assert.equal((await call(keyOf(brief.secret), "GET", "/organisation")).code, "identity.api-key-invalid");
  assert.ok(
    (await entries("API_KEY_REFUSED")).some((entry) => entry.id === String(brief.apiKey.apiKeyId)),
    "somebody still uses it: the log says so",
  );
});

test("made-up credentials are turned away, even beside a good cookie", async () => {
  for (const authorization of ["Bearer bihuan_made-up", "Bearer x", "Basic YTpi", "bihuan_x"])
    assert.equal(
      (await call({ id: 0, headers: { ...guard.headers, authorization } }, "GET", "/api-keys")).code,
      "identity.api-key-invalid",
      authorization,
    );
});

test("steady use leaves one entry in ten minutes and keeps the day of last use", async () => {
  const key = await withApiKey(platform, [["AGENT", id("A1")]]);
  const used = async () => (await entries("API_KEY_USED")).filter((entry) => entry.id === String(key.id)).length;
  for (let i = 0; i < 59; i++) {
    assert.equal((await call(key, "GET", "/organisation")).status, 200);
    time.advanceMs(10_000);
  }
  assert.equal(await used(), 1);
  time.advanceMs(MINUTE);
  await call(key, "GET", "/organisation");
  assert.equal(await used(), 2);
});

test("a request with a key needs no same-origin header: no browser sends a key by itself", async () => {
  const key = await withApiKey(platform, [["AGENT", id("A1")]]);
  assert.equal(
    (await call({ id: 0, headers: { ...key.headers, "sec-fetch-site": "cross-site" } }, "DELETE", "/session")).status,
    204,
  );
  const cookie = await call({ id: 0, headers: { ...guard.headers, "sec-fetch-site": "cross-site" } }, "DELETE", "/session");
  assert.equal(cookie.code, "request.cross-site");
});
