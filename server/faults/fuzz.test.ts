// Ten thousand requests made from the OpenAPI document, right and wrong, by nobody, by a person who may do everything and by
// a key: none makes the server fail, every refusal is one of the catalogue, and what was kept is whole.
import assert from "node:assert/strict";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { after, test } from "node:test";
import { errorCatalogue } from "@bihuan/contract/errors.ts";
import { Problem } from "@bihuan/contract/platform.ts";
import { type Role, roles } from "@bihuan/core/identity/roles.ts";
import fc from "fast-check";
import { signedIn, testUnits, withApiKey } from "../identity/testing/people.ts";
import { UNIT_MOVED_JOB } from "../identity/organisation/commands.ts";
import { forgetTree } from "../identity/organisation/tree.ts";
import { jobHandlers } from "../jobs.ts";
import { startJobRunner } from "../platform/jobs/runner.ts";
import { until } from "../platform/testing/until.ts";
import { serveDocs } from "../platform/http/docs.ts";
import { serveWeb } from "../platform/http/static.ts";
import { sql } from "../platform/sql.ts";
import { testDatabase } from "../platform/testing/database.ts";
import { testPlatform, testServer } from "../platform/testing/server.ts";
import { manualTime } from "../platform/time.ts";
import { prepare } from "../prepare.ts";
import { access, slices } from "../routes.ts";
import { operationGroups } from "../start.ts";
import { audit } from "../work-order/audit/audit.ts";
import { orderPorts } from "../work-order/ports.ts";
import { lookAround } from "./testing/knowledge.ts";
import { type Document, type GeneratedRequest, requestsOf, type Schema } from "./testing/requests.ts";

const REQUESTS = 10_000;
const ROUNDS = 12; // between them the attacker looks around again: orders have moved, and their forms with them
const SEED = 20_260_320;

const folder = await mkdtemp(path.join(tmpdir(), "bihuan-fuzz-"));
const db = await testDatabase();
const time = manualTime("2026-03-20T02:00:00Z");
const platform = testPlatform(db, time, { BIHUAN_ATTACHMENTS: folder, BIHUAN_DATA: folder });
const units = await testUnits(platform);
const unit = (code: string) => units[code] as number;
await prepare(platform);
const server = await testServer({ platform, slices, access: access(platform) });
serveDocs(server.app, operationGroups, "0.0.0");
await serveWeb(server.app, folder); // no web app is there: what is not found is refused as in service
let lastError = "";
server.app.addHook("onError", async (_request, _reply, error) => {
  lastError = error.stack ?? String(error);
});
after(async () => {
  await server.app.close();
  await rm(folder, { recursive: true, force: true });
});
const document = (await server.app.inject("/api/openapi.json")).json<Document>();
const operations = Object.entries(document.paths)
  .flatMap(([at, methods]) => Object.entries(methods).map(([method, operation]) => ({ at, method, operation })))
  .filter(({ at }) => at !== "/api/live"); // a stream: the answer has no end

// Nobody holds all of these together; here they let every request reach its handler.
const everything = roles.map((role): [Role, number] => [role, unit("P")]);
const newPerson = () => signedIn(platform, everything);
const newKey = () =>
  withApiKey(
    platform,
    everything.filter(([role]) => !role.endsWith("_ADMIN")),
  );

const shown = ({ method, url, headers, payload }: GeneratedRequest, caller: string): string =>
  `${caller} ${method} ${url.slice(0, 300)} ${JSON.stringify(headers).slice(0, 200)} ${(payload ?? "").slice(0, 600)}`;

/** Lets the jobs run that the requests left behind: orders follow units that were moved, and are bound to new rules. */
async function finishJobs() {
  const runner = await startJobRunner({ db, handlers: jobHandlers(platform), concurrency: 2, log: platform.log });
  const waiting = () =>
    db.maybe(
      sql`select from graphile_worker.jobs where task_identifier = ${UNIT_MOVED_JOB} or task_identifier like 'clock.%' limit 1`,
    );
  await until(async () => (await waiting()) === null).finally(() => runner.stop());
}

