import assert from "node:assert/strict";
import { test } from "node:test";
import { labelsOf } from "./labels.ts";
import { EventMapping, matcher, RequestMapping, sourceName } from "./mapping.ts";
import { missingColumns } from "./row.ts";

const requests = {
  kind: "service-requests",
  name: "demo",
  zone: "floating",
  time: "YYYY-MM-DD HH:mm",
  columns: { id: "No", unit: "Dept", opened: "Opened", due: "Due", closed: "Closed", type: "Kind" },
};
const places = (value: unknown) =>
  RequestMapping.safeParse(value)
    .error?.issues.map((issue) => issue.path.join("."))
    .sort();

test("every mistake of a mapping is found at once", () => {
  assert.equal(RequestMapping.safeParse(requests).success, true);
  assert.deepEqual(
    places({
      kind: "service-requests",
      zone: "Mars",
      time: "HH:mm",
      columns: { id: "No", colour: "Red" },
      also: [{ columns: ["A"] }],
    }),
    ["also.0.columns", "columns", "columns.opened", "name", "time", "zone"],
  );
});

test("a verdict's column and its words belong together", () => {
  const withColumn = { ...requests, columns: { ...requests.columns, verdict: "ok" } };
  assert.deepEqual(places(withColumn), ["verdict"]);
  assert.equal(RequestMapping.safeParse({ ...withColumn, verdict: { met: ["Y"], missed: ["N"] } }).success, true);
});

test("columns the file lacks are named, each once", () => {
  const mapping = RequestMapping.parse({ ...requests, also: ["Area", "Dept", { columns: ["A", "B"] }] });
  assert.deepEqual(missingColumns(mapping, ["No", "Opened", "Due", "Closed", "Kind", "A"]), ["Dept", "Area", "B"]);
});

test("reports can be grouped by the shared words and by every mapped column, but not by times and ids", () => {
  const mapping = RequestMapping.parse({ ...requests, also: ["Area", { column: "Bezirk", as: "district" }] });
  assert.deepEqual(
    labelsOf(mapping).map(({ name }) => name),
    ["unit", "type", "Dept", "Kind", "Area", "district"],
  );
});

test("a state of two columns is called by both", () => {
  const mapping = EventMapping.parse({
    kind: "ticket-events",
    name: "log",
    zone: "UTC",
    columns: { id: "case", at: "when", state: { columns: ["status", "sub"] } },
  });
  assert.equal(sourceName(mapping.columns.state), "status / sub");
});

test("a star in a pattern stands for any text, everything else for itself", () => {
  const waits = matcher(["Awaiting*", "* / Wait*", "等待(客户)"]);
  for (const state of ["Awaiting", "Awaiting Vendor", "Accepted / Wait - User", "等待(客户)"]) assert.ok(waits(state), state);
  for (const state of ["awaiting", "Not Awaiting", "Wait", "Accepted", "等待客户"]) assert.ok(!waits(state), state);
  assert.ok(!matcher([])(""));
});
