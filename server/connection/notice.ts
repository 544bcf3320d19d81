// The one-time notification sheet (一次性告知书): everything the customer has to bring, to do and to expect, told at once.
import { compileZone } from "@bihuan/core/calendar/zone.ts";
import { limitText, localInstant } from "@bihuan/core/clock/duration-text.ts";
import { type CompiledRule, selectRules } from "@bihuan/core/clock/rules/rulebook.ts";
import { isReviewed } from "@bihuan/core/connection/process/checks.ts";
import { acceptanceDocuments, documentNames } from "@bihuan/core/connection/process/documents.ts";
import { nodes, WHOLE } from "@bihuan/core/connection/process/stretches.ts";
import type { Flow } from "@bihuan/core/flow/definition.ts";
import { flows } from "@bihuan/core/flows.ts";
import { maskAddress, maskName } from "@bihuan/core/identity/masking.ts";
import type { OrganisationTree } from "@bihuan/core/identity/organisation.ts";
import type { Block, Sheet } from "../platform/pdf/sheet.ts";
import { slotTitle } from "../work-order/views/titles.ts";
import { unitRef } from "../work-order/views/units.ts";
import type { OrderMaterial } from "../work-order/views/view.ts";
import { words } from "./notice-words.ts";
import { connectionPlan } from "./plan.ts";

export type Language = "zh" | "en";

/** What is read of the order: how it stands, and who is named on it. The applicant is masked, as everywhere. */
export type NoticeMaterial = Pick<OrderMaterial, "row" | "state" | "events" | "clocks" | "rulebookOf">;

/** The content of the sheet. In: the order, the language, and the instant it is printed. */
export function noticeSheet(material: NoticeMaterial, tree: OrganisationTree, language: Language, nowMs: number): Sheet {
  const { row, state } = material;
  const say = words[language];
  const flow = flows.get(state.flow, state.flowVersion);
  const hall = unitRef(tree, state.deskUnitId).name;
  const number = row.order_id.replace(/^(\d{3})(\d{8})(\d{8})$/, "$1-$2-$3");
  return {
    title: say.title,
    subtitle: `${say.orderNo} ${number}`,
    blocks: [
      { kind: "facts", rows: applicationFacts(material, flow, tree, language, hall) },
      { kind: "heading", text: say.documents },
      ...documentBlocks(material, tree, language),
      { kind: "heading", text: say.limits },
      ...limitBlocks(material, flow, language, nowMs),
      { kind: "heading", text: say.yours },
      { kind: "list", items: duties(material, flow, language) },
      ...expectation(material, tree, language, nowMs),
      { kind: "heading", text: say.contact },
      { kind: "paragraph", text: say.contacts(hall) },
      { kind: "signatures", names: [say.customerSigns, say.clerkSigns, say.date] },
    ],
    foot: `${say.title} ${number}`,
  };
}

function applicationFacts(
  { row, state }: NoticeMaterial,
  flow: Flow,
  tree: OrganisationTree,
  language: Language,
  hall: string,
): readonly (readonly [string, string])[] {
  const say = words[language];
  const { details } = state;
  const subtype = state.facts.subtype ? flow.subtypes[state.facts.subtype]?.[language] : undefined;
  const { date, time } = localInstant(compileZone(tree.zoneOf(state.deskUnitId)), state.openedAtMs);
  const facts: readonly (readonly [string, string | null])[] = [
    [say.kind, [flow.title[language], subtype].filter(Boolean).join(" · ")],
    [say.accepted, `${date} ${time}`],
    [say.applicant, row.name === null ? null : maskName(row.name)],
    [say.address, row.address === null ? null : maskAddress(row.address)],
    [say.capacity, typeof details["capacityKva"] === "number" ? `${details["capacityKva"]} kVA` : null],
    [say.wanted, typeof details["wantedOn"] === "string" ? details["wantedOn"] : null],
    [say.hall, hall],
  ];
  return facts.filter((fact): fact is readonly [string, string] => fact[1] !== null);
}

