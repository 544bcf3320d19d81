import assert from "node:assert/strict";
import { test } from "node:test";
import { CalendarYearEntry } from "@bihuan/contract/calendar.ts";
import { emptyYear, entryOf, placeOf, readDays } from "./year-entry.ts";

test("a notice as it reads becomes single days, each with its holiday", () => {
  const form = {
    ...emptyYear(2027),
    reference: " 国办发明电〔2026〕7 号 ",
    holidays: [
      { zh: "元旦", en: "New Year's Day", from: "2027-01-01", to: "2027-01-03", makeUp: ["2027-01-04"] },
      { zh: "中秋节", en: "", from: "2027-09-15", to: null, makeUp: [] },
      { zh: "清明节", en: "Qingming Festival", from: null, to: null, makeUp: [] },
    ],
  };
  const entry = entryOf(form);
  assert.deepEqual(
    entry.off.map(({ date, name }) => `${date} ${name.zh} ${name.en}`),
    [
      "2027-01-01 元旦 New Year's Day",
      "2027-01-02 元旦 New Year's Day",
      "2027-01-03 元旦 New Year's Day",
      "2027-09-15 中秋节 中秋节",
    ],
  );
  assert.deepEqual(entry.makeUp, [{ date: "2027-01-04", name: { zh: "元旦", en: "New Year's Day" } }]);
  assert.equal(entry.notice.reference, "国办发明电〔2026〕7 号");
  assert.ok(CalendarYearEntry.safeParse(entry).success);
});

test("an end before its beginning gives no day, and the server says what is wrong", () => {
  const form = { ...emptyYear(2027), holidays: [{ zh: "元旦", en: "", from: "2027-01-03", to: "2027-01-01", makeUp: [] }] };
  assert.deepEqual(entryOf(form).off, []);
});

test("days worked instead are typed as in the notice", () => {
  assert.deepEqual(readDays("2-14、2027-02-28", 2027), ["2027-02-14", "2027-02-28"]);
  assert.deepEqual(readDays(" ", 2027), []);
  for (const wrong of ["2-30", "soon", "13-1", "2-14 x"]) assert.equal(readDays(wrong, 2027), null);
});

test("a problem is told at the part of the form it is about", () => {
  const parts = ["off", "off.3.date", "makeUp", "makeUp.0.date", "notice.reference", "year", "extraDays"].map(placeOf);
  assert.deepEqual(parts, ["off", "off", "makeUp", "makeUp", "reference", "year", "year"]);
});
