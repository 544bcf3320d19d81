// What is out, and what is planned, where a customer is supplied: asked of whoever knows. Nobody does yet; the outage slice will.
import type { OutageNotice } from "@bihuan/contract/desk-intake.ts";
import type { z } from "zod";
import type { CustomerRecord } from "../../customer/queries.ts";

/** In: the customer with his accounts, the instant. Out: known outages and planned work that touch one of them, the next first. */
export type OutagesAt = (customer: CustomerRecord, nowMs: number) => Promise<readonly z.input<typeof OutageNotice>[]>;

/** Where no outage is known. */
export const noOutages: OutagesAt = async () => [];
