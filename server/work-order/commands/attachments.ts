// Files on orders: stored first, named by an event second, told only to those who may see the order.
import { refusalOf } from "@bihuan/core/flow/engine.ts";
import { text } from "@bihuan/core/flow/event.ts";
import { flows } from "@bihuan/core/flows.ts";
import type { Scope } from "@bihuan/core/identity/scope.ts";
import type { OrderId } from "@bihuan/core/order-id.ts";
import { isRefusal, type Refusal, refuse } from "@bihuan/core/refusal.ts";
import type { MultipartFile } from "@fastify/multipart";
import type { FastifyRequest } from "fastify";
import { actorOf, recordAccess } from "../../identity/access-log/commands.ts";
import type { Queryable } from "../../platform/database.ts";
import { openFile, safeFileName, storeFile } from "../../platform/files/store.ts";
import type { Download } from "../../platform/http/operations.ts";
import type { Platform } from "../../platform/platform.ts";
import { sql } from "../../platform/sql.ts";
import { actOnOrder } from "./act.ts";
import { readOrder } from "../queries/read-order.ts";
import { readReceipt } from "../store/receipt.ts";
import { type Acting, contextOf, type OrderPorts } from "../world.ts";

/** Keeps the file of a request and attaches it. Whether it may be attached is asked before a byte is kept, and again when it is. */
export async function attachFile(
  platform: Platform,
  ports: OrderPorts,
  acting: Acting,
  orderId: OrderId,
  key: string,
  request: FastifyRequest,
): Promise<{ orderId: OrderId; version: number; seq: number } | Refusal> {
  const tree = await ports.tree();
  const order = await readOrder(platform.db, ports, tree, acting.scope, orderId);
  if (!order) return refuse("work-order.not-found", { orderId });
  const { state } = order;
  const context = contextOf({
    self: orderId,
    acting,
    tree,
    rulebook: order.inForce,
    deskUnitId: state.deskUnitId,
    nowMs: platform.time.nowMs(),
    related: new Map(),
  });
  // Sent again after its answer was lost: it is there, and what has happened since does not matter.
  const done = await readReceipt(platform.db, orderId, acting.actor, key);
  const refusal = done ? null : refusalOf(flows.get(state.flow, state.flowVersion), state, "attach", context);
  if (refusal) return refusal;
  const { attachmentFolder, attachmentLimitBytes: most } = platform.config;
  // One byte more is let through than may be kept: where the reader cut it off, the rest would pass for a whole file.
  const files = request.files({ limits: { fileSize: most + 1 } });
  const part = (await files.next()).value as MultipartFile | undefined;
  if (!part) return refuse("file.missing");
  const name = safeFileName(part.filename);
  const several = async () => ((await files.next()).done ? null : refuse("file.several"));
  const stored = await storeFile(attachmentFolder, part.file, name, most, several);
  if (isRefusal(stored)) {
    if (stored.refused === "file.cannot-be-kept")
      request.log.error({ because: stored.facts["because"] }, "an attachment could not be kept");
    return stored;
  }
  const acted = await actOnOrder(platform, ports, acting, {
    orderId,
    action: "attach",
    version: null,
    form: { ...stored, name },
    key,
  });
  if (isRefusal(acted)) return refuse(acted.refused, acted.facts);
  return { orderId, version: acted.version, seq: acted.version };
}

/** Opens an attachment for download, and records who took it. One whose personal data were erased is gone with them. */
export async function openAttachment(
  platform: Platform,
  ports: OrderPorts,
  scope: Scope,
  orderId: OrderId,
  seq: number,
  address: string,
): Promise<Download | Refusal> {
  const tree = await ports.tree();
  const order = await readOrder(platform.db, ports, tree, scope, orderId);
  const event = order?.events.find((one) => one.seq === seq && one.type === "attach");
  const sha256 = event && text(event.data, "sha256");
  const body = sha256 ? await openFile(platform.config.attachmentFolder, sha256) : null;
  if (!order || !event || !body || !order.personal.has(seq)) return refuse("work-order.not-found", { orderId });
  await recordAccess(platform.db, platform.time.nowMs(), actorOf(scope, address), {
    action: "ATTACHMENT_DOWNLOADED",
    recordKind: "order",
    recordId: orderId,
    field: String(seq),
  });
  return {
    body,
    contentType: text(event.data, "mediaType") ?? "application/octet-stream",
    fileName: text(order.personal.get(seq) ?? {}, "name") ?? `attachment-${seq}`,
  };
}

/**
 * Which of some stored files an order still names: what the sweep of orphans asks. A file's name is personal data: where it was
 * erased the file belongs to nobody any more, and goes as well.
 */
export async function namedFiles(db: Queryable, hashes: readonly string[]): Promise<ReadonlySet<string>> {
  const rows = await db.rows<{ sha256: string }>(sql`
    select distinct e.data ->> 'sha256' as sha256 from order_event e
    join order_private p on p.region_id = e.region_id and p.intake_month = e.intake_month and p.order_id = e.order_id and p.seq = e.seq
    where e.type = 'attach' and e.data ->> 'sha256' = any(${hashes}::text[])`);
  return new Set(rows.map((row) => row.sha256));
}
