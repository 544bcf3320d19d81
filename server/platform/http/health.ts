// What operators and load balancers ask: alive, ready, and the figures.
import { timingSafeEqual } from "node:crypto";
import type { FastifyInstance } from "fastify";
import { collectDefaultMetrics, Counter, Gauge, Histogram, Registry } from "prom-client";
import type { JobRunner } from "../jobs/runner.ts";
import type { LiveHub } from "../live/hub.ts";
import type { Platform } from "../platform.ts";
import { sql } from "../sql.ts";

const READY_WITHIN_MS = 2000;

export type Vitals = { readonly live: LiveHub; readonly jobs: JobRunner; stopping(): boolean };

/** Serves `/healthz` (the process answers), `/readyz` (it can do its work) and `/metrics` (Prometheus text). */
export function serveHealth(app: FastifyInstance, platform: Platform, vitals: Vitals) {
  app.get("/healthz", { logLevel: "silent" }, async (_request, reply) =>
    reply.header("cache-control", "no-store").send({ status: "ok" }),
  );
  app.get("/readyz", { logLevel: "silent" }, async (_request, reply) => {
    const checks = {
      accepting: !vitals.stopping(),
      database: await databaseAnswers(platform),
      liveEvents: vitals.live.listening(),
    };
    const ready = Object.values(checks).every(Boolean);
    return reply
      .code(ready ? 200 : 503)
      .header("cache-control", "no-store")
      .send({ status: ready ? "ready" : "not ready", checks });
  });
  const registry = metrics(app, platform, vitals);
  app.get("/metrics", { logLevel: "silent" }, async (request, reply) => {
    if (!allowed(request.headers.authorization, platform.config.metricsToken))
      return reply.code(401).header("www-authenticate", "Bearer").send();
    return reply
      .header("cache-control", "no-store")
      .type(registry.contentType)
      .send(await registry.metrics());
  });
}

async function databaseAnswers(platform: Platform): Promise<boolean> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<false>((resolve) => {
    timer = setTimeout(() => resolve(false), READY_WITHIN_MS);
  });
  const asked = platform.db.one(sql`select 1`).then(
    () => true,
    () => false,
  );
  return Promise.race([asked, late]).finally(() => clearTimeout(timer));
}

function allowed(authorization: string | undefined, token: string | null): boolean {
  if (token === null) return true;
  const given = Buffer.from(authorization ?? "");
  const wanted = Buffer.from(`Bearer ${token}`);
  return given.length === wanted.length && timingSafeEqual(given, wanted);
}

function metrics(app: FastifyInstance, platform: Platform, vitals: Vitals): Registry {
  const registry = new Registry();
  collectDefaultMetrics({ register: registry, prefix: "bihuan_" });
  const registers = [registry];
  const seconds = new Histogram({
    name: "bihuan_http_request_seconds",
    help: "Time to answer, by method, route pattern and status",
    labelNames: ["method", "route", "status"] as const,
    buckets: [0.002, 0.005, 0.01, 0.02, 0.04, 0.08, 0.16, 0.32, 0.64, 1.28, 2.56, 5.12],
    registers,
  });
  app.addHook("onResponse", async (request, reply) => {
    const labels = { method: request.method, route: request.routeOptions.url ?? "unknown", status: reply.statusCode };
    seconds.observe(labels, reply.elapsedTime / 1000);
  });
  const gauge = (name: string, help: string, read: () => number) =>
    new Gauge({
      name: `bihuan_${name}`,
      help,
      registers,
      collect() {
        this.set(read());
      },
    });
  const { pool } = platform.db;
  gauge("database_connections", "Database connections of this process", () => pool.totalCount);
  gauge("database_connections_idle", "Of these, idle", () => pool.idleCount);
  gauge("database_requests_waiting", "Statements waiting for a connection", () => pool.waitingCount);
  gauge("live_streams", "Open live-event streams", () => vitals.live.connections());
  gauge("live_listening", "1 where notifications arrive", () => (vitals.live.listening() ? 1 : 0));
  const counter = (name: string, help: string, read: () => number) =>
    new Counter({
      name: `bihuan_${name}`,
      help,
      registers,
      collect() {
        this.reset();
        this.inc(read());
      },
    });
  counter("jobs_done_total", "Jobs this process finished", () => vitals.jobs.done());
  counter("jobs_failed_total", "Attempts that failed", () => vitals.jobs.failed());
  return registry;
}
