import { test } from "node:test";
import { people, units } from "@bihuan/core/flow/testing/world.ts";
import { testDatabase } from "../platform/testing/database.ts";
import { takeInHand } from "./commands/in-hand.ts";
import { openDesk, seedOrganisation } from "./testing/desk.ts";
import { readEvents, eventOfRow } from "./store/event-store.ts";
import { Session } from "node:inspector/promises";
import { writeFileSync } from "node:fs";
const db = await testDatabase();
await seedOrganisation(db);
const desk = await openDesk(db);
const { agent, dispatcher, handler } = people;
test("profile", async () => {
  for (const kind of ["note", "urge"]) {
  const { orderId } = await desk.takeIn();
  await desk.act(dispatcher, orderId, "dispatch", { unitId: units.station });
  await desk.act(handler, orderId, "accept");
  const t0 = performance.now();
  for (let i = 0; i < 590; i++) { const t=performance.now(); await desk.act(agent, orderId, kind, kind === "note" ? { note: "x" } : { by: "CUSTOMER" }); if (i % 100 === 0) console.log(kind, i, (performance.now()-t).toFixed(1)); }
  console.log("avg", ((performance.now() - t0) / 590).toFixed(1));
  let t = performance.now();
  for (let i = 0; i < 10; i++) await readEvents(db, orderId);
  console.log("readEvents", ((performance.now() - t) / 10).toFixed(1));
  t = performance.now();
  for (let i = 0; i < 10; i++) await db.transaction((tx) => takeInHand(tx, desk.ports, [orderId]));
  console.log("takeInHand", ((performance.now() - t) / 10).toFixed(1));
  const session = new Session(); session.connect();
  await session.post("Profiler.enable"); await session.post("Profiler.start");
  t = performance.now();
  for (let i = 0; i < 20; i++) await desk.act(agent, orderId, kind, kind === "note" ? { note: "x" } : { by: "CUSTOMER" });
  console.log("act at 600", ((performance.now() - t) / 20).toFixed(1));
  const { profile } = await session.post("Profiler.stop") as any; session.disconnect();
  const self = new Map<string, number>(); const dt = profile.timeDeltas; const byId = new Map(profile.nodes.map((n: any) => [n.id, n]));
  profile.samples.forEach((s: number, i: number) => { const n: any = byId.get(s); const k = n.callFrame.functionName + " " + n.callFrame.url.split("/").slice(-2).join("/") + ":" + n.callFrame.lineNumber; self.set(k, (self.get(k) ?? 0) + dt[i]); });
  console.log([...self].sort((a, b) => b[1] - a[1]).slice(0, 25).map(([k, v]) => `${(v / 20000).toFixed(2)} ms ${k}`).join("\n"));
  }
});
