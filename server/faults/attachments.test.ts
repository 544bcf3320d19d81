// Files from hostile hands: no name leads anywhere, no content is believed, nothing of what was refused remains.
import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { mkdir, mkdtemp, readdir, rm, writeFile } from "node:fs/promises";
import { connect } from "node:net";
import { tmpdir } from "node:os";
import path from "node:path";
import { after, before, describe, test, type TestContext } from "node:test";
import { type Caller, signedIn, testUnits } from "../identity/testing/people.ts";
import { sql } from "../platform/sql.ts";
import { testDatabase } from "../platform/testing/database.ts";
import { testPlatform, type TestServer, testServer } from "../platform/testing/server.ts";
import { until } from "../platform/testing/until.ts";
import { manualTime } from "../platform/time.ts";
import { serveWeb } from "../platform/http/static.ts";
import { prepare } from "../prepare.ts";
import { access, slices } from "../routes.ts";
import { type Answer, ask, multipart, type Question } from "./testing/http.ts";
import { demand, send } from "./testing/load.ts";

const LIMIT_MB = 1;
const folder = await mkdtemp(path.join(tmpdir(), "bihuan-attachments-"));
after(() => rm(folder, { recursive: true, force: true }));
const db = await testDatabase();
const time = manualTime("2026-03-20T02:00:00Z");
const at = (name: string) => path.join(folder, name);
const platformWith = (attachments: string) =>
  testPlatform(db, time, { BIHUAN_ATTACHMENTS: attachments, BIHUAN_ATTACHMENT_LIMIT_MB: String(LIMIT_MB) });
const platform = platformWith(at("kept"));
const units = await testUnits(platform);
await prepare(platform);
const agent = await signedIn(platform, [["AGENT", units["A1"] as number]]);
const stranger = await signedIn(platform, [["MANAGER", units["B1"] as number]]);

const png = Buffer.from(
  "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==",
  "base64",
);

