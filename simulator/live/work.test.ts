import assert from "node:assert/strict";
import { describe, test } from "node:test";
import type { EventView, OrderView } from "@bihuan/contract/work-order.ts";
import { countyOf } from "../county/county.ts";
import { CENTRE, organisation } from "../county/organisation.ts";
import { staffOf, VISITORS_CREW } from "../county/staff.ts";
import { planFor } from "./work.ts";

const numbered = (codes: readonly string[], from: number) => new Map(codes.map((code, index) => [code, from + index]));
const county = countyOf(
  {
    units: numbered(
      organisation.map(({ code }) => code),
      1,
    ),
    staff: numbered(
      staffOf("test").map(({ account }) => account),
      1000,
    ),
  },
  { seed: "test", customers: 2000 },
);
const VISITOR = 9999;
const MINUTE = 60_000;
const now = Date.parse("2026-06-11T03:00:00Z");
const pace = { speed: 60, missesClocks: true };
const other = organisation.find(({ kind, code }) => kind === "CREW" && code === "WH-G3-Q1")?.code ?? "";

/** A fault that was dispatched to a crew a minute ago, or accepted there by somebody. */
function fault(crew: string, acceptedBy: number | null): OrderView {
  const desk = county.unitId(CENTRE);
  const event = (type: string, step: string, unit: number, data: object, by: number): EventView => ({
    seq: 0,
    type,
    title: { zh: type, en: type },
    at: new Date(now - MINUTE).toISOString(),
    actor: { kind: "staff", id: by, name: "" },
    actingUnit: null,
    step,
    unit: { unitId: unit, name: "" },
    episode: 1,
    data: { ...data },
    personal: null,
    hash: "",
  });
  const unitId = county.unitId(crew);
  const facts = { flow: "fault-repair", subtype: null, areaClass: "URBAN", identity: "NAMED", origin: "HOTLINE_95598" };
  const events = [
    event("intake", "dispatching", desk, { facts, flowVersion: 1, rulebookVersion: 1, details: {} }, 1000),
    event("dispatch", "accepting", unitId, { unitId }, 1014),
    ...(acceptedBy === null ? [] : [event("accept", "travelling", unitId, {}, acceptedBy)]),
  ].map((one, index) => ({ ...one, seq: index + 1 }));
  const view: Partial<OrderView> = {
    orderId: "1002026061100000001",
    flow: "fault-repair",
    title: "整户停电，邻居家有电",
    transformerArea: `${crew.slice(0, 5)}-002`,
    dueAt: null,
    holder: acceptedBy === null ? null : { staffId: acceptedBy, name: "" },
    version: events.length,
    events,
  };
  return view as OrderView;
}
const colleague = county.at(VISITORS_CREW, "HANDLER")[0]?.staffId ?? 0;
const planned = (view: OrderView) => planFor(county, view, pace, now);

describe("what is left to whoever looks on", () => {
  test("an order he accepted is his: nobody takes it from him", () => assert.equal(planned(fault(VISITORS_CREW, VISITOR)), null));

  test("an order a colleague accepted goes on, by that colleague", () => {
    const deed = planned(fault(VISITORS_CREW, colleague))?.deed;
    assert.deepEqual([deed?.action, deed?.by !== "system" && deed?.by.staffId], ["arrive", colleague]);
  });

  test("what comes to his crew waits twenty minutes for him, what comes to another crew does not wait", () => {
    assert.ok((planned(fault(VISITORS_CREW, null))?.deed.atMs ?? 0) >= now + 19 * MINUTE);
    assert.ok((planned(fault(other, null))?.deed.atMs ?? 0) < now + 2 * MINUTE);
  });

  test("the same order is planned the same way however often it is looked at", () => {
    const [first, second] = [planned(fault(other, null)), planned(fault(other, null))];
    assert.deepEqual(first?.deed.form(now), second?.deed.form(now));
    assert.equal(first?.deed.atMs, second?.deed.atMs);
  });
});
