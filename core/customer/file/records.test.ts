import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { evidenceState, paragraphs, retractionRefusal, visitRefusal } from "./records.ts";

describe("how the evidence of a need stands", () => {
  const cases: [readonly (string | null)[], string, string][] = [
    [[], "MISSING", "nothing there"],
    [["2026-03-01"], "EXPIRED", "ended yesterday"],
    [["2026-03-02"], "EXPIRING", "its last day is today"],
    [["2026-04-01"], "EXPIRING", "ends within the days to renew it in"],
    [["2026-04-02"], "IN_ORDER", "lasts longer than those"],
    [["2026-01-01", "2027-01-01"], "IN_ORDER", "the piece that lasts longest counts"],
    [["2026-01-01", null], "IN_ORDER", "one piece has no end"],
  ];
  for (const [validTo, state, what] of cases)
    test(what, () => assert.equal(evidenceState(validTo, "2026-03-02", "2026-04-01"), state));
});

test("a note is retracted once, by who wrote it", () => {
  assert.equal(retractionRefusal(7, 7, false), null);
  assert.equal(retractionRefusal(7, 8, false)?.refused, "customer.note-of-another");
  assert.equal(retractionRefusal(null, null, false)?.refused, "customer.note-of-another");
  assert.equal(retractionRefusal(7, 7, true)?.refused, "customer.note-retracted");
});

test("only a visit that is still to come is changed", () => {
  assert.equal(visitRefusal("PLANNED"), null);
  for (const state of ["DONE", "CANCELLED"] as const) assert.equal(visitRefusal(state)?.refused, "customer.visit-over");
});

test("several lines keep their breaks and lose what nobody sees", () => {
  assert.equal(paragraphs(50).parse("  一\u0000 行， \r\n\n\n\n二行。\n"), "一 行，\n\n二行。");
  assert.ok(!paragraphs(50).safeParse(" \n ").success);
});
