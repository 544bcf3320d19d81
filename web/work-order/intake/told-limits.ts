// Which limits a caller is told: what regulation or a promise gives them, never a target or an internal limit.
import type { ClockView } from "@bihuan/contract/work-order.ts";

/** What a caller waits for, in the order in which they ask. */
export const toldSlots = ["arrival", "on-site", "first-contact", "work", "answer"] as const;
export type ToldSlot = (typeof toldSlots)[number];
export type ToldLimit = { readonly slot: ToldSlot; readonly authority: "law" | "promise"; readonly dueAt: string };

/** One limit for each thing the caller waits for, the tightest; the earliest due first. In: the clocks of an order or a preview. */
export function toldLimits(clocks: readonly ClockView[]): ToldLimit[] {
  return toldSlots
    .flatMap((slot) => {
      const [tightest] = clocks
        .flatMap((clock): ToldLimit[] =>
          clock.slot === slot && clock.authority !== "internal" && clock.limitKind === "max" && clock.dueAt !== null
            ? [{ slot, authority: clock.authority, dueAt: clock.dueAt }]
            : [],
        )
        .sort((a, b) => Date.parse(a.dueAt) - Date.parse(b.dueAt));
      return tightest ?? [];
    })
    .sort((a, b) => Date.parse(a.dueAt) - Date.parse(b.dueAt));
}