function documentBlocks({ state, clocks }: NoticeMaterial, tree: OrganisationTree, language: Language): readonly Block[] {
  const say = words[language];
  const shown = acceptanceDocuments[state.details["shown"] as keyof typeof acceptanceDocuments] ?? acceptanceDocuments.IDENTITY;
  const accepted: Block = { kind: "paragraph", text: say.acceptedOn(shown[language]) };
  if (state.missing.length === 0) return [accepted, { kind: "paragraph", text: say.complete }];
  const zone = compileZone(tree.zoneOf(state.deskUnitId));
  const due = (code: string) => {
    const clock = clocks.find(
      ({ slot, subject, status }) => slot === "missing-document" && subject === code && status === "running",
    );
    return clock?.dueAtMs == null ? "" : localInstant(zone, clock.dueAtMs, true).date;
  };
  return [
    accepted,
    {
      kind: "table",
      head: [say.missing, say.bringBy],
      rows: state.missing.map((code) => [documentNames([code])[language], due(code)]),
      widths: [3, 1],
    },
    { kind: "paragraph", text: say.noMore, muted: true },
  ];
}

// What the customer can hold the utility to: its promise, else the law as far as it was read. Internal limits are nobody else's.
function limitBlocks({ state, rulebookOf }: NoticeMaterial, flow: Flow, language: Language, nowMs: number): readonly Block[] {
  const say = words[language];
  const rulebook = rulebookOf(state.rulebookVersion);
  const slots = [...nodes, WHOLE].filter(
    (slot) => flow.slots.some(({ key }) => key === slot) && (!isReview(slot) || isReviewed(state)),
  );
  const rows = slots.flatMap((slot) => {
    const rule = told(selectRules(rulebook, state.facts, slot, nowMs));
    if (!rule) return [];
    const { amount, unit, source } = rule.rule;
    return [
      [
        slotTitle(flow, slot)[language],
        limitText(amount, unit)[language],
        `${source.document[language]}${source.verified ? "" : say.unverified}`,
      ],
    ];
  });
  return [
    ...(rows.length > 0 ? [{ kind: "table" as const, head: [say.step, say.limit, say.source], rows, widths: [2, 2, 4] }] : []),
    { kind: "paragraph", text: say.notCounted, muted: true },
  ];
}

const isReview = (slot: string): boolean => slot === "design-review" || slot === "mid-inspection";

const told = (rules: readonly CompiledRule[]): CompiledRule | undefined =>
  rules.find(({ rule }) => rule.authority === "promise") ??
  rules.find(({ rule }) => rule.authority === "law" && rule.source.verified);

function duties({ state }: NoticeMaterial, flow: Flow, language: Language): readonly string[] {
  const say = words[language];
  return [
    ...("customer-works" in flow.steps ? [say.ownWorks] : []),
    ...("design-review" in flow.steps && isReviewed(state) ? [say.reviews] : []),
    ...("customer-works" in flow.steps ? [say.reportCompletion] : []),
    say.contract,
    "settle-fee" in flow.actions ? say.fee : say.noFee,
    say.noDesignation,
  ];
}

function expectation(material: NoticeMaterial, tree: OrganisationTree, language: Language, nowMs: number): readonly Block[] {
  const say = words[language];
  const { schedule, wantedOn } = connectionPlan(material, tree, nowMs);
  if (!schedule || schedule.critical === null) return [];
  const text = say.expected(schedule.expectedOn);
  const kept =
    wantedOn === null || schedule.slackDays === null ? "" : schedule.slackDays >= 0 ? say.kept(wantedOn) : say.notKept(wantedOn);
  return [
    { kind: "heading", text: say.schedule },
    { kind: "paragraph", text: [text, kept].filter((part) => part !== "").join(say.space) },
  ];
}
