// An explanation in words: for the screen, and for a regulator who asks how the deadline came about.
import type { Bilingual } from "../../text.ts";
import { DAY_MS } from "../../calendar/civil-date.ts";
import { toLocalMs } from "../../calendar/zone.ts";
import { durationText, limitText, localInstant } from "../duration-text.ts";
import type { ExplainedSpan, Explanation } from "./explain.ts";
import { words } from "./explanation-words.ts";
import type { RuleSource } from "../rules/rule.ts";

export type Language = "zh" | "en";
/** What a suspension reason is called. */
export type ReasonTitle = (code: string) => Bilingual | undefined;

/**
 * The lines of an explanation: the limit, the start, a line for each span with the sum so far, the deadline, how it ended where it
 * has, the source. In: the
 * language, and what suspension reasons are called (the codes stand for themselves where nobody names them).
 */
export function renderExplanation(explanation: Explanation, language: Language, reasonTitle?: ReasonTitle): string[] {
  const { rule, dueAtMs, dueBeforeExtensionMs, extensionCounts, ended, pack, rulebookVersion, zone } = explanation;
  const word = words[language];
  const at = (atMs: number, asEnd: boolean): string => {
    const { date, time } = localInstant(zone, atMs, asEnd);
    return `${date} ${time}`;
  };
  return [
    rule === null
      ? word.given
      : word.limit(
          rule.title[language],
          limitText(rule.amount, rule.unit)[language],
          word.authority[rule.authority],
          word.kind[rule.limitKind],
        ),
    word.starts(at(explanation.startedAtMs, false)),
    ...explanation.spans.map((span) => spanLine(explanation, span, language, reasonTitle)),
    dueAtMs === null ? word.endOpen : word.ends(at(dueAtMs, true)),
    ...(ended === null ? [] : [word.ended(at(ended.atMs, true), ended.by?.[language] ?? null, ended.verdict[language])]),
    ...(dueBeforeExtensionMs === null || extensionCounts === null
      ? []
      : [extensionCounts ? word.extensionCounts(at(dueBeforeExtensionMs, true)) : word.extensionIdle]),
    ...(explanation.provisional ? [word.provisional] : []),
    ...(rule === null ? [] : sourceLines(rule.source, language)),
    ...(pack === null || rulebookVersion === null ? [] : [word.pack(pack, rulebookVersion)]),
  ];
}

function spanLine(explanation: Explanation, span: ExplainedSpan, language: Language, reasonTitle?: ReasonTitle): string {
  const word = words[language];
  const suspension = span.suspension.map((code) => reasonTitle?.(code)?.[language] ?? code).join(language === "zh" ? "、" : ", ");
  const reason = word.reason(span.reason, span.name?.[language] ?? null, suspension);
  const said = (amount: number): string =>
    explanation.measure === "day"
      ? limitText(amount, explanation.rule?.unit === "calendarDay" ? "calendarDay" : "workingDay")[language]
      : durationText(amount * 60_000)[language];
  const sum = span.counted
    ? ` ${word.sum(said(span.amount), said(span.total))}`
    : span.reason === "extended"
      ? ` ${said(span.amount)}`
      : "";
  return `${rangeText(explanation, span, language)}  ${reason}${sum}`;
}

// Whole days are shown as dates, anything else to the minute.
function rangeText({ zone, measure }: Explanation, { fromMs, toMs }: ExplainedSpan, language: Language): string {
  const from = localInstant(zone, fromMs);
  if (toMs === null) return `${from.date} ${from.time} – ${words[language].now}`;
  const to = localInstant(zone, toMs, true);
  if (measure === "day" && toLocalMs(zone, fromMs) % DAY_MS === 0 && to.time === "24:00")
    return from.date === to.date ? from.date : `${from.date} – ${to.date}`;
  return `${from.date} ${from.time} – ${from.date === to.date ? "" : `${to.date} `}${to.time}`;
}

function sourceLines({ document, edition, article, verified, note }: RuleSource, language: Language): string[] {
  const word = words[language];
  const parts = [document[language], edition, article?.[language]].filter((part) => part != null);
  return [
    word.source(parts.join(word.listed)),
    ...(verified ? [] : [word.unverified]),
    ...(note === null ? [] : [note[language]]),
  ];
}
