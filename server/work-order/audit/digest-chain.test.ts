import assert from "node:assert/strict";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { after, describe, test } from "node:test";
import { raw, sql } from "../../platform/sql.ts";
import { testDatabase } from "../../platform/testing/database.ts";
import { openDesk, seedOrganisation } from "../testing/desk.ts";
import { exportDigests, signDay, verifyDigests } from "./digest.ts";
import { publicKeyOf, signingKey, trustedKeys, trustKey } from "./digest-keys.ts";

const db = await testDatabase();
await seedOrganisation(db);
const desk = await openDesk(db, "2026-03-20T02:00:00Z");
const folder = await mkdtemp(path.join(tmpdir(), "bihuan-digest-"));
after(() => rm(folder, { recursive: true, force: true }));
const key = signingKey(folder);

// Five days with work, each signed when all are over; the last one twice over, by two processes at once.
const days = ["2026-03-20", "2026-03-21", "2026-03-22", "2026-03-23", "2026-03-24"];
for (const day of days) {
  desk.time.set(`${day}T02:00:00Z`);
  await desk.takeIn();
}
desk.time.set("2026-03-26T03:00:00Z");
for (const day of days.slice(0, 4)) await signDay(db, key, day, desk.time.nowMs());
await Promise.all([1, 2].map(() => signDay(db, key, "2026-03-24", desk.time.nowMs())));
const kept = await exportDigests(db, "2026-03-20", "2026-03-24");

describe("the chain of a region's digests", () => {
  test("numbers them without a gap, each naming the one before", async () => {
    assert.deepEqual(
      kept.map((one) => one.number),
      [1, 2, 3, 4, 5],
    );
    assert.ok(kept.every((one, index) => (one.previous === null) === (index === 0)));
    assert.deepEqual(await verifyDigests(db, trustedKeys(folder)), { checked: 5, violations: [] });
  });

  const damage: readonly [string, string, RegExp][] = [
    ["one taken out", "delete from order_digest where number = 3", /number 3 is missing/],
    ["the first taken out", "delete from order_digest where number = 1", /number 1 is missing/],
    [
      "one taken out and the rest numbered anew",
      "delete from order_digest where number = 3; update order_digest set number = number - 1 where number > 3",
      /its signature is not valid/,
    ],
    [
      "one replaced by what it did not follow",
      "update order_digest set previous = sha256('x') where number = 4",
      /does not follow the one before it/,
    ],
    [
      "a region's newest ones taken out, while others go on",
      "update order_event set region_id = 922 where order_id = (select min(order_id) from order_event)",
      /the day was not signed, although later days were/,
    ],
  ];
  for (const [what, statement, detail] of damage)
    test(`shows ${what}, without any copy`, async () => {
      const undo = new Error("undo");
      await assert.rejects(
        db.transaction(async (tx) => {
          await tx.run(sql`alter table order_event disable trigger user`);
          for (const one of statement.split("; ")) await tx.run(sql`${raw(one)}`);
          const { violations } = await verifyDigests(tx, trustedKeys(folder));
          assert.match(violations.map((violation) => violation.detail).join("\n"), detail);
          throw undo;
        }),
        undo,
      );
    });

  test("a day made up for later joins at the end of the chain", async () => {
    const undo = new Error("undo");
    await assert.rejects(
      db.transaction(async (tx) => {
        await tx.run(sql`delete from order_digest where number > 3`);
        await signDay(tx, key, "2026-03-24", desk.time.nowMs());
        await signDay(tx, key, "2026-03-23", desk.time.nowMs());
        assert.deepEqual((await verifyDigests(tx, trustedKeys(folder))).violations, []);
        throw undo;
      }),
      undo,
    );
  });
});

describe("whoever may write to every table", () => {
  test("cannot sign the days anew with a key of his own: the machine's key counts, and those it was told to trust", async () => {
    const elsewhere = await mkdtemp(path.join(tmpdir(), "bihuan-digest-"));
    try {
      const forged = signingKey(elsewhere);
      await db
        .transaction(async (tx) => {
          await tx.run(sql`delete from order_digest`);
          for (const day of days) await signDay(tx, forged, day, desk.time.nowMs());
          const { violations } = await verifyDigests(tx, trustedKeys(folder));
          assert.equal(violations.length, days.length);
          for (const { detail } of violations) assert.match(detail, /a key that is not trusted here/);
          assert.deepEqual((await verifyDigests(tx, trustedKeys(elsewhere))).violations, []);
          assert.ok(trustKey(elsewhere, publicKeyOf(key)));
          assert.deepEqual(trustedKeys(elsewhere), new Set([publicKeyOf(forged), publicKeyOf(key)]));
          throw new Error("taken back");
        })
        .catch((error: Error) => assert.equal(error.message, "taken back"));
      assert.deepEqual((await verifyDigests(db, trustedKeys(elsewhere))).violations, []);
    } finally {
      await rm(elsewhere, { recursive: true, force: true });
    }
  });

  test("a data folder that never signed holds no signature against anything, and no other text is a key", async () => {
    const fresh = await mkdtemp(path.join(tmpdir(), "bihuan-digest-"));
    assert.equal(trustedKeys(fresh), null);
    assert.equal(trustKey(fresh, "not a key"), false);
    assert.equal(trustedKeys(fresh), null);
    await rm(fresh, { recursive: true, force: true });
  });
});
