// The hash chain of an order. What is hashed holds no personal data, so that erasing them leaves the chain valid.
import { createHash, randomBytes } from "node:crypto";
import { canonicalJson } from "@bihuan/core/canonical.ts";
import type { OrderEvent } from "@bihuan/core/flow/event.ts";
import type { JsonObject } from "@bihuan/core/flow/form.ts";

export const sha256 = (...parts: (string | Uint8Array)[]): Buffer => {
  const hash = createHash("sha256");
  for (const part of parts) hash.update(part);
  return hash.digest();
};

/** Where an order stands after an event, as it is stored: only what changes. */
export const moveOf = (event: Pick<OrderEvent, "step" | "unitId" | "holderId">): JsonObject => ({
  ...(event.step === undefined ? {} : { step: event.step }),
  ...(event.unitId === undefined ? {} : { unitId: event.unitId }),
  ...(event.holderId === undefined ? {} : { holderId: event.holderId }),
});

/** A fresh salt for personal data: without it the digest of a telephone number could be guessed. */
export const newSalt = (): Buffer => randomBytes(16);

export const personalDigest = (salt: Uint8Array, personal: JsonObject): Buffer => sha256(salt, canonicalJson(personal));

/** The link of one event: everything that was decided, when, by whom, and the link before it. */
export function eventHash(
  orderId: string,
  event: OrderEvent,
  recordedAtMs: number,
  digest: Uint8Array | null,
  previous: Uint8Array | null,
): Buffer {
  return sha256(
    canonicalJson([
      orderId,
      event.seq,
      event.type,
      event.atMs,
      recordedAtMs,
      event.actor.kind,
      event.actor.id,
      event.actingUnitId,
      moveOf(event),
      event.data,
      digest === null ? null : Buffer.from(digest).toString("hex"),
      previous === null ? null : Buffer.from(previous).toString("hex"),
    ]),
  );
}
