import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import path from "node:path";
import { test } from "node:test";
import { ConfigError, loadConfig, variables } from "./config.ts";

test("nothing set is a working configuration", () => {
  const config = loadConfig({ PATH: "/usr/bin", PORT: "" }, "/srv/bihuan");
  assert.equal(config.port, 8080);
  assert.equal(config.host, "127.0.0.1");
  assert.equal(config.databaseUrl, null);
  assert.equal(config.dataFolder, "/srv/bihuan/data");
  assert.equal(config.attachmentFolder, "/srv/bihuan/data/attachments");
  assert.equal(config.tls, null);
});

for (const { environment, names } of [
  { environment: { PORT: "80a" }, names: ["PORT"] },
  { environment: { PORT: "70000", BIHUAN_LOG_LEVEL: "loud" }, names: ["PORT", "BIHUAN_LOG_LEVEL"] },
  { environment: { DATABASE_URL: "mysql://localhost/x" }, names: ["DATABASE_URL"] },
  { environment: { BIHUAN_TLS_CERT: "/etc/cert.pem" }, names: ["BIHUAN_TLS_KEY"] },
  { environment: { BIHUAN_TLS_KEY: "/etc/key.pem" }, names: ["BIHUAN_TLS_CERT"] },
  { environment: { BIHUAN_METRICS_TOKEN: "short-secret" }, names: ["BIHUAN_METRICS_TOKEN"] },
  { environment: { BIHUAN_PUBLIC_URL: "bihuan.example" }, names: ["BIHUAN_PUBLIC_URL"] },
])
  test(`what is wrong is named: ${names.join(", ")}`, () => {
    assert.throws(
      () => loadConfig(environment, "/"),
      (error) => {
        assert.ok(error instanceof ConfigError);
        assert.deepEqual(
          error.text.en.split("\n").map((line) => line.split(":")[0]),
          names,
        );
        assert.deepEqual(
          error.text.zh.split("\n").map((line) => line.split("：")[0]),
          names,
        );
        for (const line of error.text.zh.split("\n")) assert.match(line, /：.*\p{Script=Han}/u);
        assert.ok(!/\p{Script=Han}/u.test(error.text.en), error.text.en);
        assert.equal(error.message, `${error.text.zh}\n${error.text.en}`);
        for (const value of Object.values(environment))
          if (value.length > 5) assert.ok(!error.message.includes(value), "values may be secrets");
        return true;
      },
    );
  });

for (const page of ["operations.md", "operations.zh-CN.md"])
  test(`docs/${page} explains every variable, and none that is not read`, async () => {
    const text = await readFile(path.join(import.meta.dirname, "../../docs", page), "utf8");
    const explained = [...text.matchAll(/^\| `([A-Z_]+)` \|/gm)].map((match) => match[1] ?? "");
    assert.deepEqual(explained.toSorted(), variables.toSorted());
  });
