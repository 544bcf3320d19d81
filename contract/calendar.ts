// Calendars: which dates are worked, in layers (national → province → unit), and the years the State Council has announced.
// Reading stands here. A change of a calendar moves deadlines, so it is made as a change of the rulebook: see clock.ts.
import { WorkInterval } from "@bihuan/core/calendar/definition.ts";
import { z } from "zod";
import { defineOperation } from "./operation.ts";
import { Bilingual, CivilDate, Instant, WholeText } from "./text.ts";

export { WorkInterval };

const CALENDAR = "calendar";

/**
 * Why a date is worked or not: an ordinary working day or day off of the week; a public holiday (HOLIDAY); a make-up working
 * day (MAKE_UP, 调休上班); a date a layer has set by itself (OVERRIDE_OFF, OVERRIDE_WORKING).
 */
export const DayKind = z.enum(["WORKING", "WEEKEND", "HOLIDAY", "MAKE_UP", "OVERRIDE_OFF", "OVERRIDE_WORKING"]);
export type DayKind = z.infer<typeof DayKind>;

/** One day of a notice: its date and the holiday it belongs to. */
export const NoticeDay = z.object({ date: CivilDate, name: Bilingual });
export type NoticeDay = z.infer<typeof NoticeDay>;

/** Where a year's arrangement was announced: title or number of the notice, its addresses (a correction has its own), its date. */
export const HolidayNotice = z.object({
  reference: z.string().trim().min(1).max(200),
  urls: z.array(z.url({ protocol: /^https?$/ }).max(500)).max(5),
  announcedOn: CivilDate.nullable(),
});
export type HolidayNotice = z.infer<typeof HolidayNotice>;

/** A newly announced year: every day off and every make-up working day of the notice. Weekend days the notice names count too. */
export const CalendarYearEntry = z.object({
  year: z.number().int().min(2000).max(2100),
  off: z.array(NoticeDay).max(120),
  makeUp: z.array(NoticeDay).max(60),
  /** Days granted that year beyond the statutory thirteen (as in 2015 and 2020); the check counts them. */
  extraDays: z.number().int().min(0).max(10).default(0),
  notice: HolidayNotice,
});
export type CalendarYearEntry = z.infer<typeof CalendarYearEntry>;

/** A layer's own ruling on one date. `hours` null means the layer's ordinary hours; an empty list never occurs on a working date. */
export const DateOverride = z.object({
  date: CivilDate,
  working: z.boolean(),
  name: Bilingual,
  hours: z.array(WorkInterval).min(1).max(6).nullable(),
});
export type DateOverride = z.infer<typeof DateOverride>;

export const AnnouncedYear = z.object({
  year: z.number().int(),
  notice: HolidayNotice,
  offDays: z.number().int(),
  makeUpDays: z.number().int(),
  enteredAt: Instant,
  /** Null for a year that came with the product. */
  enteredBy: z.string().nullable(),
});
export type AnnouncedYear = z.infer<typeof AnnouncedYear>;

export const CalendarLayer = z.object({
  /** `national`, or `unit-<id>`. */
  key: z.string(),
  /** Null for the national layer. */
  unitId: z.number().int().nullable(),
  title: Bilingual,
  /** IANA zone; only the national layer sets it. */
  zone: z.string().nullable(),
  /** Ordinary hours of a working day; null: those of the layer above. */
  hours: z.array(WorkInterval).nullable(),
  /** Which weekdays are worked, from Monday; null: as in the layer above. */
  week: z.array(z.boolean()).length(7).nullable(),
  overrideCount: z.number().int(),
  /** Last year of the unbroken run of announced years (national layer only). */
  announcedUntil: z.number().int().nullable(),
  updatedAt: Instant,
  updatedBy: z.string().nullable(),
});
export type CalendarLayer = z.infer<typeof CalendarLayer>;

export const CalendarDay = z.object({
  date: CivilDate,
  /** 1 = Monday … 7 = Sunday. */
  weekday: z.number().int().min(1).max(7),
  working: z.boolean(),
  kind: DayKind,
  /** Holiday or occasion, where there is one. */
  name: Bilingual.nullable(),
  /** Working intervals of the date; empty on a day off. */
  hours: z.array(WorkInterval),
  /** True where the year's holidays are not announced yet: only the week decides. */
  provisional: z.boolean(),
  /** The layer that decided. */
  layer: z.string(),
});
export type CalendarDay = z.infer<typeof CalendarDay>;

export const CalendarYear = z.object({
  year: z.number().int(),
  unitId: z.number().int().nullable(),
  /** Layers in force here, national first. */
  layers: z.array(z.string()),
  announced: z.boolean(),
  notice: HolidayNotice.nullable(),
  workingDays: z.number().int(),
  days: z.array(CalendarDay),
});
export type CalendarYear = z.infer<typeof CalendarYear>;

/** One thing wrong with what was entered. `place` is a path such as `off.3.date`. */
export const CalendarProblem = z.object({ place: z.string(), message: Bilingual });
export type CalendarProblem = z.infer<typeof CalendarProblem>;

export const calendarOperations = {
  listCalendars: defineOperation({
    method: "GET",
    path: "/calendars",
    summary: { zh: "列出日历各层", en: "List the calendar layers" },
    tag: CALENDAR,
    access: "calendar.read",
    response: z.object({ layers: z.array(CalendarLayer) }),
  }),
  getCalendar: defineOperation({
    method: "GET",
    path: "/calendars/:key",
    summary: { zh: "查看日历的一层", en: "Read one calendar layer" },
    tag: CALENDAR,
    access: "calendar.read",
    params: z.object({ key: z.string().max(40) }),
    response: CalendarLayer.extend({ overrides: z.array(DateOverride), years: z.array(AnnouncedYear) }),
    errors: ["request.not-found"],
  }),
  getCalendarYear: defineOperation({
    method: "GET",
    path: "/calendar-years/:year",
    summary: { zh: "查看某单位某年的逐日安排", en: "Read a year, day by day, as it holds at a unit" },
    tag: CALENDAR,
    access: "calendar.read",
    params: z.object({ year: z.coerce.number().int().min(2000).max(2100) }),
    query: z.object({ unitId: WholeText.optional() }),
    response: CalendarYear,
    errors: ["request.not-found"],
  }),
  checkCalendarYear: defineOperation({
    method: "POST",
    path: "/calendar-years/check",
    summary: { zh: "核对拟录入的年度安排", en: "Check a year before it is entered" },
    tag: CALENDAR,
    access: "calendar.edit",
    body: CalendarYearEntry,
    response: z.object({ problems: z.array(CalendarProblem), workingDays: z.number().int() }),
  }),
};
