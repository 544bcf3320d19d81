// Rules of the loop that are no deadlines: how often a customer is called back, how often an order may be returned. Data, with its basis.
import { z } from "zod";
import { BilingualEntry } from "../../text.ts";

const TimeOfDay = z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/);
/** `source`: stands in a published text; `practice`: generally known, not verified; `proposal`: this product's own; `own`: set by this utility. */
export const PolicyBasis = z.strictObject({ kind: z.enum(["source", "practice", "proposal", "own"]), note: BilingualEntry });
export type PolicyBasis = z.infer<typeof PolicyBasis>;

const practice: PolicyBasis = { kind: "practice", note: { zh: "通行做法，未核实", en: "general practice, not verified" } };
const proposal: PolicyBasis = { kind: "proposal", note: { zh: "本产品建议值", en: "proposed by this product" } };

/** An area that an earlier rulebook holds and nothing asks for any more is passed over; a figure nobody knows is refused. */
export const Policies = z.object({
  /** Attempts to reach the customer: how many, how far apart, and the hours of the night when nobody is called. */
  callback: z
    .strictObject({
      attempts: z.int().min(1).max(20),
      spacingMinutes: z.int().min(0).max(10_080),
      nightFrom: TimeOfDay,
      nightTo: TimeOfDay,
      basis: PolicyBasis,
    })
    .prefault({ attempts: 3, spacingMinutes: 120, nightFrom: "21:00", nightTo: "08:00", basis: practice }),
  /** How often one holder may return an order before the next level arbitrates. */
  returning: z
    .strictObject({ returnsBeforeArbitration: z.int().min(0).max(10), basis: PolicyBasis })
    .prefault({ returnsBeforeArbitration: 1, basis: practice }),
  /** How long one suspension may last at most. */
  suspension: z
    .strictObject({ maxDays: z.int().min(1).max(3660), basis: PolicyBasis })
    .prefault({ maxDays: 180, basis: proposal }),
  /** How far back intake looks for the same matter. */
  repeat: z
    .strictObject({ withinDays: z.int().min(1).max(3660), basis: PolicyBasis })
    .prefault({ withinDays: 30, basis: proposal }),
  /** How much each class weighs in the compliance rate of service connections; only the proportion counts (service-standards §2.5). */
  connection: z
    .strictObject({
      highVoltageWeight: z.int().min(0).max(100),
      lowVoltageWeight: z.int().min(0).max(100),
      generationWeight: z.int().min(0).max(100),
      basis: PolicyBasis,
    })
    .prefault({
      highVoltageWeight: 40,
      lowVoltageWeight: 40,
      generationWeight: 20,
      basis: {
        kind: "proposal",
        note: {
          zh: "考核办法公开文本未载权重，本产品建议值",
          en: "the published rule names no weights; proposed by this product",
        },
      },
    }),
});
export type Policies = z.infer<typeof Policies>;

/** The policies a rulebook has until somebody sets others. */
export const defaultPolicies: Policies = Policies.parse({});
