// What one rulebook has otherwise than another, line by line, for people who want to know what changed and when.
import type { RulebookDifference } from "@bihuan/contract/clock.ts";
import type { Bilingual } from "@bihuan/contract/text.ts";
import type { CalendarDate, CalendarLayer } from "@bihuan/core/calendar/definition.ts";
import { policyTitle } from "@bihuan/core/clock/rules/difference-words.ts";
import type { ClockRule } from "@bihuan/core/clock/rules/rule.ts";
import type { RulebookDefinition } from "@bihuan/core/clock/rules/rulebook.ts";

type Area = RulebookDifference["area"];
/** A thing that may differ: its name, what people call it, and its fields as text. */
type Thing = { readonly title: Bilingual; readonly fields: Readonly<Record<string, string>> };
type Things = ReadonlyMap<string, Thing>;

const text = (value: unknown): string => (typeof value === "string" ? value : JSON.stringify(value));

const ruleThing = (rule: ClockRule): Thing => {
  const { key: _, title, ...rest } = rule;
  const fields = Object.entries({ ...rest, title })
    .filter(([, value]) => value !== null && value !== undefined)
    .map(([field, value]) => [field, text(value)]);
  return { title, fields: Object.fromEntries(fields) as Record<string, string> };
};

const rules = ({ packs }: RulebookDefinition): Things =>
  new Map(packs.flatMap((pack) => pack.rules.map((rule) => [`${pack.key}/${rule.key}`, ruleThing(rule)] as const)));

const packs = (definition: RulebookDefinition): Things =>
  new Map(
    definition.packs.map(({ key, title, description, priority }) => [
      key,
      {
        title,
        fields: {
          title: text(title),
          ...(description ? { description: text(description) } : {}),
          ...(priority === undefined ? {} : { priority: text(priority) }),
        },
      },
    ]),
  );

const adoptions = (definition: RulebookDefinition, unitName: (unitId: number) => string): Things =>
  new Map(
    definition.adoptions.map(({ packKey, unitId }) => {
      const pack = definition.packs.find(({ key }) => key === packKey)?.title ?? { zh: packKey, en: packKey };
      const unit = unitName(unitId);
      return [
        `${packKey}@${unitId}`,
        { title: { zh: `${unit}采用“${pack.zh}”`, en: `${unit} adopts “${pack.en}”` }, fields: {} },
      ];
    }),
  );

const policies = ({ policies: all }: RulebookDefinition): Things =>
  new Map(
    Object.entries(all).map(([name, policy]) => {
      const { basis, ...values } = policy;
      return [name, { title: policyTitle(name), fields: { ...textual(values), basis: text(basis.note) } }];
    }),
  );
const textual = (values: object): Record<string, string> =>
  Object.fromEntries(Object.entries(values).map(([field, value]) => [field, text(value)]));

// Every layer once, though a unit's layer also stands in the calendars of the units below it.
const layers = ({ calendars }: RulebookDefinition): ReadonlyMap<string, CalendarLayer> =>
  new Map(calendars.flatMap((calendar) => calendar.layers.map((layer) => [layer.key, layer] as const)));

const hours = (definition: RulebookDefinition): Things =>
  new Map(
    [...layers(definition)]
      .filter(([, { hours: own, week, zone }]) => own != null || week != null || zone != null)
      .map(([key, { title, hours: own, week, zone }]) => {
        const fields = textual({ ...(own ? { hours: own } : {}), ...(week ? { week } : {}), ...(zone ? { zone } : {}) });
        return [key, { title, fields }];
      }),
  );

const dateThing = ({ date, working, name, hours: own }: CalendarDate): Thing => ({
  title: { zh: `${date}${name ? `（${name.zh}）` : ""}`, en: `${date}${name ? ` (${name.en})` : ""}` },
  fields: { working: text(working), ...(name ? { name: text(name) } : {}), ...(own ? { hours: text(own) } : {}) },
});
const dates = (definition: RulebookDefinition): Things =>
  new Map(
    [...layers(definition)].flatMap(([key, layer]) =>
      layer.dates.map((date) => [`${key}/${date.date}`, dateThing(date)] as const),
    ),
  );

const years = (definition: RulebookDefinition): Things =>
  new Map(
    [...layers(definition)].flatMap(([key, { announcedFrom, announcedThrough }]) =>
      announcedFrom == null || announcedThrough == null
        ? []
        : [
            [
              key,
              {
                title: { zh: "已公布年份", en: "Announced years" },
                fields: { announcedFrom: text(announcedFrom), announcedThrough: text(announcedThrough) },
              },
            ] as const,
          ],
    ),
  );

function compare(area: Area, before: Things, after: Things): RulebookDifference[] {
  const found: RulebookDifference[] = [];
  for (const what of new Set([...before.keys(), ...after.keys()])) {
    const [old, now] = [before.get(what), after.get(what)];
    const names = [...new Set([...Object.keys(old?.fields ?? {}), ...Object.keys(now?.fields ?? {})])];
    const fields = names
      .map((field) => ({ field, before: old?.fields[field] ?? null, after: now?.fields[field] ?? null }))
      .filter(({ before: was, after: is }) => was !== is);
    if (old && now && fields.length === 0) continue;
    const title = (now ?? old)?.title ?? { zh: what, en: what };
    found.push({ area, kind: old === undefined ? "ADDED" : now === undefined ? "REMOVED" : "CHANGED", what, title, fields });
  }
  return found.sort((a, b) => (a.what < b.what ? -1 : 1));
}

/** The differences from one rulebook to another, by area. In: the older and the newer snapshot, and the units' names. */
export function rulebookDifferences(
  before: RulebookDefinition,
  after: RulebookDefinition,
  unitName: (unitId: number) => string,
): RulebookDifference[] {
  return [
    ...compare("PACK", packs(before), packs(after)),
    ...compare("ADOPTION", adoptions(before, unitName), adoptions(after, unitName)),
    ...compare("RULE", rules(before), rules(after)),
    ...compare("POLICY", policies(before), policies(after)),
    ...compare("CALENDAR_YEAR", years(before), years(after)),
    ...compare("CALENDAR_HOURS", hours(before), hours(after)),
    ...compare("CALENDAR_DATE", dates(before), dates(after)),
  ];
}
