import type { FastifyInstance } from "fastify";

// Ant Design writes its styles at run time, so styles may stand inline; scripts may not.
const CONTENT_SECURITY_POLICY = [
  "default-src 'self'",
  "script-src 'self'",
  "style-src 'self' 'unsafe-inline'",
  "img-src 'self' data: blob:",
  "font-src 'self' data:",
  "connect-src 'self'",
  "worker-src 'self' blob:",
  "object-src 'none'",
  "base-uri 'none'",
  "form-action 'self'",
  "frame-ancestors 'none'",
].join("; ");

/** Headers every answer carries. */
export function securityHeaders(app: FastifyInstance, options: { https: boolean }) {
  app.addHook("onRequest", async (_request, reply) => {
    reply.headers({
      "content-security-policy": CONTENT_SECURITY_POLICY,
      "x-content-type-options": "nosniff",
      "x-frame-options": "DENY",
      "referrer-policy": "no-referrer",
      "cross-origin-opener-policy": "same-origin",
      "cross-origin-resource-policy": "same-origin",
      "permissions-policy": "camera=(), geolocation=(self), microphone=()",
      ...(options.https ? { "strict-transport-security": "max-age=31536000" } : {}),
    });
  });
}