describe("attachments", () => {
  let server: TestServer;
  let address: string;
  let orderId: string;
  let keys = 0;
  before(async () => {
    server = await testServer({ platform, slices, access: access(platform) });
    await serveWeb(server.app, folder); // no web app is there: what is not found is refused as in service
    address = await server.listen();
    orderId = (await send(address, agent, demand(units, "with files")))?.orderId ?? "";
  });
  after(() => server.close());

  const attach = (body: Pick<Question, "headers" | "body">, caller = agent, to = orderId, key = `file-${++keys}`) =>
    ask(address, {
      method: "POST",
      path: `/api/orders/${to}/attachments`,
      body: body.body ?? "",
      headers: { ...caller.headers, "idempotency-key": key, ...body.headers },
    });
  const read = (suffix: string, caller: Caller = agent) =>
    ask(address, { path: `/api/orders/${suffix}`, headers: caller.headers });
  const seqOf = (answer: Answer) => (JSON.parse(answer.body.toString()) as { seq: number }).seq;

  /** Everything there is outside and inside the database that an attachment could have left. */
  async function remains() {
    const files = (await readdir(folder, { recursive: true, withFileTypes: true })).filter((entry) => entry.isFile());
    const rows = await db.one(sql`
      select (select count(*)::int from order_event) as events, (select count(*)::int from order_private) as personal,
        (select count(*)::int from command_receipt) as receipts`);
    return { files: files.map((entry) => path.join(entry.parentPath, entry.name)).toSorted(), rows };
  }
  async function leavesNothing(asked: () => Promise<Answer>, code: string | null, what: string) {
    const earlier = await remains();
    const answer = await asked();
    assert.ok(answer.status >= 400 && answer.status < 500, `${what}: ${answer.status} ${answer.body.toString().slice(0, 300)}`);
    assert.ok(answer.code, what);
    if (code) assert.equal(answer.code, code, what);
    assert.deepEqual(await remains(), earlier, what);
  }

  const names = {
    "../../../../etc/passwd.png": "passwd.png",
    "..\\..\\windows\\system32\\a.png": "a.png",
    "/etc/cron.d/job.png": "job.png",
    "C:\\boot.png": "boot.png",
    "%2e%2e%2f%2e%2e%2fx.png": "%2e%2e%2f%2e%2e%2fx.png",
    "..%c0%af..%c0%afx.png": "%c0%af..%c0%afx.png",
    "\u202Egnp.exe.png": "gnp.exe.png",
    "．．／．．／宽.png": "．．／．．／宽.png",
    "....png": "png",
    "CON.png": "_CON.png",
    nul: "_nul",
    "com1.tar.png": "_com1.tar.png",
    "LPT\u00b9.png": "_LPT\u00b9.png",
    "a.png. . .": "a.png",
    "x.png:stream.png": "x.pngstream.png",
    [`${"长".repeat(5000)}.png`]: `${"长".repeat(116)}.png`,
  };
  test("a hostile name is kept as a name: it leads nowhere, and is handed out as something to be saved", async () => {
    const outside = (await readdir(folder)).toSorted();
    for (const [name, expected] of Object.entries(names)) {
      const answer = await attach(multipart({ name, content: png }));
      assert.equal(answer.status, 200, `${name.slice(0, 40)}: ${answer.body.toString()}`);
      const file = await read(`${orderId}/attachments/${seqOf(answer)}`);
      assert.equal(file.status, 200);
      assert.ok(file.body.equals(png));
      const disposition = /^attachment; filename\*=UTF-8''([\w%.!#$&+^`|~-]+)$/.exec(String(file.headers["content-disposition"]));
      assert.equal(decodeURIComponent(disposition?.[1] ?? ""), expected);
      assert.equal(file.headers["content-type"], "image/png");
      assert.equal(file.headers["x-content-type-options"], "nosniff");
      assert.match(String(file.headers["content-security-policy"]), /default-src 'none'.*sandbox/);
      assert.equal(file.headers["cache-control"], "private, no-store");
    }
    assert.deepEqual((await readdir(folder)).toSorted(), [...new Set([...outside, "kept"])].toSorted());
    const stored = (await remains()).files.filter((file) => file.startsWith(at("kept")));
    assert.equal(stored.length, 1, "the same picture, however often and under whatever name");
    assert.match(path.relative(at("kept"), stored[0] ?? ""), /^[0-9a-f]{2}\/[0-9a-f]{2}\/[0-9a-f]{64}$/);
  });

  test("a name with a NUL or a line break in it is cleaned or refused, and never echoed into a header", async () => {
    for (const name of ["a\u0000.png", "a\r\nX-Evil: 1.png", 'a".png', "a\u0007.png"]) {
      const answer = await attach(multipart({ name, content: png }));
      assert.ok(answer.status < 500, JSON.stringify(name));
      assert.ok(answer.status === 200 || answer.code, JSON.stringify(name));
      if (answer.status !== 200) continue;
      const file = await read(`${orderId}/attachments/${seqOf(answer)}`);
      assert.equal(file.headers["x-evil"], undefined);
    }
  });

  const paths = [
    "../../../../etc/passwd",
    "..%2f..%2f..%2fetc%2fpasswd",
    "%2e%2e/%2e%2e/etc/passwd",
    "%252e%252e%252fetc%252fpasswd",
    "..%5c..%5cwindows",
    "%2fetc%2fpasswd",
    "1%00.png",
    "%00",
    "1/../../1",
    "..;/1",
    "1;a=b",
    "１",
    encodeURIComponent("１"),
    "+1",
    "0x1",
    "1e0",
    "01%20",
    "-1",
    "0",
    "99999999999999999999",
    "%c0%ae%c0%ae",
    "%ff",
    "nul",
    "x".repeat(5000),
  ];
  test("no path leads out of the attachments, whatever it is spelt with", async () => {
    for (const tried of paths)
      for (const suffix of [`${orderId}/attachments/${tried}`, `${tried}/attachments/1`, tried]) {
        if (!/^[\x21-\x7e]+$/.test(suffix)) continue;
        const answer = await read(suffix);
        assert.ok(answer.status >= 400 && answer.status < 500 && answer.code, `${suffix.slice(0, 80)}: ${answer.status}`);
      }
  });

  const page = "<!doctype html><html><script>alert(document.cookie)</script></html>";
  const drawing = '<?xml version="1.0"?><svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>';
  const lies: readonly [string, string, string | Buffer, string, string][] = [
    ["a page named as a picture", "a.png", page, "image/png", "file.type-refused"],
    ["a page named as a page", "a.html", page, "text/html", "file.type-refused"],
    ["a page named as text", "a.txt", page, "text/plain", "file.type-refused"],
    ["a page named as text, after blank lines", "a.txt", `${"\n".repeat(3000)}${page}`, "text/plain", "file.type-refused"],
    ["a drawing with a script", "a.svg", drawing, "image/svg+xml", "file.type-refused"],
    ["a drawing named as text", "a.txt", drawing, "text/plain", "file.type-refused"],
    ["a drawing named as a picture", "a.png", drawing, "image/png", "file.type-refused"],
    ["a picture named as a program", "a.exe", png, "image/png", "file.type-refused"],
    ["a picture named as a page", "a.png.html", png, "image/png", "file.type-refused"],
    [
      "a program named as a document",
      "a.pdf",
      Buffer.from("MZ\u0090\u0000\u0003", "latin1"),
      "application/pdf",
      "file.type-refused",
    ],
    ["a file without a byte", "a.png", "", "image/png", "file.empty"],
    ["a file over the limit by one byte", "a.txt", "x".repeat(LIMIT_MB * 1024 * 1024 + 1), "text/plain", "file.too-large"],
    ["a picture over the limit", "a.png", Buffer.concat([png, Buffer.alloc(3 * 1024 * 1024)]), "image/png", "file.too-large"],
  ];
  for (const [what, name, content, type, code] of lies)
    test(`${what} is refused, and nothing of it remains`, () =>
      leavesNothing(() => attach(multipart({ name, content, type })), code, what));

  test("a file of the very limit is kept", async () => {
    const answer = await attach(multipart({ name: "full.txt", content: "x".repeat(LIMIT_MB * 1024 * 1024), type: "text/plain" }));
    assert.equal(answer.status, 200, answer.body.toString());
  });

  test("over the limit without a length told beforehand: refused, and nothing of it remains", async () => {
    const { headers, body } = multipart({ name: "a.txt", content: "x".repeat(2 * 1024 * 1024), type: "text/plain" });
    const pieces = Array.from({ length: Math.ceil(body.length / 65_536) }, (_, number) =>
      body.subarray(number * 65_536, (number + 1) * 65_536),
    );
    await leavesNothing(() => attach({ headers, body: pieces }), "file.too-large", "chunked");
  });

  test("an upload that breaks off leaves nothing", async () => {
    const earlier = await remains();
    const { headers, body } = multipart({ name: "a.png", content: png });
    await leavesNothing(() => attach({ headers, body: body.subarray(0, body.length - 40) }), null, "cut off");
    const length = { "content-length": String(body.length) };
    const head = Object.entries({ ...agent.headers, ...headers, ...length, host: "x", "idempotency-key": "broken" });
    const socket = connect(Number(new URL(address).port), "127.0.0.1");
    socket.write(
      `POST /api/orders/${orderId}/attachments HTTP/1.1\r\n${head.map(([name, value]) => `${name}: ${value}\r\n`).join("")}\r\n`,
    );
    socket.write(body.subarray(0, body.length - 40));
    const draft = async () => (await remains()).files.some((file) => path.basename(file).startsWith("draft-"));
    await until(draft);
    socket.destroy();
    await until(async () => !(await draft()));
    assert.deepEqual(await remains(), earlier);
  });

  test("several files in one request are refused together: nobody is left to guess which was kept", () =>
    leavesNothing(() => attach(multipart({ name: "a.png", content: png }, { name: "b.png", content: png })), null, "two files"));

  test("no file, a body that is no multipart, and one without a boundary are refused", async () => {
    await leavesNothing(() => attach(multipart()), "file.missing", "no part");
    await leavesNothing(
      () => attach({ headers: { "content-type": "application/json" }, body: "{}" }),
      "request.unsupported-media",
      "json",
    );
    await leavesNothing(() => attach({ headers: { "content-type": "multipart/form-data" }, body: "x" }), null, "no boundary");
  });

  test("the fifty-first is refused before a byte of it is kept", async () => {
    const full = (await send(address, agent, demand(units, "full of files")))?.orderId ?? "";
    for (let number = 0; number < 50; number++)
      assert.equal((await attach(multipart({ name: `${number}.png`, content: png }), agent, full)).status, 200);
    assert.equal(
      (await attach(multipart({ name: "49.png", content: png }), agent, full, `file-${keys}`)).status,
      200,
      "sent again",
    );
    const other = multipart({ name: "51.txt", content: "第五十一份", type: "text/plain" });
    await leavesNothing(() => attach(other, agent, full), "work-order.too-many-attachments", "fifty-first");
  });

  test("an order of a foreign unit has no files to be read, nor may any be added", async () => {
    const seq = seqOf(await attach(multipart({ name: "a.png", content: png })));
    const nobody = orderId.replace(/\d{8}$/, "99999999");
    for (const [path, none] of [
      [`${orderId}/attachments/${seq}`, `${nobody}/attachments/${seq}`],
      [`${orderId}/attachments/9999`, `${nobody}/attachments/9999`],
    ] as const) {
      const [foreign, missing] = [await read(path, stranger), await read(none, stranger)];
      assert.deepEqual([foreign.status, foreign.code], [404, "work-order.not-found"]);
      assert.deepEqual([missing.status, missing.code], [404, "work-order.not-found"]);
    }
    const picture = multipart({ name: "b.png", content: png });
    await leavesNothing(() => attach(picture, stranger), "work-order.not-found", "a foreign order");
  });

  describe("where files cannot be kept", () => {
    /** Attaches through a server whose attachments lie elsewhere. */
    async function attachAt(context: TestContext, place: string, content: Buffer | string, name: string) {
      const elsewhere = platformWith(place);
      const there = await testServer({ platform: elsewhere, slices, access: access(elsewhere) });
      context.after(() => there.close());
      const { headers, body } = multipart({ name, content });
      return ask(await there.listen(), {
        method: "POST",
        path: `/api/orders/${orderId}/attachments`,
        headers: { ...agent.headers, ...headers, "idempotency-key": `file-${++keys}` },
        body,
      });
    }

    test("because the folder is none: told in the catalogue's words, and nothing is half-done", async (context) => {
      await writeFile(at("no-folder"), "a file where the folder should be");
      for (const place of [at("no-folder"), at("no-folder/below")]) {
        const earlier = await remains();
        const answer = await attachAt(context, place, png, "a.png");
        assert.deepEqual([answer.status, answer.code], [503, "file.cannot-be-kept"], answer.body.toString());
        assert.deepEqual(await remains(), earlier);
      }
    });

    test("because the disk is full: told so, nothing is half-done, and what still fits is kept", async (context) => {
      await mkdir(at("small"));
      if (spawnSync("mount", ["-t", "tmpfs", "-o", "size=128k", "tmpfs", at("small")]).status !== 0)
        return context.skip("only root can mount a small disk");
      context.after(() => void spawnSync("umount", ["--lazy", at("small")]));
      const earlier = await remains();
      const answer = await attachAt(context, at("small"), "长".repeat(100_000), "a.txt");
      assert.deepEqual([answer.status, answer.code], [503, "file.cannot-be-kept"], answer.body.toString());
      assert.match(answer.body.toString(), /ENOSPC/);
      assert.deepEqual(await remains(), earlier);
      assert.equal((await attachAt(context, at("small"), png, "a.png")).status, 200);
    });
  });
});
