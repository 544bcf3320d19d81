import assert from "node:assert/strict";
import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { request as httpsRequest } from "node:https";
import { tmpdir } from "node:os";
import path from "node:path";
import { test } from "node:test";
import { gunzipSync, gzipSync } from "node:zlib";
import { signedIn, testUnits } from "./identity/testing/people.ts";
import { createApp } from "./platform/http/app.ts";
import { serveWeb } from "./platform/http/static.ts";
import { openDatabase } from "./platform/database.ts";
import type { Platform } from "./platform/platform.ts";
import { raw, sql } from "./platform/sql.ts";
import { testDatabase } from "./platform/testing/database.ts";
import { testPlatform } from "./platform/testing/server.ts";
import { until } from "./platform/testing/until.ts";
import { manualTime } from "./platform/time.ts";
import { startServer } from "./start.ts";

const folder = await mkdtemp(path.join(tmpdir(), "bihuan-start-"));
test.after(() => rm(folder, { recursive: true, force: true }));
const db = await testDatabase();
const time = manualTime("2026-03-20T02:00:00Z");
const withEnvironment = (environment: Record<string, string> = {}): Platform =>
  testPlatform(db, time, { PORT: "0", ...environment });
const units = await testUnits(withEnvironment());
const agent = await signedIn(withEnvironment(), [["AGENT", units["A1"] ?? 0]]);

const intake = (address: string, key: string) =>
  fetch(`${address}/api/orders`, {
    method: "POST",
    headers: { ...agent.headers, "idempotency-key": key, "content-type": "application/json" },
    body: JSON.stringify({
      flow: "fault-repair",
      deskUnitId: units["A1"],
      form: {
        origin: "HOTLINE_95598",
        areaClass: "URBAN",
        title: "停电",
        contactName: "王小明",
        contactPhone: "13812345678",
        targetUnitId: units["A11"],
      },
    }),
  });
const problem = async (response: Response) => ((await response.json()) as { code: string }).code;

test("a database that goes away is said so, and work goes on when it is back", async () => {
  const server = await startServer(withEnvironment());
  const { name } = await db.one<{ name: string }>(sql`select current_database() as name`);
  assert.equal((await fetch(`${server.address}/readyz`)).status, 200);
  assert.equal((await intake(server.address, "before")).status, 200);

  // Out of reach for everybody but the one who will let them in again.
  const admin = openDatabase(db.url.replace(/[^/]+$/, "postgres"), { poolSize: 1 });
  await admin.run(sql`alter database ${raw(name)} allow_connections false`);
  await admin.rows(sql`select pg_terminate_backend(pid) from pg_stat_activity where datname = ${name}`);
  const refused = await intake(server.address, "during");
  assert.equal(refused.status, 503);
  assert.ok(Number(refused.headers.get("retry-after")) > 0);
  assert.equal(await problem(refused), "server.unavailable");
  assert.equal((await fetch(`${server.address}/readyz`)).status, 503);
  assert.equal((await fetch(`${server.address}/healthz`)).status, 200);

  await admin.run(sql`alter database ${raw(name)} allow_connections true`);
  await admin.close();
  await until(async () => (await fetch(`${server.address}/readyz`)).status === 200);
  assert.equal((await intake(server.address, "during")).status, 200);
  await server.stop();
  const { orders } = await db.one<{ orders: number }>(sql`select count(*)::int as orders from work_order`);
  assert.equal(orders, 2);
});

test("stopping finishes what was taken in and takes nothing more in", async () => {
  const server = await startServer(withEnvironment());
  const stream = await fetch(`${server.address}/api/live`, { headers: agent.headers });
  assert.equal(stream.status, 200);
  const client = await db.connect();
  await client.query("begin; lock table work_order in exclusive mode");
  const answered = intake(server.address, "in hand");
  await until(
    async () =>
      (
        await db.one<{ waiting: boolean }>(
          sql`select count(*) > 0 as waiting from pg_locks where not granted and database = (select oid from pg_database where datname = current_database())`,
        )
      ).waiting,
  );
  const stopped = server.stop();
  const closed = (asked: Promise<Response>) =>
    asked.then(
      ({ status }) => status === 503,
      () => true,
    );
  await until(() => closed(fetch(`${server.address}/healthz`)));
  assert.ok(await closed(intake(server.address, "too late")));
  await client.query("commit");
  await client.end();
  assert.equal((await answered).status, 200);
  await stopped;
  for await (const _ of stream.body ?? []) void _; // the stream ended too, or this would wait for ever
  const { late } = await db.one<{ late: number }>(
    sql`select count(*)::int as late from command_receipt where key like '%too late'`,
  );
  assert.equal(late, 0);
});

