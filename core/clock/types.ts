// The words of the clock. A clock is a pure function of its rule, its calendar and the order's events (here: signals).
import { z } from "zod";
import type { Bilingual } from "../text.ts";

/** Who set the limit. Each runs as a clock of its own; warnings follow the tightest. */
export const Authority = z.enum(["law", "promise", "internal"]);
export type Authority = z.infer<typeof Authority>;
/**
 * The authorities by which an order is judged on time or late: what the law allows and what was promised to customers. An internal
 * limit (the two minutes for dispatching, a province's tighter hours) says how the house worked; it is counted apart.
 */
export const judgingAuthorities = ["law", "promise"] as const satisfies readonly Authority[];

export const LimitUnit = z.enum(["minute", "hour", "calendarDay", "workingMinute", "workingDay"]);
export type LimitUnit = z.infer<typeof LimitUnit>;

/** A maximum judges the order. An average judges the population and is only a target on the order. */
export const LimitKind = z.enum(["max", "average"]);
export type LimitKind = z.infer<typeof LimitKind>;

/** What rules may ask about an order. All values are codes of the glossary, never personal data. */
export type OrderFacts = {
  readonly flow: string;
  readonly subtype?: string | null;
  readonly areaClass?: string | null; // URBAN RURAL REMOTE
  readonly customerClass?: string | null;
  readonly voltage?: string | null;
  readonly grade?: string | null; // SPECIAL MAJOR IMPORTANT GENERAL
  readonly urgency?: string | null;
  /** NAMED, CONFIDENTIAL or ANONYMOUS: nobody contacts an anonymous caller. */
  readonly identity?: string | null;
  readonly origin?: string | null; // HOTLINE_95598 GOV_12345 REGULATOR_12398 CIVIC_LINKAGE BUSINESS_HALL MOBILE_APP ...
  /** Unit ids from the responsible unit at intake up to the root, self first. */
  readonly organisationPath: readonly number[];
};

/** A limited stretch of a flow: from the first of `from` to the first of `until`; who limits it and how long is the rules' business. */
export type ClockSlot = {
  readonly key: string;
  readonly title: Bilingual;
  /** Event types that start it; `open` is the opening of an episode (intake, reopening). */
  readonly from: readonly string[];
  /** Event types that stop it. */
  readonly until: readonly string[];
  /**
   * Event types after which what is timed will not happen any more (a reply before anybody arrived), each with what to call that.
   * They end the clock without a verdict, unless its time was up already: then it is missed. So does the end of the episode. A
   * rule that names its own end has none of them.
   */
  readonly lapsesOn?: Readonly<Record<string, Bilingual>>;
  /** `rule`: the rulebook knows the amount. `given`: the starting event carries the due instant. */
  readonly limit: "rule" | "given";
  /** True for slots a suspension must not pause (the suspension's own clock, an approval). */
  readonly unpausable?: boolean;
  /** One independent clock per subject named by the signal (a consultation per assisting unit). */
  readonly perSubject?: boolean;
  /** What its subjects are called, where they are codes. */
  readonly subjects?: Readonly<Record<string, Bilingual>>;
};

/** An order event as the clocks see it, in the order of the history. */
export type ClockSignal = {
  readonly seq: number;
  readonly atMs: number;
  readonly type: string;
  readonly opensEpisode?: boolean;
  /** The episode ends here: every clock still running stops, and is judged unless it lapses (archive, terminate, withdraw). */
  readonly closesEpisode?: boolean;
  /**
   * `untilMs`: the approved end; the pause counts no longer than that even where nobody resumes. `byFlow`: the flow stands still
   * by itself (the customer builds); only `goesOn` ends it.
   */
  readonly pause?: { readonly reason: string; readonly untilMs?: number; readonly byFlow?: true };
  readonly resume?: boolean;
  readonly goesOn?: boolean;
  /** Due instant for `given` slots started by this signal. */
  readonly dueAtMs?: number;
  readonly subject?: string;
  /** An approved extension: extendable clocks of the slot (all slots where absent) become due at this instant instead. */
  readonly extend?: { readonly slot?: string; readonly dueAtMs: number };
  /** Facts valid from here on; the first signal carries all of them. A change of `flow` is a reclassification. */
  readonly facts?: Partial<OrderFacts>;
  /** The rulebook the order is bound to from here on; the first signal carries one. */
  readonly rulebookVersion?: number;
};

/**
 * Done are the last four: in time, late, `superseded` by another limit (a relabelled order), or `lapsed`, since what it timed did
 * not happen: that is neither in time nor late.
 */
export type ClockStatus = "running" | "paused" | "met" | "missed" | "superseded" | "lapsed";
/** How a clock ends: judged by its due instant, or without a verdict. */
export type ClockEnding = "judged" | "superseded" | "lapsed";

export type ClockPause = {
  readonly fromMs: number;
  readonly toMs: number | null;
  readonly reason: string;
  readonly stopsClock: boolean;
};

export type Clock = {
  /** Position among the order's clocks, from 1. A clock keeps it whatever is appended to the history. */
  readonly number: number;
  readonly episode: number;
  /** The flow whose slot it is. */
  readonly flow: string;
  readonly slot: string;
  readonly authority: Authority;
  /** 1 for the slot's first stretch in the episode, 2 for the next, and so on. */
  readonly round: number;
  readonly subject: string | null;
  /** Null for a given limit. */
  readonly rule: { readonly key: string; readonly pack: string; readonly rulebookVersion: number } | null;
  readonly limitKind: LimitKind;
  readonly amount: number | null;
  readonly unit: LimitUnit | null;
  /** Id of the rulebook's calendar it runs by; null where it needs none. */
  readonly calendar: string | null;
  readonly startedAtMs: number;
  readonly startedBySeq: number;
  /** Null while paused, since the end of the pause decides; and where a given limit names no instant: nobody is late then. */
  readonly dueAtMs: number | null;
  /**
   * Only while paused with an approved end: that end, and the due instant if nobody resumes before. The pause counts no longer,
   * so a clock past `pausedUntilMs` runs although its history says nothing more.
   */
  readonly pausedUntilMs: number | null;
  readonly dueIfPausedUntilMs: number | null;
  /**
   * Only where an extension was approved: the due instant of the limit itself, with all pauses. Where the clock is due then, the
   * extension ends no later and changes nothing. Null while an open pause decides.
   */
  readonly dueBeforeExtensionMs: number | null;
  readonly pauses: readonly ClockPause[];
  readonly status: ClockStatus;
  readonly stoppedAtMs: number | null;
  readonly stoppedBySeq: number | null;
  /** True where the calendar is not announced for the due date: the figure may move when it is. */
  readonly provisional: boolean;
};
