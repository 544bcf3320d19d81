import type { FastifyRequest } from "fastify";

const safe = new Set(["GET", "HEAD", "OPTIONS"]);

/**
 * Whether a request that changes something was sent by a page of another site (cross-site request forgery). Browsers say
 * so in Sec-Fetch-Site; those too old for it send Origin, which must name this host. A caller that sends neither is no
 * browser page and holds no ambient cookies to abuse.
 */
export function crossSite(request: Pick<FastifyRequest, "method" | "headers" | "host">): boolean {
  if (safe.has(request.method)) return false;
  const site = request.headers["sec-fetch-site"];
  if (typeof site === "string") return site !== "same-origin" && site !== "none";
  const origin = request.headers.origin;
  if (typeof origin !== "string") return false;
  return !URL.canParse(origin) || new URL(origin).host !== request.host;
}
