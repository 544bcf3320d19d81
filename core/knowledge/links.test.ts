import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { flows } from "../flows.ts";
import { ArticleLink, closeness, keysOf, linkRefusal, type Place, placeKey } from "./links.ts";

const link = (flow: string | null, subtype: string | null = null, step: string | null = null): ArticleLink =>
  ArticleLink.parse({ flow, subtype, step });
const place = (flow: string, subtype: string | null = null, step: string | null = null): Place => ({ flow, subtype, step });

const known: [ArticleLink, boolean][] = [
  [link("fault-repair"), true],
  [link("fault-repair", null, "travelling"), true],
  [link("complaint", "SUPPLY_QUALITY"), true],
  [link("complaint", "SUPPLY_QUALITY", "handling"), true],
  [link(null, null, "callback"), true],
  [link("service-request", "SUPPLY_QUALITY"), false],
  [link("complaint", null, "travelling"), false],
  [link("complaint", "constructor"), false],
  [link(null, null, "nowhere"), false],
  [link("no-such-flow"), false],
  [link("imported-history"), false],
];
for (const [one, fine] of known)
  test(`a link to ${placeKey(one)} is ${fine ? "kept" : "refused"}`, () =>
    assert.equal(linkRefusal([link("inquiry"), one], flows)?.refused, fine ? undefined : "knowledge.link-unknown"));

test("a link names a flow or a step, and a subtype only with its flow", () => {
  assert.equal(ArticleLink.safeParse({}).success, false);
  assert.equal(ArticleLink.safeParse({ subtype: "SERVICE", step: "callback" }).success, false);
});

const close: [string, ArticleLink[], Place, number][] = [
  ["the step's own page", [link("fault-repair", null, "travelling")], place("fault-repair", null, "travelling"), 5],
  ["a step of every flow", [link(null, null, "callback")], place("complaint", "SERVICE", "callback"), 4],
  ["subtype and step", [link("complaint", "SERVICE", "handling")], place("complaint", "SERVICE", "handling"), 7],
  ["the whole flow", [link("complaint")], place("complaint", "SERVICE", "handling"), 1],
  ["the closest of several", [link("complaint"), link("complaint", "SERVICE")], place("complaint", "SERVICE"), 3],
  ["another step", [link("fault-repair", null, "travelling")], place("fault-repair", null, "repairing"), 0],
  ["a step, at the desk", [link("fault-repair", null, "travelling")], place("fault-repair"), 0],
  ["another flow", [link("inquiry")], place("complaint"), 0],
];
for (const [what, links, at, expected] of close)
  test(`closeness of ${what} is ${expected}`, () => assert.equal(closeness(links, at), expected));

test("the index finds exactly the links that mean a place", () => {
  const flow = fc.constantFrom("fault-repair", "complaint", "inquiry");
  const subtype = fc.constantFrom(null, "SERVICE", "OUTAGE");
  const step = fc.constantFrom(null, "handling", "callback");
  fc.assert(
    fc.property(
      fc.record({ flow: fc.option(flow), subtype, step }).filter((one) => ArticleLink.safeParse(one).success),
      fc.record({ flow, subtype, step }),
      (one, at) => assert.equal(keysOf(at).includes(placeKey(one)), closeness([one], at) > 0),
    ),
  );
});
