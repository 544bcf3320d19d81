import assert from "node:assert/strict";
import { PassThrough, Readable } from "node:stream";
import { text } from "node:stream/consumers";
import { test } from "node:test";
import { testDatabase } from "../../platform/testing/database.ts";
import { openDesk, seedOrganisation } from "../../work-order/testing/desk.ts";
import { CommandError } from "../command.ts";
import { suggestionMeasure, suggestionRebuild } from "./suggestion.ts";

const db = await testDatabase();
await seedOrganisation(db);
const desk = await openDesk(db);
for (let n = 0; n < 6; n++) await desk.takeIn("fault-repair", { form: { title: `家里没电跳闸，第${n}户`, description: "" } });

async function run(command: typeof suggestionRebuild, format: "text" | "json", options: Record<string, string> = {}) {
  assert.ok(command.database !== false);
  const stdout = new PassThrough();
  const told = text(stdout);
  const io = { stdin: Readable.from([]), stdout, stderr: new PassThrough(), format, language: "zh", resolve: String } as const;
  const code = await command.run({ platform: desk.platform, ...io, options, positionals: [] });
  stdout.end();
  return { code, told: await told };
}

test("learning anew tells how many orders taught something, however often it is asked for", async () => {
  assert.deepEqual(await run(suggestionRebuild, "text"), { code: 0, told: "从 6 张工单学习\n" });
  assert.deepEqual(JSON.parse((await run(suggestionRebuild, "json")).told), { learnt: 6 });
});

test("measuring tells how often the newest orders would have been suggested right", async () => {
  const { told } = await run(suggestionMeasure, "text", { orders: "2" });
  assert.match(told, /^留出工单\t2\n首选正确\t100\.0 %\n/);
  const judged = JSON.parse((await run(suggestionMeasure, "json", { orders: "1000" })).told) as { texts: number };
  assert.equal(judged.texts, 6);
  for (const orders of ["0", "-1", "many", "1000000"])
    await assert.rejects(run(suggestionMeasure, "text", { orders }), CommandError, orders);
});
