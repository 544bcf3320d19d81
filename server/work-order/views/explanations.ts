// Why each deadline of an order is what it is, and who had the order meanwhile.
import type { ClockExplanation } from "@bihuan/contract/work-order.ts";
import { explainClock, type ExplainedSpan } from "@bihuan/core/clock/explaining/explain.ts";
import { renderExplanation } from "@bihuan/core/clock/explaining/render-explanation.ts";
import { words } from "@bihuan/core/clock/explaining/explanation-words.ts";
import type { Clock } from "@bihuan/core/clock/types.ts";
import { suspensionReasons } from "@bihuan/core/flow/actions/suspension.ts";
import type { OrderEvent } from "@bihuan/core/flow/event.ts";
import { holderAt, holdingsOf } from "@bihuan/core/flow/holders.ts";
import { flows } from "@bihuan/core/flows.ts";
import type { OrganisationTree } from "@bihuan/core/identity/organisation.ts";
import type { Bilingual } from "@bihuan/core/text.ts";
import type { z } from "zod";
import { instant } from "../../platform/sql.ts";
import { eventTitle } from "./titles.ts";
import { unitRef } from "./units.ts";
import type { OrderMaterial } from "./view.ts";

const reasonTitle = (code: string) => (suspensionReasons as Readonly<Record<string, { zh: string; en: string }>>)[code];

/** The explanations of an order's clocks, in the order they came to be. */
export const explanationViews = (
  material: OrderMaterial,
  tree: OrganisationTree,
  nowMs: number,
): z.input<typeof ClockExplanation>[] => material.clocks.map((clock) => explanationView(clock, material, tree, nowMs));

function explanationView(
  clock: Clock,
  material: OrderMaterial,
  tree: OrganisationTree,
  nowMs: number,
): z.input<typeof ClockExplanation> {
  const holdings = holdingsOf(material.events);
  const explanation = explainClock(clock, material.rulebookOf(clock.rule?.rulebookVersion ?? material.state.rulebookVersion), {
    cutsMs: holdings.map(({ fromMs }) => fromMs),
    stoppedBy: stoppedBy(clock, material),
    lapse: lapseOf(clock, material.events),
  });
  const { ended } = explanation;
  const source = explanation.rule?.source ?? null;
  return {
    episode: clock.episode,
    slot: clock.slot,
    authority: clock.authority,
    round: clock.round,
    subject: clock.subject,
    spans: explanation.spans.map((span) => ({
      from: instant(span.fromMs),
      to: instant(span.toMs ?? nowMs),
      counted: span.counted,
      reason: span.reason,
      text: reasonText(span),
      amount: span.amount,
      unit: unitRef(tree, holderAt(holdings, span.fromMs) ?? material.state.unitId),
    })),
    ended: ended && { at: instant(ended.atMs), by: ended.by, verdict: ended.verdict },
    source: source && {
      document: source.document,
      article: source.article,
      edition: source.edition,
      verified: source.verified,
      note: source.note,
    },
    lines: { zh: renderExplanation(explanation, "zh", reasonTitle), en: renderExplanation(explanation, "en", reasonTitle) },
  };
}

const reasonText = (span: ExplainedSpan) => {
  const text = (language: "zh" | "en") =>
    words[language].reason(
      span.reason,
      span.name?.[language] ?? null,
      span.suspension.map((code) => reasonTitle(code)?.[language] ?? code).join(language === "zh" ? "、" : ", "),
    );
  return { zh: text("zh"), en: text("en") };
};

const stopOf = ({ stoppedBySeq }: Clock, events: readonly OrderEvent[]): OrderEvent | undefined =>
  stoppedBySeq === null ? undefined : events.find(({ seq }) => seq === stoppedBySeq);

function stoppedBy(clock: Clock, { events, state }: OrderMaterial): Bilingual | null {
  const event = stopOf(clock, events);
  return event ? eventTitle(flows.get(state.flow), event.type) : null;
}

/** Of a clock that lapsed, what happened instead, where its flow names it; null for any other. */
export function lapseOf(clock: Clock, events: readonly OrderEvent[]): Bilingual | null {
  const type = clock.status === "lapsed" ? stopOf(clock, events)?.type : undefined;
  const slot = flows.get(clock.flow).slots.find(({ key }) => key === clock.slot);
  return type === undefined ? null : (slot?.lapsesOn?.[type] ?? null);
}
