import assert from "node:assert/strict";
import { test } from "node:test";
import {
  discard,
  type Draft,
  type Drafts,
  finish,
  isBlank,
  isWritten,
  newDraft,
  readDraft,
  readDrafts,
  switchTo,
  takeUp,
  unanswered,
  withOthers,
} from "./draft.ts";

const nowMs = Date.parse("2026-06-12T09:00:00+08:00");
const blank = newDraft("a", nowMs);
const customer = { customerId: "3201000000017", accountNo: "3201004471" };
const withText: Draft = { ...blank, id: "b", customer, label: "陈**", form: { title: "整户停电" } };
const holding = (current: Draft, aside: Draft[] = []): Drafts => ({ current, aside, past: [] });

test("what was written is kept, a customer alone is found again", () => {
  const cases: readonly [what: Partial<Draft>, written: boolean, blank: boolean][] = [
    [{}, false, true],
    [{ form: { origin: "HOTLINE_95598", areaClass: "RURAL", urgency: "GENERAL" } }, false, true],
    [{ form: { title: "  " } }, false, true],
    [{ customer }, false, false],
    [{ callId: "c1" }, false, false],
    [{ form: { title: "停电" } }, true, false],
    [{ form: { contactPhone: "13912349999" } }, true, false],
    [{ category: { flow: "inquiry", subtype: null } }, false, true],
    [{ details: { "fault-repair": { scope: "UNKNOWN", danger: false } } }, false, true],
    [{ details: { "connection-hv-single": { capacityKva: 630 } } }, true, false],
    [{ details: { "fault-repair": { symptom: "变压器嗡嗡响" } } }, true, false],
    [{ linked: ["3202026061200000001"] }, true, false],
  ];
  for (const [what, written, none] of cases) {
    const draft = { ...blank, ...what };
    assert.deepEqual([isWritten(draft), isBlank(draft)], [written, none], JSON.stringify(what));
  }
});

test("another call never throws a draft away: it lies aside and is taken up again", () => {
  const called = switchTo(holding(withText), newDraft("c", nowMs, "call-1"));
  assert.deepEqual(called.aside, [withText]);
  assert.equal(called.current.callId, "call-1");
  const back = takeUp({ ...called, current: { ...called.current, form: { title: "咨询电价" } } }, "b");
  assert.deepEqual(back.current, withText);
  assert.deepEqual(
    back.aside.map(({ id }) => id),
    ["c"],
  );
});

test("what nobody has written in is not put aside", () => {
  assert.deepEqual(switchTo(holding({ ...blank, customer }), newDraft("c", nowMs)).aside, []);
  assert.deepEqual(takeUp(holding(blank, [withText]), "b"), holding(withText));
});

test("a draft that is not there is not taken up, and one that is thrown away is gone", () => {
  assert.deepEqual(takeUp(holding(blank, [withText]), "z"), holding(blank, [withText]));
  assert.deepEqual(discard(holding(blank, [withText]), "b"), { ...holding(blank), past: ["b"] });
});

test("drafts come back from where they were kept as they were; what cannot be read is no draft", () => {
  const drafts = holding(withText, [blank]);
  assert.deepEqual(readDrafts(JSON.stringify(drafts)), drafts);
  for (const text of [null, "", "null", "{}", '{"current":{"id":1},"aside":[]}', "not json"])
    assert.equal(readDrafts(text), null);
});

test("a call opens the desk once: not while it is in hand or lies aside, and not once it was dealt with", () => {
  const call = (callNo: string, endedAt: string | null = null, orderIds: string[] = []) => ({ callNo, endedAt, orderIds });
  const calls = [call("a"), call("over", "2026-06-12T01:00:00Z"), call("b"), call("taken-in", null, ["3202026061200000001"])];
  const names = (drafts: Drafts) => unanswered(drafts, calls).map(({ callNo }) => callNo);
  const inHand = switchTo(holding(blank), newDraft("c", nowMs, "a"));
  assert.deepEqual(names(holding(blank)), ["a", "b"]);
  assert.deepEqual(names(inHand), ["b"]);
  const aside = switchTo({ ...inHand, current: { ...inHand.current, form: { title: "停电" } } }, newDraft("d", nowMs, "b"));
  assert.deepEqual(names(aside), []);
  assert.deepEqual(names(finish(inHand, blank)), ["b"], "told and left without an order");
  assert.deepEqual(names(switchTo(inHand, blank)), ["b"]);
});

test("drafts of another desk join those aside, once", () => {
  const other: Draft = { ...withText, id: "other" };
  const joined = withOthers(holding(blank, [withText]), [withText, blank, other]);
  assert.deepEqual(
    joined.aside.map(({ id }) => id),
    ["b", "other"],
  );
  assert.deepEqual(withOthers(discard(joined, "other"), [other]).aside, [withText], "thrown away here");
  const taken = finish(holding(withText), blank);
  assert.deepEqual(withOthers(taken, [withText]).aside, [], "taken in: a copy that comes late is no demand");
  assert.deepEqual(readDraft(JSON.parse(JSON.stringify(other))), other);
  assert.equal(readDraft({ id: "of an older program" }), null);
});