/** What is wrong with an answer, or null. */
function faultOf(status: number, type: string, body: string): string | null {
  if (status >= 500) return `${status}: ${lastError.slice(0, 1200)}`;
  if (status < 400 || body === "") return null;
  if (!type.startsWith("application/problem+json")) return `refused as ${type}: ${body.slice(0, 200)}`;
  const problem = Problem.strict().safeParse(JSON.parse(body));
  if (!problem.success) return `refused with a body that is no problem: ${problem.error.message}`;
  return problem.data.code in errorCatalogue ? null : `refused with ${problem.data.code}, which is not catalogued`;
}

test("ten thousand random and malformed requests are answered or refused in the catalogue's words, and nothing is half-done", async () => {
  const faults: { request: string; answer: string }[] = [];
  const done = new Map<string, number>();
  const callers = { person: await newPerson(), key: await newKey(), nobody: { headers: {} } };
  let sent = 0;
  for (let round = 0; round < ROUNDS; round++) {
    time.advanceMs(7 * 60_000);
    await db.run(sql`update unit set active = true`); // some were switched off on the way
    forgetTree(db);
    const city = ["A", "A1", "A11", "A111"].map(unit);
    const known = await lookAround(server, document, callers.person.headers, { all: Object.values(units), city });
    for (const [index, { at, method, operation }] of operations.entries()) {
      const many = ["takeIn", "act"].includes(operation.operationId) ? 4 : 1;
      const numRuns = Math.ceil(REQUESTS / ROUNDS / operations.length) * many;
      const requests = fc.sample(requestsOf(document, at, method, operation, known), {
        seed: SEED + round * 1000 + index,
        numRuns,
      });
      for (const [number, request] of requests.entries()) {
        const caller = (["person", "key", "person", "nobody"] as const)[(number + round + index) % 4] ?? "person";
        const { statusCode, headers, body } = await server.app.inject({
          method: request.method as "GET",
          url: request.url,
          headers: { ...callers[caller].headers, ...request.headers },
          ...(request.payload === undefined ? {} : { payload: request.payload }),
        });
        sent++;
        if (statusCode < 300) done.set(operation.operationId, (done.get(operation.operationId) ?? 0) + 1);
        const fault = faultOf(statusCode, String(headers["content-type"]), body);
        if (fault) faults.push({ request: shown(request, caller), answer: fault });
        // Signed out, revoked or deprived of everything by his own doing: somebody else goes on.
        if (statusCode === 401 && caller === "person") callers.person = await newPerson();
        if (statusCode === 401 && caller === "key") callers.key = await newKey();
      }
    }
  }
  assert.deepEqual(faults.slice(0, 20), [], `${faults.length} of ${sent} were answered wrongly`);
  assert.ok(sent >= REQUESTS, `only ${sent} were sent`);
  // The dice are seeded, but contracts grow: should most requests fail at the door, the test would prove little.
  assert.ok(done.size > operations.length * 0.8, `only ${done.size} of ${operations.length} operations were ever done`);
  assert.ok((done.get("takeIn") ?? 0) > 25 && (done.get("act") ?? 0) > 25, JSON.stringify([...done]));
  await finishJobs();
  assert.deepEqual((await audit(db, orderPorts(platform))).violations, []);
});

test("every whole number a request may carry is bounded by what its column holds", () => {
  const unbounded: string[] = [];
  const visit = (schema: Schema, at: string, through: ReadonlySet<string>) => {
    const named = typeof schema["$ref"] === "string" ? (schema["$ref"].split("/").at(-1) ?? "") : null;
    if (named !== null) {
      const target = document.components.schemas[named];
      if (target && !through.has(named)) visit(target, `${at} ${named}`, new Set([...through, named]));
      return;
    }
    const types = [schema["type"]].flat();
    if (types.includes("integer") && !(Math.abs(Number(schema["maximum"] ?? schema["exclusiveMaximum"])) <= 2_147_483_647))
      unbounded.push(at);
    for (const [key, child] of Object.entries(schema))
      if (child !== null && typeof child === "object") visit(child as Schema, `${at}.${key}`, through);
  };
  for (const { operation } of operations) {
    for (const { name, schema } of operation.parameters) visit(schema, `${operation.operationId} ${name}`, new Set());
    for (const { schema } of Object.values(operation.requestBody?.content ?? {})) visit(schema, operation.operationId, new Set());
  }
  assert.deepEqual(unbounded, []);
});
