// The web app as built (web/dist): hashed files for ever, the page itself always asked for again.
import { existsSync } from "node:fs";
import { readFile } from "node:fs/promises";
import path from "node:path";
import fastifyStatic from "@fastify/static";
import { refuse } from "@bihuan/core/refusal.ts";
import type { FastifyInstance } from "fastify";
import { sendRefusal } from "./problem.ts";

export const webFolder = path.join(import.meta.dirname, "../../../web/dist");

/**
 * Serves the web app, and its page for every address that is one of the app's own. Unknown files and unknown `/api`
 * addresses are 404: a missing script answered with the page would be a blank screen without an error.
 */
export async function serveWeb(app: FastifyInstance, folder: string = webFolder): Promise<void> {
  const index = path.join(folder, "index.html");
  const present = existsSync(index);
  if (present)
    await app.register(fastifyStatic, {
      root: folder,
      preCompressed: true,
      cacheControl: false,
      setHeaders: (reply, file) => {
        const hashed = path.relative(folder, file).startsWith(`assets${path.sep}`);
        reply.header("cache-control", hashed ? "public, max-age=31536000, immutable" : "no-cache");
      },
    });
  app.setNotFoundHandler(async (request, reply) => {
    const pathname = request.url.split("?", 1)[0] ?? "";
    const page =
      present &&
      (request.method === "GET" || request.method === "HEAD") &&
      !/^\/(api|assets)(\/|$)/.test(pathname) &&
      !/\.[a-z0-9]{2,5}$/i.test(pathname);
    if (page)
      return reply
        .header("cache-control", "no-cache")
        .type("text/html; charset=utf-8")
        .send(await readFile(index));
    return sendRefusal(request, reply, refuse("request.not-found"));
  });
}
