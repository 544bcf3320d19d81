// The signed daily digest of all heads that changed on a day. Whoever keeps an exported copy can prove truncation, deletion
// and rewriting, even by somebody who may write to every table here. The digests of a region are chained and numbered: one taken
// out of the middle shows without a copy, only the newest ones do not.
import { createPublicKey, type KeyObject, sign, verify } from "node:crypto";
import type { Queryable } from "../../platform/database.ts";
import { instant, sql } from "../../platform/sql.ts";
import type { Violation } from "./audit.ts";
import { sha256 } from "../store/chain.ts";
import { publicKeyOf } from "./digest-keys.ts";

export type Digest = {
  readonly regionId: number;
  readonly day: string;
  readonly orders: number;
  /** Its place in the region's chain, from 1, in the order of signing. */
  readonly number: number;
  /** SHA-256 of the signature before it; null for the first. */
  readonly previous: string | null;
  readonly digest: string;
  readonly signature: string;
  readonly publicKey: string;
};

const DAY_MS = 86_400_000;

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

const message = ({ regionId, day, orders, number, previous, digest }: Omit<Digest, "signature" | "publicKey">) =>
  Buffer.from(`bihuan digest ${regionId} ${day} ${orders} ${digest} ${number} ${previous ?? "-"}`);

/** What the next digest names as the one before it. */
const linkTo = (signature: Buffer): string => sha256(signature).toString("hex");

/** Signs the digests of a finished day (UTC) in every region with events on it. Days already signed stay as they are. Out: the new ones. */
export async function signDay(db: Queryable, key: KeyObject, day: string, nowMs: number): Promise<Digest[]> {
  if (nowMs < Date.parse(`${day}T00:00:00Z`) + DAY_MS) throw new Error(`${day} is not over`);
  const regions = await db.rows<{ region_id: number }>(sql`
    select distinct region_id from order_event where recorded_at >= ${`${day}T00:00:00Z`} and recorded_at < ${instant(Date.parse(`${day}T00:00:00Z`) + DAY_MS)} order by 1`);
  const publicKey = publicKeyOf(key);
  const made: Digest[] = [];
  for (const { region_id: regionId } of regions) {
    const heads = await headsOf(db, regionId, day);
    const last = await db.maybe<{ number: number; signature: Buffer }>(
      sql`select number, signature from order_digest where region_id = ${regionId} order by number desc limit 1`,
    );
    const next = {
      regionId,
      day,
      orders: heads.orders,
      number: (last?.number ?? 0) + 1,
      previous: last ? linkTo(last.signature) : null,
      digest: heads.digest.toString("hex"),
    };
    const signature = sign(null, message(next), key);
    // Where another process has signed meanwhile, the day or its place in the chain is taken, and its turn comes again.
    const added = await db.run(sql`
      insert into order_digest (region_id, day, orders, number, previous, digest, signature, public_key, made_at)
      values (${regionId}, ${day}, ${heads.orders}, ${next.number}, ${last ? sha256(last.signature) : null}, ${heads.digest}, ${signature},
        ${Buffer.from(publicKey, "base64")}, ${instant(nowMs)}) on conflict do nothing`);
    if (added > 0) made.push({ ...next, signature: signature.toString("hex"), publicKey });
  }
  return made;
}

type DigestRow = {
  region_id: number;
  day: string;
  orders: number;
  number: number;
  previous: Buffer | null;
  digest: Buffer;
  signature: Buffer;
  public_key: Buffer;
};

/** Exports the signed digests of a span of days, oldest first. */
export async function exportDigests(db: Queryable, fromDay: string, toDay: string): Promise<Digest[]> {
  const rows = await db.rows<DigestRow>(
    sql`select * from order_digest where day between ${fromDay} and ${toDay} order by day, region_id`,
  );
  return rows.map((row) => ({
    regionId: row.region_id,
    day: row.day,
    orders: row.orders,
    number: row.number,
    previous: row.previous?.toString("hex") ?? null,
    digest: row.digest.toString("hex"),
    signature: row.signature.toString("hex"),
    publicKey: row.public_key.toString("base64"),
  }));
}

type Find = (one: Pick<Digest, "regionId" | "day">, detail: string) => void;

/**
 * Holds digests against the events: those kept here, or a copy exported earlier. Of those kept here the chain is checked, and that
 * no day before the newest digest is without one; of a copy, that what it holds is still kept. In: the keys whose signatures
 * count, null where none is known.
 */
export async function verifyDigests(
  db: Queryable,
  trusted: ReadonlySet<string> | null,
  exported?: readonly Digest[],
): Promise<{ checked: number; violations: Violation[] }> {
  const kept = await exportDigests(db, "0001-01-01", "9999-12-31");
  const digests = exported ?? kept;
  const violations: Violation[] = [];
  const find: Find = ({ regionId, day }, detail) =>
    violations.push({ orderId: null, invariant: "2", detail: `digest of region ${regionId} for ${day}: ${detail}` });
  for (const one of digests) {
    const key = createPublicKey({ key: Buffer.from(one.publicKey, "base64"), type: "spki", format: "der" });
    if (!verify(null, message(one), key, Buffer.from(one.signature, "hex"))) find(one, "its signature is not valid");
    else if (trusted && !trusted.has(one.publicKey))
      find(one, `it was signed with a key that is not trusted here, ${one.publicKey}`);
    const heads = await headsOf(db, one.regionId, one.day);
    if (heads.digest.toString("hex") !== one.digest)
      find(one, `the events of that day are no longer what was signed (${one.orders} orders then, ${heads.orders} now)`);
  }
  if (exported) findLost(exported, kept, find);
  else {
    findGaps(kept, find);
    await findUnsigned(db, kept, find);
  }
  return { checked: digests.length, violations };
}

function findLost(exported: readonly Digest[], kept: readonly Digest[], find: Find): void {
  const signatures = new Map(kept.map((one) => [`${one.regionId} ${one.day}`, one.signature]));
  for (const one of exported) {
    const signature = signatures.get(`${one.regionId} ${one.day}`);
    if (signature === undefined) find(one, "it is no longer kept here");
    else if (signature !== one.signature) find(one, "another one is kept here");
  }
}

function findGaps(kept: readonly Digest[], find: Find): void {
  const before = new Map<number, Digest>();
  for (const one of kept.toSorted((a, b) => a.number - b.number)) {
    const last = before.get(one.regionId);
    const expected = (last?.number ?? 0) + 1;
    if (one.number !== expected) find(one, `it is number ${one.number} of its region's chain, number ${expected} is missing`);
    else if (one.previous !== (last ? linkTo(Buffer.from(last.signature, "hex")) : null))
      find(one, "it does not follow the one before it");
    before.set(one.regionId, one);
  }
}

// Once later days are signed, a day with events and no digest was passed by, or its digest and all after it in its region are gone.
async function findUnsigned(db: Queryable, kept: readonly Digest[], find: Find): Promise<void> {
  const newest = kept.reduce((latest, { day }) => (day > latest ? day : latest), "");
  if (newest === "") return;
  const rows = await db.rows<{ region_id: number; day: string }>(sql`
    select e.region_id, e.day from (
      select distinct region_id, (recorded_at at time zone 'UTC')::date as day from order_event
      where recorded_at < ${instant(Date.parse(`${newest}T00:00:00Z`))}) e
    where not exists (select 1 from order_digest d where d.region_id = e.region_id and d.day = e.day) order by 1, 2`);
  for (const { region_id: regionId, day } of rows) find({ regionId, day }, "the day was not signed, although later days were");
}
