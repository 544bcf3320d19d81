import { platformOperations } from "@bihuan/contract/platform.ts";
import type { FastifyInstance } from "fastify";
import { type Access, mount } from "../http/operations.ts";
import type { LiveHub } from "./hub.ts";

/** Serves `/api/live`, the stream of server-sent events a page listens to. */
export function mountLive(app: FastifyInstance, hub: LiveHub, access: Access) {
  mount(
    app,
    platformOperations,
    {
      async live({ request, reply, session }) {
        const asked = request.headers["last-event-id"];
        const hears = await access.audience(session);
        reply.hijack();
        const { raw } = reply;
        raw.writeHead(200, {
          ...(reply.getHeaders() as Record<string, string>),
          "content-type": "text/event-stream; charset=utf-8",
          "cache-control": "no-store",
          "x-accel-buffering": "no", // nginx would hold events back
        });
        raw.on("error", () => undefined); // a browser that went away; `close` follows
        request.raw.socket.setTimeout(0);
        const close = hub.open({ session, hears, sink: raw }, typeof asked === "string" ? asked : null);
        if (raw.closed) close();
        else raw.on("close", close);
        return undefined as never;
      },
    },
    access,
  );
}
