import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import path from "node:path";
import { test } from "node:test";
import { promisify } from "node:util";

const run = promisify(execFile);
const script = path.join(import.meta.dirname, "testing/figures.ts");
const figuresUnder = async (zone: string): Promise<string> =>
  (await run(process.execPath, [script], { env: { ...process.env, TZ: zone }, maxBuffer: 64_000_000 })).stdout;

test("deadlines and clocks are the same whatever zone the machine is in", async () => {
  const [shanghai, utc, newYork] = await Promise.all(["Asia/Shanghai", "UTC", "America/New_York"].map(figuresUnder));
  assert.ok((shanghai ?? "").split("\n").length > 4000);
  assert.ok(utc === shanghai && newYork === shanghai);
});
