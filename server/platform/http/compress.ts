import { promisify } from "node:util";
import { gzip } from "node:zlib";
import type { FastifyInstance } from "fastify";

const LEAST_BYTES = 4096; // below this, packing costs more than the line
const packed = promisify(gzip);

/**
 * Packs larger texts for those who accept gzip: a list of orders shrinks to a tenth on a county's line. (Answers hold no
 * secret beside text an attacker could choose, so that their length tells nothing worth guessing at.)
 */
export function compress(app: FastifyInstance) {
  app.addHook("onSend", async (request, reply, payload) => {
    if (typeof payload !== "string" || payload.length < LEAST_BYTES || reply.hasHeader("content-encoding")) return payload;
    reply.header("vary", "accept-encoding");
    if (!/\bgzip\b/.test(request.headers["accept-encoding"] ?? "")) return payload;
    reply.header("content-encoding", "gzip").removeHeader("content-length");
    return packed(payload, { level: 4 });
  });
}
