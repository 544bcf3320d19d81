// Bodies, headers and bytes that no browser of ours sends: each is refused in the catalogue's words, whatever it is, and
// nobody else is kept waiting.
import assert from "node:assert/strict";
import { mkdtemp, rm } from "node:fs/promises";
import { connect, type Socket } from "node:net";
import { tmpdir } from "node:os";
import path from "node:path";
import { after, before, describe, test } from "node:test";
import { gzipSync } from "node:zlib";
import { type Caller, signedIn, testUnits } from "../identity/testing/people.ts";
import { serveWeb } from "../platform/http/static.ts";
import { sql } from "../platform/sql.ts";
import { testDatabase } from "../platform/testing/database.ts";
import { testPlatform, type TestServer, testServer } from "../platform/testing/server.ts";
import { manualTime } from "../platform/time.ts";
import { prepare } from "../prepare.ts";
import { access, slices } from "../routes.ts";
import { ask, multipart, sendBytes } from "./testing/http.ts";
import { demand, send } from "./testing/load.ts";

const folder = await mkdtemp(path.join(tmpdir(), "bihuan-bodies-"));
const db = await testDatabase();
const platform = testPlatform(db, manualTime("2026-03-20T02:00:00Z"));
const units = await testUnits(platform);
await prepare(platform);
const agent: Caller = await signedIn(platform, [["AGENT", units["A1"] as number]]);

const nested = (depth: number, open: string, close: string) => `${open.repeat(depth)}1${close.repeat(depth)}`;
const whole = demand(units, "whole").body;
/** The good demand with something in its title's place. */
const titled = (title: string | Buffer): Buffer => {
  const [head = "", tail = ""] = whole.split('"第whole件停电"');
  return Buffer.concat([Buffer.from(head), Buffer.from(title), Buffer.from(tail)]);
};
const inPieces = (text: string): string[] => text.match(/.{1,50000}/gsu) ?? [];

