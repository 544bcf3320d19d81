// Extend (延期): a later due time by approval. It gives time and never takes any; the rules say which clocks it moves.
import { z } from "zod";
import { refuse } from "../../refusal.ts";
import { number } from "../event.ts";
import { instantField, text } from "../form.ts";
import { plainEvent } from "../outcome.ts";
import { DAY_MS, type RequestRules } from "./request.ts";

const ExtensionForm = z.strictObject({
  dueAt: instantField({ zh: "延期至", en: "New due time" }),
  reason: text({ zh: "延期原因", en: "Reason" }, { max: 500 }),
});

/** How far ahead a due time may be moved at once: a year and its leap day. Calendars are known for decades, not for ever. */
export const MOST_EXTENSION_DAYS = 366;

export const extension: RequestRules = {
  kind: "extension",
  title: { zh: "申请延期", en: "Ask to extend" },
  form: ExtensionForm,
  asks: ({ value }) => ({ value, data: { dueAtMs: Date.parse(value["dueAt"] as string) } }),
  refusal(data, { context }) {
    const dueAtMs = number(data, "dueAtMs") ?? 0;
    if (dueAtMs <= context.nowMs) return refuse("work-order.extension-past");
    return dueAtMs > context.nowMs + MOST_EXTENSION_DAYS * DAY_MS
      ? refuse("work-order.extension-too-long", { days: MOST_EXTENSION_DAYS })
      : null;
  },
  grants: ({ data }) => plainEvent("extend", { dueAtMs: number(data, "dueAtMs") ?? 0 }),
};
