import type { calendarOperations } from "@bihuan/contract/calendar.ts";
import type { clockOperations } from "@bihuan/contract/clock.ts";
import { atWork, type Matrix, type MatrixEntry, type MatrixRequest, type Position } from "./entry.ts";
import type { MatrixWorld } from "./world.ts";

// Deadlines must be explainable to all who are bound by them: everybody who works reads calendars and rules.
const readers = [...atWork, "SYSTEM_ADMIN"] as const;
const reads = (path: string): MatrixEntry => ({ by: readers, reach: "everywhere", request: () => ({ path }) });

/** A draft of the whole company's rules: for who may change them at the root, and for nobody whose rules they merely are. */
const draft = (entry: { suffix?: string; body?: object; inside?: readonly string[] }): MatrixEntry => ({
  by: ["SYSTEM_ADMIN"],
  reach: "root",
  findsNothing: atWork,
  outside: ["request.not-found"],
  ...(entry.inside ? { inside: entry.inside } : {}),
  request: async (world): Promise<MatrixRequest> => ({
    path: `/rulebook-drafts/${await world.draft()}${entry.suffix ?? ""}`,
    ...(entry.body ? { body: entry.body } : {}),
  }),
});

export const calendarMatrix: Matrix<typeof calendarOperations> = {
  listCalendars: reads("/calendars"),
  getCalendar: reads("/calendars/national"),
  getCalendarYear: {
    by: readers,
    reach: "line",
    outside: ["request.not-found"],
    request: (world: MatrixWorld, position: Position) => ({ path: `/calendar-years/2026?unitId=${world.unitAt(position)}` }),
  },
  checkCalendarYear: {
    by: ["SYSTEM_ADMIN"],
    reach: "everywhere",
    request: () => ({
      path: "/calendar-years/check",
      body: {
        year: 2027,
        off: [],
        makeUp: [],
        notice: { references: ["x"], url: null, urls: [], reference: "x", announcedOn: null },
      },
    }),
  },
};

export const clockMatrix: Matrix<typeof clockOperations> = {
  listRulePacks: reads("/rule-packs"),
  getRulePack: reads("/rule-packs/state-grid-2022"),
  downloadRulePack: reads("/rule-packs/state-grid-2022/yaml"),
  checkRulePack: { by: readers, reach: "everywhere", request: () => ({ path: "/rule-packs/check", body: { yaml: "key: x" } }) },
  // Giving a unit its own hours, which it has already: who may is told that nothing changes.
  createRulebookDraft: {
    by: ["SYSTEM_ADMIN"],
    reach: "within",
    inside: ["clock.nothing-changes"],
    outside: ["permission.missing"],
    request: async (world, position) => ({
      path: "/rulebook-drafts",
      body: {
        baseVersion: await world.rulebookVersion(),
        changes: [{ kind: "calendar-hours", unitId: world.unitAt(position), hours: null, week: null }],
      },
    }),
  },
  getRulebookDraft: draft({}),
  discardRulebookDraft: draft({}),
  publishRulebookDraft: draft({
    suffix: "/publish",
    body: { token: "x", note: "x" },
    inside: ["clock.draft-not-ready", "clock.draft-token-wrong"],
  }),
  getRulebook: reads("/rulebooks/current"),
  listRulebooks: reads("/rulebooks"),
  compareRulebooks: reads("/rulebooks/1/differences"),
};
