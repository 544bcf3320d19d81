import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import path from "node:path";
import { test } from "node:test";
import { place, slices, violation } from "./boundaries.js";

const allowed: [from: string, target: string][] = [
  ["core/clock/folding/fold.ts", "core/calendar/calendar.ts"],
  ["core/clock/folding/fold.ts", "core/refusal.ts"],
  ["contract/clock.ts", "core/clock/types.ts"],
  ["contract/clock.ts", "contract/identity-access.ts"],
  ["server/work-order/routes.ts", "server/identity/organisation/tree.ts"],
  ["server/start.ts", "server/report/routes.ts"],
  ["server/platform/http/operations.ts", "contract/errors.ts"],
  ["web/clock/clock-list.tsx", "contract/work-order.ts"],
  ["web/pages/order-page.tsx", "web/work-order/order/story/timeline.tsx"],
  ["server/identity/sign-in.test.ts", "server/routes.ts"],
  ["simulator/live/desk.ts", "contract/work-order.ts"],
  ["demo/furnish.ts", "simulator/history.ts"],
];
const refused: [from: string, target: string, because: RegExp][] = [
  ["core/calendar/calendar.ts", "core/clock/types.ts", /calendar may not use clock/],
  ["contract/errors/calendar.ts", "contract/work-order.ts", /calendar may not use work-order/],
  ["server/identity/staff/commands.ts", "server/work-order/store/receipt.ts", /identity may not use work-order/],
  ["core/refusal.ts", "core/identity/scope.ts", /all slices share/],
  ["server/platform/open.ts", "server/identity/memory.ts", /all slices share/],
  ["server/clock/jobs.ts", "server/start.ts", /puts the slices together/],
  ["web/customer/file-form.tsx", "web/work-order/order/story/timeline.tsx", /customer may not use work-order/],
  ["web/platform/session.ts", "server/identity/scope.ts", /web may not use server/],
  ["core/identity/scope.ts", "contract/permissions.ts", /core may not use contract/],
  ["core/calendar/china.test.ts", "server/platform/sql.ts", /core may not use server/],
  ["simulator/live/work.ts", "server/work-order/world.ts", /simulator may not use server/],
  ["server/cli/main.ts", "simulator/history.ts", /server may not use simulator/],
];

test("a slice uses those before it, a package those below it", () => {
  for (const [from, target] of allowed) assert.equal(violation(from, target), null, `${from} → ${target}`);
  for (const [from, target, because] of refused)
    assert.match(violation(from, target) ?? "allowed", because, `${from} → ${target}`);
});

test("core takes nothing from outside but zod, and the web app nothing of Node", () => {
  assert.equal(violation("core/clock/folding/fold.ts", null, { specifier: "zod" }), null);
  assert.match(violation("core/clock/folding/fold.ts", null, { specifier: "node:fs" }) ?? "", /zod is its only dependency/);
  assert.equal(violation("core/clock/folding/fold.test.ts", null, { specifier: "node:fs" }), null);
  assert.match(violation("web/ui/field.tsx", null, { specifier: "node:path" }) ?? "", /browser/);
});

test("SQL is written in queries and commands, not in routes or the command line", () => {
  assert.match(violation("server/clock/routes.ts", "server/platform/sql.ts", { names: ["sql"] }) ?? "", /SQL stands in/);
  assert.match(violation("server/cli/upkeep/audit.ts", "server/platform/sql.ts", { names: ["sql"] }) ?? "", /SQL stands in/);
  assert.equal(violation("server/clock/routes.ts", "server/platform/sql.ts", { names: ["instant"] }), null);
  assert.equal(violation("server/clock/queries.ts", "server/platform/sql.ts", { names: ["sql"] }), null);
});

test("the slices are those of ARCHITECTURE.md, in its order", async () => {
  const text = await readFile(path.join(import.meta.dirname, "../../ARCHITECTURE.md"), "utf8");
  const listed = /from the ground up[^:]*:\s*([^.]*)\./s.exec(text)?.[1] ?? "";
  assert.deepEqual(
    [...listed.matchAll(/`([a-z-]+)`/g)].map((match) => match[1]),
    slices,
  );
  assert.deepEqual(place("contract/errors/work-order.ts"), { package: "contract", slice: "work-order" });
});
