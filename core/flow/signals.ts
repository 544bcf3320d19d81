// An order's events as its clocks see them.
import type { ClockSignal, OrderFacts } from "../clock/types.ts";
import { number, object, type OrderEvent, owed, text, texts } from "./event.ts";

const closing: ReadonlySet<string> = new Set(["archive", "terminate", "withdraw", "close-elsewhere"]);

/** The subject of a clock that runs once per something: per consultation, per urge, per request. */
function subjectOf(event: OrderEvent): string | undefined {
  switch (event.type) {
    case "urge":
      return String(event.seq);
    case "answer-urge":
      return String(number(event.data, "urgeSeq"));
    case "request-suspension":
    case "request-extension":
    case "request-reclassification":
    case "request-termination":
      return String(event.seq);
    case "decide":
      return String(number(event.data, "requestSeq"));
    default:
      return undefined;
  }
}

function common(event: OrderEvent, atMs: number): ClockSignal {
  const { data, type, seq } = event;
  const subject = subjectOf(event);
  const rulebookVersion = type === "intake" || type === "rebind" ? number(data, "rulebookVersion") : null;
  const dueAtMs = type === "suspend" ? number(data, "untilMs") : number(data, "dueAtMs");
  return {
    seq,
    atMs,
    type,
    ...(type === "intake" || type === "reopen" ? { opensEpisode: true } : {}),
    ...(closing.has(type) ? { closesEpisode: true } : {}),
    ...(type === "suspend" ? { pause: { reason: text(data, "reason") ?? "", untilMs: number(data, "untilMs") ?? atMs } } : {}),
    ...(type === "resume" ? { resume: true } : {}),
    // A step of another system ends the pause of the step before it; some of its states are pauses themselves.
    ...(type === "intake" && text(data, "pause") !== null ? { pause: { reason: text(data, "pause") as string } } : {}),
    ...(type === "step"
      ? { resume: true, ...(text(data, "pause") === null ? {} : { pause: { reason: text(data, "pause") as string } }) }
      : {}),
    // The step stands still by itself, or is left.
    ...(text(data, "stands") !== null ? { pause: { reason: text(data, "stands") as string, byFlow: true as const } } : {}),
    ...(data["goesOn"] === true ? { goesOn: true } : {}),
    ...(type === "extend" ? { extend: { dueAtMs: number(data, "dueAtMs") ?? atMs } } : {}),
    // A time agreed with the customer moves the clock of what was agreed.
    ...(dueAtMs !== null && text(data, "moves") !== null ? { extend: { slot: text(data, "moves") as string, dueAtMs } } : {}),
    ...(dueAtMs === null || type === "extend" ? {} : { dueAtMs }),
    ...(subject === undefined ? {} : { subject }),
    ...(type === "intake" || type === "reclassify" ? { facts: data["facts"] as Partial<OrderFacts> } : {}),
    ...(type === "grade" ? { facts: { grade: text(data, "grade") } } : {}),
    ...(rulebookVersion === null ? {} : { rulebookVersion }),
  };
}

// Somebody spoke with the customer: a reply that says so, an answer on the call, a callback that came through. A customer who
// declined was on the line.
const spokeWithCustomer = ({ type, data }: OrderEvent): boolean =>
  data["contacted"] === true || type === "answer-on-call" || (type === "callback" && text(data, "result") !== "NOT_REACHED");

// The customer asked for somebody at a time of his choice: whoever goes there has until then, where the rule lets it be moved.
function appointed({ data, seq, atMs }: OrderEvent): readonly ClockSignal[] {
  const dueAtMs = Date.parse(text(object(data, "details") ?? {}, "appointmentAt") ?? "");
  return Number.isNaN(dueAtMs) ? [] : [{ seq, atMs, type: "appointed", extend: { slot: "on-site", dueAtMs } }];
}

// What an event says beside what it is: the customer was spoken with, the order stands still or goes on, things are missing or
// supplied. Slots are limited by these words, whichever events of a flow say them.
function alongside(event: OrderEvent): readonly ClockSignal[] {
  const { seq, atMs, data } = event;
  const common = { seq, atMs };
  return [
    ...(spokeWithCustomer(event) ? [{ ...common, type: "contacted" }] : []),
    ...appointed(event),
    ...(data["goesOn"] === true ? [{ ...common, type: "go-on" }] : []),
    ...(text(data, "stands") !== null ? [{ ...common, type: "stand-still" }] : []),
    ...owed(data).map((subject) => ({ ...common, type: "missing", subject })),
    ...texts(data, "supplied").map((subject) => ({ ...common, type: "supplied", subject })),
  ];
}

/** The signals of a history, in its order. A consultation of several units starts one clock each. */
export function signalsOf(events: readonly OrderEvent[]): readonly ClockSignal[] {
  const signals: ClockSignal[] = [];
  for (const event of events) {
    if (event.type === "consult")
      for (const unitId of event.data["unitIds"] as number[])
        signals.push({ seq: event.seq, atMs: event.atMs, type: "consult", subject: `${event.seq}:${unitId}` });
    else if (event.type === "answer-consultation")
      signals.push({
        seq: event.seq,
        atMs: event.atMs,
        type: event.type,
        subject: `${number(event.data, "consultSeq")}:${number(event.data, "unitId")}`,
      });
    else signals.push(common(event, event.atMs), ...alongside(event));
  }
  return signals;
}
