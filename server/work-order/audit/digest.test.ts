import assert from "node:assert/strict";
import { mkdtemp, rm, stat } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { after, describe, test } from "node:test";
import { people, units } from "@bihuan/core/flow/testing/world.ts";
import { raw, sql } from "../../platform/sql.ts";
import { testDatabase } from "../../platform/testing/database.ts";
import { openDesk, seedOrganisation } from "../testing/desk.ts";
import { exportDigests, signDay, verifyDigests } from "./digest.ts";
import { signingKey, trustedKeys } from "./digest-keys.ts";

const db = await testDatabase();
await seedOrganisation(db);
const desk = await openDesk(db, "2026-03-20T02:00:00Z");
const folder = await mkdtemp(path.join(tmpdir(), "bihuan-digest-"));
after(() => rm(folder, { recursive: true, force: true }));
const key = signingKey(folder);

const first = await desk.takeIn();
await desk.act(people.dispatcher, first.orderId, "dispatch", { unitId: units.station });
await desk.takeIn();
desk.time.set("2026-03-21T03:00:00Z");
const [signed] = await signDay(db, key, "2026-03-20", desk.time.nowMs());
const exported = await exportDigests(db, "2026-03-20", "2026-03-20");

describe("the signed daily digest", () => {
  test("names the orders of the day, once per region, by a key that only its owner can read", async () => {
    assert.equal(signed?.orders, 2);
    assert.deepEqual(exported, [signed]);
    assert.equal((await stat(path.join(folder, "digest.key"))).mode & 0o077, 0);
    assert.deepEqual(await signDay(db, key, "2026-03-20", desk.time.nowMs()), [], "a signed day is not signed again");
  });

  test("a day that is not over is not signed", async () => {
    await assert.rejects(signDay(db, key, "2026-03-21", desk.time.nowMs()), /not over/);
  });

  test("what happens on later days leaves it valid", async () => {
    await desk.act(people.handler, first.orderId, "accept");
    assert.deepEqual(await verifyDigests(db, trustedKeys(folder), exported), { checked: 1, violations: [] });
  });

  const tampering: readonly [string, string][] = [
    ["an order that was cut off", "delete from order_event where order_id = (select max(order_id) from order_event)"],
    ["a last event of the day that was removed", `delete from order_event where order_id = ${first.orderId} and seq = 2`],
    [
      "a history that was written anew",
      `update order_event set hash = sha256('x') where order_id = ${first.orderId} and seq = 2`,
    ],
  ];
  for (const [what, statement] of tampering)
    test(`${what} shows against an exported copy`, async () => {
      const undo = new Error("undo");
      await assert.rejects(
        db.transaction(async (tx) => {
          await tx.run(sql`alter table order_event disable trigger user`);
          await tx.run(sql`${raw(statement)}`);
          const { violations } = await verifyDigests(tx, trustedKeys(folder), exported);
          assert.match(violations[0]?.detail ?? "", /no longer what was signed/);
          throw undo;
        }),
        undo,
      );
    });

  test("a copy that was altered shows by its signature", async () => {
    const { violations } = await verifyDigests(
      db,
      trustedKeys(folder),
      exported.map((one) => ({ ...one, orders: one.orders + 1 })),
    );
    assert.match(violations[0]?.detail ?? "", /signature is not valid/);
  });

  test("a digest that is no longer kept, or is another one, shows against an exported copy", async () => {
    const undo = new Error("undo");
    for (const [statement, detail] of [
      ["delete from order_digest", /no longer kept here/],
      ["update order_digest set signature = sha256('x')", /another one is kept here/],
    ] as const)
      await assert.rejects(
        db.transaction(async (tx) => {
          await tx.run(sql`${raw(statement)}`);
          const { violations } = await verifyDigests(tx, trustedKeys(folder), exported);
          assert.match(violations.map((violation) => violation.detail).join(), detail);
          throw undo;
        }),
        undo,
      );
  });
});
