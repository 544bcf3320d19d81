import { z } from "zod";
import { defineOperation } from "./operation.ts";
import { Bilingual } from "./text.ts";

/** What every refusal looks like on the wire: RFC 9457 with both languages beside the caller's. */
export const Problem = z
  .object({
    type: z.string().describe("Where this kind of refusal is explained"),
    title: z.string().describe("What happened, in the caller's language"),
    status: z.int(),
    detail: z.string().describe("What was kept and what to do, in the caller's language"),
    code: z.string().describe("Entry of the error catalogue"),
    titles: Bilingual,
    details: Bilingual,
    facts: z.record(z.string(), z.union([z.string(), z.number(), z.boolean(), z.null()])),
    requestId: z.string(),
    errors: z
      .array(
        z.object({
          in: z.enum(["path", "query", "body", "header"]),
          path: z.string().describe("The field, with dots and indexes: `contacts.0.phone`"),
          message: z.string(),
          messages: Bilingual,
        }),
      )
      .optional()
      .describe("One entry per field that was not understood"),
  })
  .meta({ id: "Problem" });
export type Problem = z.infer<typeof Problem>;

/** What the browser is told through `/api/live`: something changed, read it again. Never the content itself. */
export const LiveEvent = z
  .object({
    type: z.string().describe("`slice.what-happened`, such as `order.changed`"),
    id: z.string().nullable().describe("The thing that changed"),
    version: z.int().nullable(),
  })
  .meta({ id: "LiveEvent" });
export type LiveEvent = z.infer<typeof LiveEvent>;

export const platformOperations = {
  live: defineOperation({
    method: "GET",
    path: "/live",
    tag: "platform",
    access: "signed-in",
    summary: { zh: "实时事件（SSE）", en: "Live events (server-sent)" },
    produces: "text/event-stream",
  }),
};
