import assert from "node:assert/strict";
import { test } from "node:test";
import { contentRefusal, type Dates, dayBefore, holding, lifeRefusal, standingOn, type VersionAction } from "./life.ts";
import { questionContent } from "./testing/articles.ts";

const TODAY = "2026-06-08";
const [AUTHOR, OTHER] = [7, 8];
const at = (state: Dates["state"]) => ({ state, authorIds: [AUTHOR] });

const acts: [VersionAction, Dates["state"] | null, number | null, string | null][] = [
  ["edit", "DRAFT", OTHER, null],
  ["edit", "SUBMITTED", AUTHOR, "knowledge.not-at-this-stage"],
  ["edit", "APPROVED", AUTHOR, "knowledge.not-at-this-stage"],
  ["submit", "DRAFT", AUTHOR, null],
  ["submit", null, AUTHOR, "knowledge.not-at-this-stage"],
  ["discard", "DRAFT", AUTHOR, null],
  ["discard", "SUBMITTED", AUTHOR, "knowledge.not-at-this-stage"],
  ["return", "SUBMITTED", OTHER, null],
  ["return", "SUBMITTED", AUTHOR, null],
  ["approve", "SUBMITTED", OTHER, null],
  ["approve", "SUBMITTED", AUTHOR, "knowledge.own-words"],
  ["approve", "SUBMITTED", null, "knowledge.person-needed"],
  ["approve", "DRAFT", OTHER, "knowledge.not-at-this-stage"],
  ["withdraw", "APPROVED", AUTHOR, null],
  ["withdraw", "WITHDRAWN", OTHER, "knowledge.not-at-this-stage"],
];
for (const [action, state, staffId, refused] of acts)
  test(`${staffId === AUTHOR ? "an author" : staffId === null ? "a program" : "somebody else"} may ${refused ? "not " : ""}${action} a version that is ${state}`, () =>
    assert.equal(lifeRefusal(action, state && at(state), staffId)?.refused ?? null, refused));

test("what is submitted says everything its kind has to, and would be in force some day", () => {
  const content = questionContent();
  assert.equal(contentRefusal("QUESTION", { content, validTo: null }, TODAY), null);
  assert.equal(contentRefusal("QUESTION", { content, validTo: TODAY }, TODAY), null);
  assert.equal(contentRefusal("QUESTION", { content, validTo: "2026-06-07" }, TODAY)?.refused, "knowledge.over-already");
  assert.equal(contentRefusal("FAULT", { content, validTo: null }, TODAY)?.refused, "knowledge.causes-missing");
});

test("a version holds from its approval at the earliest, and ends the ones before it the day before", () => {
  assert.deepEqual(holding({ validFrom: null, validTo: null }, TODAY), {
    holdsFrom: TODAY,
    holdsTo: null,
    othersUntil: "2026-06-07",
  });
  assert.equal(holding({ validFrom: "2026-01-01", validTo: null }, TODAY).holdsFrom, TODAY);
  assert.deepEqual(holding({ validFrom: "2026-07-01", validTo: "2026-12-31" }, TODAY), {
    holdsFrom: "2026-07-01",
    holdsTo: "2026-12-31",
    othersUntil: "2026-06-30",
  });
  assert.equal(dayBefore("2026-01-01"), "2025-12-31");
  assert.equal(dayBefore("2028-03-01"), "2028-02-29");
});

const dates = (holdsFrom: string, holdsTo: string | null = null, validTo: string | null = null): Dates => ({
  state: "APPROVED",
  validTo,
  holdsFrom,
  holdsTo,
});
const stands: [Dates, string][] = [
  [dates(TODAY), "IN_FORCE"],
  [dates("2026-01-01", TODAY, TODAY), "IN_FORCE"],
  [dates("2026-06-09"), "UPCOMING"],
  [dates("2026-01-01", "2026-06-07", "2026-06-07"), "EXPIRED"],
  [dates("2026-01-01", "2026-06-07"), "SUPERSEDED"],
  [dates("2026-01-01", "2026-06-07", "2026-12-31"), "SUPERSEDED"],
  [dates("2026-07-01", "2026-06-29"), "SUPERSEDED"],
  [{ state: "WITHDRAWN", validTo: null, holdsFrom: "2026-01-01", holdsTo: null }, "WITHDRAWN"],
  [{ state: "DRAFT", validTo: null, holdsFrom: null, holdsTo: null }, "DRAFT"],
  [{ state: "SUBMITTED", validTo: null, holdsFrom: null, holdsTo: null }, "SUBMITTED"],
];
for (const [version, standing] of stands)
  test(`${version.state} ${version.holdsFrom} – ${version.holdsTo} stands as ${standing}`, () =>
    assert.equal(standingOn(version, TODAY), standing));
