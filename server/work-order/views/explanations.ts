// Why each deadline of an order is what it is, and who had the order meanwhile.
import type { ClockExplanation } from "@bihuan/contract/work-order.ts";
import { explainClock, type ExplainedSpan } from "@bihuan/core/clock/explaining/explain.ts";
import { renderExplanation } from "@bihuan/core/clock/explaining/render-explanation.ts";
import { words } from "@bihuan/core/clock/explaining/explanation-words.ts";
import type { Clock } from "@bihuan/core/clock/types.ts";
import { suspensionReasons } from "@bihuan/core/flow/actions/suspension.ts";
import type { OrderEvent } from "@bihuan/core/flow/event.ts";
import type { OrganisationTree } from "@bihuan/core/identity/organisation.ts";
import type { z } from "zod";
import { instant } from "../../platform/sql.ts";
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
  const explanation = explainClock(clock, material.rulebookOf(clock.rule?.rulebookVersion ?? material.state.rulebookVersion));
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
      unit: unitRef(tree, unitAt(material.events, span.fromMs)),
    })),
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

// The unit that had the order at an instant.
function unitAt(events: readonly OrderEvent[], atMs: number): number {
  let unitId = events[0]?.unitId ?? 0;
  for (const event of events) {
    if (event.atMs > atMs) break;
    unitId = event.unitId ?? unitId;
  }
  return unitId;
}
