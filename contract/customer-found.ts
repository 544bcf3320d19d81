// A customer found by what a caller says: an account with the reasons why it is shown, and what tells it from its namesakes.
import { z } from "zod";
import { AccountRow } from "./customer.ts";
import { Instant } from "./text.ts";

/** What of an account something typed stands for. */
export const MatchedPart = z.enum(["account-no", "customer-no", "phone", "name", "contact-name", "address"]);
export type MatchedPart = z.infer<typeof MatchedPart>;

/**
 * How it stands there. Exact: `whole` part, its `beginning`, a `piece` of it, pinyin `initials`, full `pinyin`. Tolerant: it `sounds` the
 * same, neighbours are `swapped`, one character is `wrong`, `missing` or too many (`extra`) in what was typed.
 */
export const MatchKind = z.enum([
  "whole",
  "beginning",
  "piece",
  "initials",
  "pinyin",
  "sounds",
  "swapped",
  "wrong",
  "missing",
  "extra",
]);
export type MatchKind = z.infer<typeof MatchKind>;

/** Why an account is shown: one of these for each word typed. */
export const Because = z.object({ word: z.string(), part: MatchedPart, how: MatchKind });
export type Because = z.infer<typeof Because>;

export const FoundAccount = z
  .object({
    ...AccountRow.shape,
    because: z.array(Because),
    /** Something typed had to be forgiven: the agent should have the caller confirm who he is. */
    tolerant: z.boolean(),
    /**
     * Told only where another row would read the same: the last character of the name (`*明`) and the end of the address (`…3栋501室`).
     * Null otherwise, and for readers who may not see personal data in full.
     */
    apart: z.object({ name: z.string(), address: z.string().nullable() }).nullable(),
    /** Last order or call about the customer; null where there was none. */
    lastContactAt: Instant.nullable(),
    openOrders: z.int().describe("Orders about the customer that are open now; hidden callers' are not counted"),
  })
  .meta({ id: "FoundAccount" });
export type FoundAccount = z.infer<typeof FoundAccount>;
