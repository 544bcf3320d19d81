// The HTTP server of one process: what every answer has in common, and what stands beside the slices' operations.
import { isUtf8 } from "node:buffer";
import { readFile } from "node:fs/promises";
import type { Socket } from "node:net";
import cookie from "@fastify/cookie";
import multipart from "@fastify/multipart";
import rateLimit from "@fastify/rate-limit";
import { isRefusal, type Refusal, refuse } from "@bihuan/core/refusal.ts";
import Fastify, { type FastifyError, type FastifyInstance, type FastifyReply, type FastifyRequest, LogController } from "fastify";
import { connectionLost, sqlState } from "../database.ts";
import type { Platform } from "../platform.ts";
import { compress } from "./compress.ts";
import { rawAnswer, sendRefusal } from "./problem.ts";
import { securityHeaders } from "./security-headers.ts";

const BODY_LIMIT_BYTES = 1024 * 1024;

/** Makes the Fastify instance, without routes. */
export async function createApp(platform: Platform): Promise<FastifyInstance> {
  const { config, log } = platform;
  const https = config.tls ? { cert: await readFile(config.tls.certFile), key: await readFile(config.tls.keyFile) } : null;
  const app = Fastify({
    loggerInstance: log as never,
    logController: new LogController({ disableRequestLogging: true, requestIdLogLabel: "requestId" }),
    bodyLimit: BODY_LIMIT_BYTES,
    trustProxy: config.trustProxy ? config.trustProxy.split(",").map((address) => address.trim()) : false,
    genReqId: () => crypto.randomUUID(),
    routerOptions: { maxParamLength: 500 },
    frameworkErrors: (error: FastifyError, request: FastifyRequest, reply: FastifyReply) => sendError(error, request, reply),
    clientErrorHandler: answerNoRequest,
    requestTimeout: 300_000, // an attachment over a village's line
    forceCloseConnections: "idle",
    ...(https ? { https } : {}),
  } as object) as FastifyInstance;
  // An expectation we do not know is no reason not to answer.
  app.server.on("checkExpectation", (request, response) => app.server.emit("request", request, response));
  readJson(app);
  await app.register(cookie);
  await app.register(multipart, {
    limits: { fileSize: config.attachmentLimitBytes, files: 20, fields: 50, fieldSize: 64 * 1024, parts: 70 },
  });
  await app.register(rateLimit, {
    global: false,
    errorResponseBuilder: (_request, context) => refuse("request.too-many", { retryAfterSeconds: Math.ceil(context.ttl / 1000) }),
  });
  // Browsers count down by the server's clock: the platform's time source, and none other.
  app.addHook("onRequest", async (_request, reply) => {
    reply.header("date", new Date(platform.time.nowMs()).toUTCString());
  });
  securityHeaders(app, { https: https !== null });
  compress(app);
  logRequests(app);
  app.setErrorHandler((error: FastifyError | Refusal, request, reply) => sendError(error, request, reply));
  return app;
}

// Bytes that are no UTF-8 would be kept as question marks: they are refused, as is every type we do not read.
function readJson(app: FastifyInstance) {
  const parse = app.getDefaultJsonParser("error", "error");
  app.removeAllContentTypeParsers();
  app.addContentTypeParser("application/json", { parseAs: "buffer" }, (request, body: Buffer, done) => {
    if (isUtf8(body)) void parse(request, body.toString(), done);
    else done(Object.assign(new Error("the body is not UTF-8"), { statusCode: 400 }));
  });
}

// What never became a request: no HTTP, headers without end, a body that trickles.
function answerNoRequest(error: Error & { readonly code?: string }, socket: Socket) {
  if (error.code === "ECONNRESET" || socket.destroyed) return;
  const refusal =
    error.code === "HPE_HEADER_OVERFLOW"
      ? refuse("request.headers-too-large")
      : error.code === "ERR_HTTP_REQUEST_TIMEOUT"
        ? refuse("request.too-slow")
        : refuse("request.invalid");
  if (socket.writable) socket.write(rawAnswer(refusal));
  socket.destroySoon();
}

function sendError(error: FastifyError | Refusal, request: FastifyRequest, reply: FastifyReply): FastifyReply {
  if (isRefusal(error)) return sendRefusal(request, reply, error);
  const refusal = refusalOf(error);
  if (refusal.refused === "server.failure")
    request.log.error({ err: error, route: request.routeOptions.url }, "a request failed");
  if (refusal.refused === "server.unavailable") request.log.warn({ err: error }, "the database is not reachable");
  return sendRefusal(request, reply, refusal);
}

// The reader of multipart bodies throws these without a code.
const multipartFault =
  /^(Multipart: Boundary not found|The needle cannot|Unsupported Content-Type|(Part |File |Field )?(terminated early|Unexpected end of multipart))/i;

// What Fastify and PostgreSQL throw, in the words of the catalogue; the rest is ours and stays hidden behind the request's number.
function refusalOf(error: FastifyError): Refusal {
  if (sqlState(error) === "22021") return refuse("request.invalid"); // a NUL character, which PostgreSQL cannot hold
  if (multipartFault.test(error.message)) return refuse("request.invalid");
  if (connectionLost(error)) return refuse("server.unavailable", { retryAfterSeconds: 2 });
  switch (error.code) {
    case "FST_ERR_CTP_BODY_TOO_LARGE":
    case "FST_REQ_FILE_TOO_LARGE":
    case "FST_FIELDS_LIMIT":
    case "FST_FILES_LIMIT":
    case "FST_PARTS_LIMIT":
      return refuse("request.too-large", { limit: "1 MiB" });
    case "FST_ERR_CTP_INVALID_MEDIA_TYPE":
    case "FST_INVALID_MULTIPART_CONTENT_TYPE":
      return refuse("request.unsupported-media");
    default:
      return error.statusCode !== undefined && error.statusCode >= 400 && error.statusCode < 500
        ? refuse("request.invalid")
        : refuse("server.failure");
  }
}

// One line for each request: the route's pattern, not the address, which may hold what a person searched for.
function logRequests(app: FastifyInstance) {
  app.addHook("onResponse", async (request, reply) => {
    const { statusCode } = reply;
    const line = {
      method: request.method,
      route: request.routeOptions.url ?? "unknown",
      status: statusCode,
      durationMs: Math.round(reply.elapsedTime * 10) / 10,
    };
    if (statusCode >= 500) request.log.warn(line, "request");
    else request.log.debug(line, "request");
  });
}
