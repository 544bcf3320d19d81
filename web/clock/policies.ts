// The rules that are no deadlines, as the form about them sees them.
import type { policyFieldTitles } from "@bihuan/core/clock/rules/difference-words.ts";
import type { Policies } from "@bihuan/core/clock/rules/policies.ts";

export type Area = keyof Policies;
/** `unit` is absent where the value is a time of day. */
export type PolicyField = {
  readonly key: keyof typeof policyFieldTitles;
  readonly unit?: "times" | "minutes" | "days" | "parts";
  readonly least: number;
  readonly most: number;
};

export const areas: Readonly<Record<Area, readonly PolicyField[]>> = {
  callback: [
    { key: "attempts", unit: "times", least: 1, most: 20 },
    { key: "spacingMinutes", unit: "minutes", least: 0, most: 10_080 },
    { key: "nightFrom", least: 0, most: 0 },
    { key: "nightTo", least: 0, most: 0 },
  ],
  returning: [{ key: "returnsBeforeArbitration", unit: "times", least: 0, most: 10 }],
  suspension: [{ key: "maxDays", unit: "days", least: 1, most: 3_660 }],
  repeat: [{ key: "withinDays", unit: "days", least: 1, most: 3_660 }],
  connection: [
    { key: "highVoltageWeight", unit: "parts", least: 0, most: 100 },
    { key: "lowVoltageWeight", unit: "parts", least: 0, most: 100 },
    { key: "generationWeight", unit: "parts", least: 0, most: 100 },
  ],
};

/** Whether the text is a time of day, `21:00`. */
export const isTimeOfDay = (text: string): boolean => /^([01]\d|2[0-3]):[0-5]\d$/.test(text);

/** The areas in which a figure differs. */
export const changedAreas = (before: Policies, after: Policies): Area[] =>
  (Object.keys(areas) as Area[]).filter((area) => {
    const [old, fresh] = [before[area], after[area]] as unknown as Record<string, unknown>[];
    return areas[area].some(({ key }) => old?.[key] !== fresh?.[key]);
  });

/** What is sent: every changed area rests on what was written for it, the others on what they rested on. */
export function withBases(before: Policies, after: Policies, bases: Readonly<Partial<Record<Area, string>>>): Policies {
  const fresh = changedAreas(before, after).map((area) => {
    const text = (bases[area] ?? "").trim();
    return [area, { ...after[area], basis: { kind: "own" as const, note: { zh: text, en: text } } }];
  });
  return { ...before, ...Object.fromEntries(fresh) } as Policies;
}