describe("what arrives and is no request of ours", () => {
  let server: TestServer;
  let address: string;
  before(async () => {
    server = await testServer({ platform, slices, access: access(platform) });
    await serveWeb(server.app, folder);
    address = await server.listen();
  });
  after(async () => {
    await server.close();
    await rm(folder, { recursive: true, force: true });
  });
  const orders = async () => (await db.one<{ orders: number }>(sql`select count(*)::int as orders from work_order`)).orders;
  let keys = 0;
  const intake = (body: string | Buffer | string[], headers: Record<string, string | string[]> = {}) =>
    ask(address, {
      method: "POST",
      path: "/api/orders",
      body,
      headers: { ...agent.headers, "idempotency-key": `key-${++keys}`, "content-type": "application/json", ...headers },
    });

  const tooLarge = whole.replace("停电", "停".repeat(600_000));
  const bodies: readonly [string, Parameters<typeof intake>, string][] = [
    ["a body over the limit", [tooLarge], "413 request.too-large"],
    ["a body over the limit whose length is not told", [inPieces(tooLarge)], "413 request.too-large"],
    ["a body that tells a length beyond all measure", ["{}", { "content-length": "99999999999" }], "413 request.too-large"],
    ["brackets a hundred thousand deep", [titled(nested(100_000, "[", "]"))], "400 request.invalid"],
    ["objects fifty thousand deep", [titled(nested(50_000, '{"a":', "}"))], "400 request.invalid"],
    ["brackets that never close", ["[".repeat(500_000)], "400 request.invalid"],
    ["bytes that are no UTF-8", [titled(Buffer.from([0x22, 0xcd, 0xa3, 0xb5, 0xe7, 0x22]))], "400 request.invalid"],
    ["half a character at its end", [titled(Buffer.from([0x22, 0xe5, 0x81, 0x22]))], "400 request.invalid"],
    ["a character spelt too long", [titled(Buffer.from([0x22, 0xc0, 0xaf, 0x22]))], "400 request.invalid"],
    ["half a surrogate pair", [titled('"\\ud800"')], "400 request.invalid"],
    ["a NUL", [titled('"停\\u0000电"')], "400 request.invalid"],
    ["UTF-16", [Buffer.from(`\uFEFF${whole}`, "utf16le")], "400 request.invalid"],
    ["nothing", [""], "400 request.invalid"],
    ["a body that is packed", [gzipSync(whole), { "content-encoding": "gzip" }], "400 request.invalid"],
    ["a prototype", [whole.replace("{", '{"__proto__":{"flow":"x"},')], "400 request.invalid"],
    ["a constructor", [whole.replace("{", '{"constructor":{"prototype":{"flow":"x"}},')], "400 request.invalid"],
    ["numbers beyond numbers", [whole.replace(`"deskUnitId":${units["A1"]}`, '"deskUnitId":1e999')], "400 request.invalid"],
    ["text", [whole, { "content-type": "text/plain" }], "415 request.unsupported-media"],
    ["a form", [whole, { "content-type": "application/x-www-form-urlencoded" }], "415 request.unsupported-media"],
    ["XML", ["<a/>", { "content-type": "application/xml" }], "415 request.unsupported-media"],
    ["a type that is none", [whole, { "content-type": "json" }], "415 request.unsupported-media"],
    ["a type without end", [whole, { "content-type": "a/b;".repeat(1000) }], "415 request.unsupported-media"],
    ["a file", [multipart({ name: "a", content: "b" }).body, multipart().headers], "400 request.invalid"],
  ];
  for (const [what, given, expected] of bodies)
    test(`${what}: ${expected}, and nothing is kept`, async () => {
      const earlier = await orders();
      const answer = await intake(...given);
      assert.equal(`${answer.status} ${answer.code}`, expected, answer.body.toString().slice(0, 300));
      assert.equal(await orders(), earlier);
    });

  test("of a field that is told twice the last counts, everywhere in the product", async () => {
    const twice = whole.replace('"flow":"fault-repair"', '"flow":"no-such-flow","flow":"fault-repair"');
    assert.equal((await intake(twice)).status, 200);
    const other = whole.replace('"flow":"fault-repair"', '"flow":"fault-repair","flow":"no-such-flow"');
    assert.equal((await intake(other)).code, "work-order.flow-unknown");
  });

  test("a parameter told twice, in the address, is refused", async () => {
    const answer = await ask(address, { path: "/api/orders/export?state=open&state=all", headers: agent.headers });
    assert.ok(answer.code === "request.invalid" || answer.code === "permission.missing", String(answer.code));
    const manager = await signedIn(platform, [["MANAGER", units["A1"] as number]]);
    const allowed = await ask(address, { path: "/api/orders/export?state=open&state=all", headers: manager.headers });
    assert.deepEqual([allowed.status, allowed.code], [400, "request.invalid"]);
  });

  const line = "POST /api/orders HTTP/1.1\r\nhost: x\r\nconnection: close\r\n";
  const bytes: readonly [string, string | Buffer, string][] = [
    ["a header too large", `${line}x-large: ${"x".repeat(100_000)}\r\n\r\n`, "431 request.headers-too-large"],
    ["ten thousand headers", `${line}${"x-many: 1\r\n".repeat(10_000)}\r\n`, "431 request.headers-too-large"],
    ["cookies too large", `${line}cookie: bihuan=${"z".repeat(50_000)}\r\n\r\n`, "431 request.headers-too-large"],
    [
      "an address too long",
      `GET /api/orders/${"9".repeat(100_000)} HTTP/1.1\r\nhost: x\r\n\r\n`,
      "431 request.headers-too-large",
    ],
    ["a header that is none", `${line}no colon here\r\n\r\n`, "400 request.invalid"],
    ["a NUL in a header", `${line}x: a\u0000b\r\n\r\n`, "400 request.invalid"],
    ["two lengths", `${line}content-length: 2\r\ncontent-length: 3\r\n\r\n{}x`, "400 request.invalid"],
    ["a length and pieces", `${line}content-length: 2\r\ntransfer-encoding: chunked\r\n\r\n0\r\n\r\n`, "400 request.invalid"],
    ["a negative length", `${line}content-length: -1\r\n\r\n`, "400 request.invalid"],
    [
      "pieces that are none",
      `${line}cookie: ${agent.headers["cookie"]}\r\ncontent-type: application/json\r\ntransfer-encoding: chunked\r\n\r\nzz\r\n`,
      "400 request.invalid",
    ],
    ["another protocol", "EHLO elsewhere.example\r\n", "400 request.invalid"],
    ["a hello of TLS", Buffer.from("16030100c8010000c40303", "hex"), "400 request.invalid"],
    ["HTTP of another century", "GET / HTTP/9.9\r\n\r\n", "400 request.invalid"],
    ["a method nobody knows", "BREW /api/orders HTTP/1.1\r\nhost: x\r\n\r\n", "400 request.invalid"],
    [
      "a method we do not serve",
      "PROPFIND /api/orders HTTP/1.1\r\nhost: x\r\nconnection: close\r\n\r\n",
      "404 request.not-found",
    ],
    ["an expectation nobody knows", `${line}expect: a-miracle\r\ncontent-length: 0\r\n\r\n`, "401 session.required"],
    [
      "a wish for another protocol",
      `${line}connection: upgrade\r\nupgrade: websocket\r\ncontent-length: 0\r\n\r\n`,
      "401 session.required",
    ],
  ];
  for (const [what, given, expected] of bytes)
    test(`${what}: ${expected}`, async () => {
      const answer = await sendBytes(address, given);
      assert.equal(`${answer.status} ${answer.code}`, expected, answer.body.toString().slice(0, 300));
      assert.equal(answer.headers["x-content-type-options"], "nosniff");
    });

  describe("who sends so slowly that it never ends", () => {
    const trickles: Socket[] = [];
    const trickle = async (begun: string): Promise<Socket> => {
      const socket = connect(Number(new URL(address).port), "127.0.0.1");
      socket.on("error", () => undefined);
      await new Promise((resolve) => socket.once("connect", resolve));
      socket.write(begun);
      trickles.push(socket);
      return socket;
    };
    after(() => trickles.forEach((socket) => socket.destroy()));

    test("keeps nobody else waiting, though there be hundreds", async () => {
      await Promise.all(Array.from({ length: 150 }, () => trickle(line)));
      await Promise.all(
        Array.from({ length: 150 }, () =>
          trickle(
            `${line}cookie: ${agent.headers["cookie"]}\r\ncontent-type: application/json\r\ncontent-length: 1000\r\n\r\n{"flow"`,
          ),
        ),
      );
      assert.equal((await send(address, agent, demand(units, "meanwhile")))?.status, 200);
    });

    test("is cut off after a minute for headers, after five for a body, and told so", async () => {
      assert.equal(server.app.server.headersTimeout, 60_000);
      assert.equal(server.app.server.requestTimeout, 300_000);
      const accepted = new Promise<Socket>((resolve) => server.app.server.once("connection", resolve));
      const socket = await trickle(line);
      const said = socket.toArray() as Promise<Buffer[]>;
      const timeOut = Object.assign(new Error("Request timeout"), { code: "ERR_HTTP_REQUEST_TIMEOUT" });
      server.app.server.emit("clientError", timeOut, await accepted); // as Node does when the time is up
      assert.match(
        Buffer.concat(await said).toString(),
        /^HTTP\/1\.1 408 .*application\/problem\+json.*"code":"request\.too-slow"/s,
      );
    });
  });
});
