// The signed daily digest of all heads that changed on a day. Whoever keeps an exported copy can prove truncation, deletion
// and rewriting, even by somebody who may write to every table here.
import { createPrivateKey, createPublicKey, generateKeyPairSync, type KeyObject, randomUUID, sign, verify } from "node:crypto";
import { existsSync, linkSync, mkdirSync, readFileSync, unlinkSync, writeFileSync } from "node:fs";
import path from "node:path";
import type { Queryable } from "../../platform/database.ts";
import { instant, sql } from "../../platform/sql.ts";
import type { Violation } from "./audit.ts";
import { sha256 } from "../store/chain.ts";

export type Digest = {
  readonly regionId: number;
  readonly day: string;
  readonly orders: number;
  readonly digest: string;
  readonly signature: string;
  readonly publicKey: string;
};

const DAY_MS = 86_400_000;

/** The signing key: made at first use, kept in the data folder, readable by its owner only. */
export function signingKey(dataFolder: string): KeyObject {
  const file = path.join(dataFolder, "digest.key");
  if (!existsSync(file)) {
    mkdirSync(dataFolder, { recursive: true });
    const { privateKey } = generateKeyPairSync("ed25519");
    // Two processes may come here at once: each writes its own draft, and linking gives the name to one of them, whole.
    const draft = `${file}.${process.pid}.${randomUUID()}`;
    writeFileSync(draft, privateKey.export({ type: "pkcs8", format: "pem" }), { mode: 0o600, flag: "wx" });
    try {
      linkSync(draft, file);
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== "EEXIST") throw error;
    } finally {
      unlinkSync(draft);
    }
  }
  return createPrivateKey(readFileSync(file));
}

// The last event of each order that was written on the day (UTC): a later event does not change the day's digest, a removed one does.
async function headsOf(db: Queryable, regionId: number, day: string): Promise<{ orders: number; digest: Buffer }> {
  const from = Date.parse(`${day}T00:00:00Z`);
  const rows = await db.rows<{ order_id: string; seq: number; hash: Buffer }>(sql`
    select distinct on (order_id) order_id, seq, hash from order_event
    where region_id = ${regionId} and recorded_at >= ${instant(from)} and recorded_at < ${instant(from + DAY_MS)}
    order by order_id, seq desc`);
  const lines = rows.map((row) => `${row.order_id} ${row.seq} ${row.hash.toString("hex")}\n`);
  return { orders: rows.length, digest: sha256(`${regionId} ${day}\n`, ...lines) };
}

const message = (regionId: number, day: string, orders: number, digest: Buffer) =>
  Buffer.from(`bihuan digest ${regionId} ${day} ${orders} ${digest.toString("hex")}`);

/** Signs the digests of a finished day (UTC) in every region with events on it. Days already signed stay as they are. Out: the new ones. */
export async function signDay(db: Queryable, key: KeyObject, day: string, nowMs: number): Promise<Digest[]> {
  if (nowMs < Date.parse(`${day}T00:00:00Z`) + DAY_MS) throw new Error(`${day} is not over`);
  const regions = await db.rows<{ region_id: number }>(sql`
    select distinct region_id from order_event where recorded_at >= ${`${day}T00:00:00Z`} and recorded_at < ${instant(Date.parse(`${day}T00:00:00Z`) + DAY_MS)} order by 1`);
  const publicKey = createPublicKey(key).export({ type: "spki", format: "der" });
  const made: Digest[] = [];
  for (const { region_id: regionId } of regions) {
    const { orders, digest } = await headsOf(db, regionId, day);
    const signature = sign(null, message(regionId, day, orders, digest), key);
    const added = await db.run(sql`
      insert into order_digest (region_id, day, orders, digest, signature, public_key, made_at)
      values (${regionId}, ${day}, ${orders}, ${digest}, ${signature}, ${publicKey}, ${instant(nowMs)}) on conflict do nothing`);
    if (added > 0)
      made.push({
        regionId,
        day,
        orders,
        digest: digest.toString("hex"),
        signature: signature.toString("hex"),
        publicKey: publicKey.toString("base64"),
      });
  }
  return made;
}

type DigestRow = { region_id: number; day: string; orders: number; digest: Buffer; signature: Buffer; public_key: Buffer };

/** Exports the signed digests of a span of days, oldest first. */
export async function exportDigests(db: Queryable, fromDay: string, toDay: string): Promise<Digest[]> {
  const rows = await db.rows<DigestRow>(
    sql`select * from order_digest where day between ${fromDay} and ${toDay} order by day, region_id`,
  );
  return rows.map((row) => ({
    regionId: row.region_id,
    day: row.day,
    orders: row.orders,
    digest: row.digest.toString("hex"),
    signature: row.signature.toString("hex"),
    publicKey: row.public_key.toString("base64"),
  }));
}

/** Holds digests against the events: those kept here, or a copy exported earlier. */
export async function verifyDigests(
  db: Queryable,
  exported?: readonly Digest[],
): Promise<{ checked: number; violations: Violation[] }> {
  const digests = exported ?? (await exportDigests(db, "0001-01-01", "9999-12-31"));
  const violations: Violation[] = [];
  for (const one of digests) {
    const find = (detail: string) =>
      violations.push({ orderId: null, invariant: "2", detail: `digest of region ${one.regionId} for ${one.day}: ${detail}` });
    const digest = Buffer.from(one.digest, "hex");
    const key = createPublicKey({ key: Buffer.from(one.publicKey, "base64"), type: "spki", format: "der" });
    if (!verify(null, message(one.regionId, one.day, one.orders, digest), key, Buffer.from(one.signature, "hex")))
      find("its signature is not valid");
    const heads = await headsOf(db, one.regionId, one.day);
    if (!heads.digest.equals(digest))
      find(`the events of that day are no longer what was signed (${one.orders} orders then, ${heads.orders} now)`);
  }
  return { checked: digests.length, violations };
}
