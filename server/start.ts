// Puts a server together: database, slices, live events, jobs, web app; and takes it apart again in the right order.
import type { ServerResponse } from "node:http";
import type { AddressInfo, Socket } from "node:net";
import type { Operations } from "@bihuan/contract/operation.ts";
import { platformOperations } from "@bihuan/contract/platform.ts";
import { refuse } from "@bihuan/core/refusal.ts";
import manifest from "../package.json" with { type: "json" };
import { access, slices } from "./routes.ts";
import { jobHandlers } from "./jobs.ts";
import { prepare } from "./prepare.ts";
import { serveDocs } from "./platform/http/docs.ts";
import { createApp } from "./platform/http/app.ts";
import { sendRefusal } from "./platform/http/problem.ts";
import { serveHealth } from "./platform/http/health.ts";
import { serveWeb } from "./platform/http/static.ts";
import { mount } from "./platform/http/operations.ts";
import { startJobRunner } from "./platform/jobs/runner.ts";
import { startLiveHub } from "./platform/live/hub.ts";
import { mountLive } from "./platform/live/route.ts";
import type { Platform } from "./platform/platform.ts";

/** Every operation the server has, for its documents. */
export const operationGroups: readonly Operations[] = [...slices.map(({ operations }) => operations), platformOperations];

export type RunningServer = {
  /** Where people reach it. */
  readonly address: string;
  /**
   * Stops taking in, finishes what was taken in (requests, then jobs), closes the streams. In: the longest time to wait for
   * requests that do not end.
   */
  stop(withinMs?: number): Promise<void>;
};

/** Serves the product on an open platform. The platform stays the caller's to close. */
export async function startServer(platform: Platform): Promise<RunningServer> {
  const { config, db, log } = platform;
  await prepare(platform);
  const door = access(platform);
  let stopping = false;
  const [app, live, jobs] = await Promise.all([
    createApp(platform),
    startLiveHub({ db, access: door, log }),
    startJobRunner({ db, handlers: jobHandlers(platform), concurrency: config.jobConcurrency, log }),
  ]);
  // A connection kept open for more, or opened ahead by a browser and silent, would hold up the end.
  let answering = 0;
  const hangUpIfDone = () => {
    if (stopping && answering === 0) app.server.closeAllConnections();
  };
  app.server.on("connection", (socket: Socket) => void (stopping && socket.destroy()));
  app.server.on("request", (_request, response: ServerResponse) => {
    answering++;
    response.once("close", () => {
      answering--;
      hangUpIfDone();
    });
  });
  app.addHook("onRequest", async (request, reply) => {
    if (stopping && request.routeOptions.config.operation)
      return sendRefusal(request, reply, refuse("server.unavailable", { retryAfterSeconds: 2 }));
  });
  app.addHook("onSend", async (_request, reply) => {
    if (stopping) reply.header("connection", "close");
  });
  serveHealth(app, platform, { live, jobs, stopping: () => stopping });
  for (const { operations, routes } of slices) mount(app, operations, routes(platform), door);
  mountLive(app, live, door);
  serveDocs(app, operationGroups, manifest.version);
  await serveWeb(app);
  await app.listen({ host: config.host, port: config.port });
  const { port } = app.server.address() as AddressInfo;
  const host = ["0.0.0.0", "::"].includes(config.host)
    ? "localhost"
    : config.host.includes(":")
      ? `[${config.host}]`
      : config.host;

  return {
    address: config.publicUrl ?? `${config.tls ? "https" : "http"}://${host}:${port}`,
    async stop(withinMs = 30_000) {
      stopping = true;
      await live.close(); // streams never end by themselves
      const cut = setTimeout(() => app.server.closeAllConnections(), withinMs);
      const closed = app.close();
      hangUpIfDone();
      await closed;
      clearTimeout(cut);
      await jobs.stop();
    },
  };
}
