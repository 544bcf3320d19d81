import assert from "node:assert/strict";
import { test } from "node:test";
import { replyForm } from "../../flow/testing/stories.ts";
import { people, type Play, takeIn } from "../../flow/testing/world.ts";

const opened = "2026-03-20T02:00:00Z";
const dayMs = 86_400_000;
// The test world gives 24 hours to be on site, and lets that be moved.
const onSite = (order: Play) =>
  order.clocks.filter(({ slot }) => slot === "on-site").map(({ dueAtMs, status }) => [dueAtMs, status]);
const request = (appointmentAt?: string) =>
  takeIn("service-request", { subtype: "FAST_CHARGE_APPOINTMENT", details: appointmentAt ? { appointmentAt } : {}, at: opened });

test("whoever goes there has until the appointed time where that is later than the limit, and never less than the limit", () => {
  const limit = Date.parse(opened) + dayMs;
  assert.deepEqual(onSite(request()), [[limit, "running"]]);
  assert.deepEqual(onSite(request("2026-03-23T10:00:00+08:00")), [[Date.parse("2026-03-23T02:00:00Z"), "running"]]);
  for (const earlier of ["2026-03-20T11:00:00+08:00", "2026-03-19T11:00:00+08:00"])
    assert.deepEqual(onSite(request(earlier)), [[limit, "running"]], earlier);
});

test("an appointment is kept at its instant, and holds for the episode it was made in", () => {
  const order = request("2026-03-23T10:00:00+08:00");
  const at = Date.parse("2026-03-23T02:00:00Z");
  const sent = order.act(people.dispatcher, "dispatch", { unitId: 4 }).act(people.handler, "accept");
  const arrive = (atMs: number) => sent.act(people.handler, "arrive", { arrivedAt: new Date(atMs).toISOString() }, atMs);
  assert.deepEqual([onSite(arrive(at)), onSite(arrive(at + 1))], [[[at, "met"]], [[at, "missed"]]]);
  const again = arrive(at)
    .act(people.handler, "reply", replyForm)
    .act(people.reviewer, "review-reply", { approved: true })
    .act(people.verifier, "callback", { result: "REACHED", satisfaction: "DISSATISFIED" }, at + 3_600_000);
  assert.deepEqual(onSite(again).at(-1), [at + 3_600_000 + dayMs, "running"]);
});