test("two variables make it TLS", async () => {
  const certificates = path.join(import.meta.dirname, "platform/testing/tls");
  const server = await startServer(
    withEnvironment({ BIHUAN_TLS_CERT: path.join(certificates, "cert.pem"), BIHUAN_TLS_KEY: path.join(certificates, "key.pem") }),
  );
  assert.match(server.address, /^https:\/\//);
  const headers = await new Promise<NodeJS.Dict<string | string[]>>((resolve, reject) => {
    httpsRequest(`${server.address}/healthz`, { rejectUnauthorized: false }, (response) => resolve(response.resume().headers))
      .on("error", reject)
      .end();
  });
  assert.equal(headers["strict-transport-security"], "max-age=31536000");
  await server.stop();
});

test("figures for Prometheus: by route pattern, never by address; behind a token where one is set", async () => {
  const token = "a-token-of-some-length";
  const server = await startServer(withEnvironment({ BIHUAN_METRICS_TOKEN: token }));
  await fetch(`${server.address}/api/orders/1010202603200000000?secret=13812345678`, { headers: agent.headers });
  assert.equal((await fetch(`${server.address}/metrics`)).status, 401);
  const text = await (await fetch(`${server.address}/metrics`, { headers: { authorization: `Bearer ${token}` } })).text();
  assert.match(text, /bihuan_http_request_seconds_count\{method="GET",route="\/api\/orders\/:orderId",status="404"\} 1/);
  assert.ok(!text.includes("13812345678"));
  for (const name of ["database_connections", "live_streams", "live_listening", "jobs_done_total"])
    assert.match(text, new RegExp(`^bihuan_${name} \\d`, "m"));
  await server.stop();
});

test("the interface is described at /api/openapi.json and readable at /api/docs, in both languages", async () => {
  const server = await startServer(withEnvironment());
  const document = (await (await fetch(`${server.address}/api/openapi.json`)).json()) as {
    openapi: string;
    paths: Record<string, object>;
  };
  assert.equal(document.openapi, "3.1.0");
  assert.ok(document.paths["/api/orders"]);
  const plain = await fetch(`${server.address}/api/openapi.json`, { headers: { "accept-encoding": "identity" } });
  const packed = await fetch(`${server.address}/api/openapi.json`, { headers: { "accept-encoding": "gzip" } });
  assert.deepEqual([plain.headers.get("content-encoding"), packed.headers.get("content-encoding")], [null, "gzip"]);
  assert.equal(await packed.text(), await plain.text());
  const page = async (url: string) => (await fetch(server.address + url)).text();
  assert.match(await page("/api/docs?lang=zh"), /<html lang="zh-CN">.*接口说明/s);
  assert.match(await page("/api/docs?lang=en"), /<html lang="en">.*Interface/s);
  for (const word of ["Authorization: Bearer", "Idempotency-Key", "problem+json"])
    assert.ok((await page("/api/docs?lang=zh")).includes(word), word);
  assert.match(await page("/api/docs/errors?lang=en"), /id="request\.invalid"/);
  await server.stop();
});

test("the web app: hashed files for ever, the page for its own addresses, 404 for what is not there", async () => {
  const dist = path.join(folder, "dist");
  await mkdir(path.join(dist, "assets"), { recursive: true });
  await writeFile(path.join(dist, "index.html"), "<!doctype html><title>app</title>");
  await writeFile(path.join(dist, "assets/app-1a2b.js"), "export {};");
  await writeFile(path.join(dist, "assets/app-1a2b.js.gz"), gzipSync("export {};"));
  const app = await createApp(withEnvironment());
  await serveWeb(app, dist);
  const get = (url: string, headers: Record<string, string> = {}) => app.inject({ url, headers });
  const script = await get("/assets/app-1a2b.js", { "accept-encoding": "gzip" });
  assert.equal(script.headers["cache-control"], "public, max-age=31536000, immutable");
  assert.equal(script.headers["content-encoding"], "gzip");
  assert.equal(gunzipSync(script.rawPayload).toString(), "export {};");
  for (const url of ["/", "/orders/1010202603200000000"]) {
    const page = await get(url);
    assert.equal(page.statusCode, 200);
    assert.equal(page.headers["cache-control"], "no-cache");
    assert.match(page.body, /<title>app/);
  }
  for (const url of ["/assets/app-old.js", "/api/nothing", "/favicon.png", "/../../package.json"])
    assert.equal((await get(url)).statusCode, 404, url);
  assert.equal((await app.inject({ method: "POST", url: "/orders" })).statusCode, 404);
  await app.close();
});
