// One change of the rulebook, applied to a state: the state after it, a line that says what it does, and who may make it.
import type { CalendarProblem } from "@bihuan/contract/calendar.ts";
import type { RulebookChange } from "@bihuan/contract/clock.ts";
import type { Permission } from "@bihuan/contract/permissions.ts";
import type { Bilingual } from "@bihuan/contract/text.ts";
import { areHoursInOrder } from "@bihuan/core/calendar/definition.ts";
import type { OrganisationTree } from "@bihuan/core/identity/organisation.ts";
import { isRefusal, type Refusal, refuse } from "@bihuan/core/refusal.ts";
import { problemsOfDates, problemsOfYear } from "../../calendar/check-year.ts";
import { withDates, withLayer, withYear } from "../../calendar/state.ts";
import { parsePack } from "../pack/parse-pack.ts";
import type { PackText, RulebookState } from "../rulebook-state.ts";
import type { Business } from "../world.ts";

export type ChangeContext = {
  readonly business: Business;
  readonly tree: OrganisationTree;
  /** Highest version every pack has reached, in force or not. */
  readonly lastVersion: ReadonlyMap<string, number>;
  /** The newest text that came with the product, by pack. */
  readonly newestShipped: ReadonlyMap<string, PackText>;
};

/** `unitId` is where the permission must be held. */
export type Authorisation = { readonly permission: Permission; readonly unitId: number };
export type Changed = { readonly state: RulebookState; readonly summary: Bilingual; readonly needs: Authorisation };

type ChangeOf<Kind extends RulebookChange["kind"]> = Extract<RulebookChange, { kind: Kind }>;
type Apply<Kind extends RulebookChange["kind"]> = (
  state: RulebookState,
  change: ChangeOf<Kind>,
  context: ChangeContext,
) => Changed | Refusal;

const withPack = (state: RulebookState, pack: PackText): RulebookState => ({
  ...state,
  packs: [...state.packs.filter(({ key }) => key !== pack.key), pack].sort((a, b) => (a.key < b.key ? -1 : 1)),
});

const savePack: Apply<"save-pack"> = (state, { yaml, baseVersion }, { business, tree, lastVersion }) => {
  const { pack, problems } = parsePack(yaml, business, (unitId) => tree.unit(unitId) !== null);
  const errors = problems.filter(({ severity }) => severity === "error");
  const [first] = errors;
  if (pack === null || first !== undefined)
    return refuse("clock.pack-invalid", {
      problems: errors.length,
      line: first?.line ?? 1,
      firstZh: first?.message.zh ?? "",
      firstEn: first?.message.en ?? "",
    });
  const current = state.packs.find(({ key }) => key === pack.key);
  if ((current?.version ?? null) !== baseVersion)
    return refuse("clock.pack-changed", { key: pack.key, currentVersion: current?.version ?? 0 });
  const version = (lastVersion.get(pack.key) ?? 0) + 1;
  return {
    state: current?.yaml === yaml ? state : withPack(state, { key: pack.key, version, origin: "edited", yaml, document: pack }),
    summary: current
      ? { zh: `修改规则包“${pack.title.zh}”`, en: `Edits rule pack “${pack.title.en}”` }
      : { zh: `新建规则包“${pack.title.zh}”`, en: `Adds rule pack “${pack.title.en}”` },
    needs: { permission: "rule.edit", unitId: tree.root.unitId },
  };
};

const takeShippedPack: Apply<"take-shipped-pack"> = (state, { key }, { tree, newestShipped }) => {
  const shipped = newestShipped.get(key);
  const current = state.packs.find((pack) => pack.key === key);
  if (!shipped || current?.version === shipped.version) return refuse("clock.pack-not-shipped", { key });
  const { title } = shipped.document;
  return {
    state: withPack(state, shipped),
    summary: { zh: `启用规则包“${title.zh}”的随产品版本`, en: `Takes up the shipped text of rule pack “${title.en}”` },
    needs: { permission: "rule.edit", unitId: tree.root.unitId },
  };
};

// Words of the place and the pack, or why there is none.
function adoptionOf(state: RulebookState, { key, unitId }: { key: string; unitId: number }, tree: OrganisationTree) {
  const unit = tree.unit(unitId);
  const pack = state.packs.find((one) => one.key === key);
  if (!unit || !pack) return refuse("request.not-found");
  const adopted = state.adoptions.some((adoption) => adoption.unitId === unitId && adoption.packKey === key);
  return { adopted, unit: unit.name, title: pack.document.title };
}

const adoptPack: Apply<"adopt-pack"> = (state, change, { tree }) => {
  const found = adoptionOf(state, change, tree);
  if (isRefusal(found)) return found;
  if (found.adopted) return refuse("clock.pack-adopted-already", { key: change.key });
  const { unit, title } = found;
  return {
    state: { ...state, adoptions: [...state.adoptions, { unitId: change.unitId, packKey: change.key }] },
    summary: { zh: `${unit}采用规则包“${title.zh}”`, en: `${unit} adopts rule pack “${title.en}”` },
    needs: { permission: "rule.edit", unitId: change.unitId },
  };
};

const dropPack: Apply<"drop-pack"> = (state, change, { tree }) => {
  const found = adoptionOf(state, change, tree);
  if (isRefusal(found)) return found;
  if (!found.adopted) return refuse("clock.pack-not-adopted", { key: change.key });
  const { unit, title } = found;
  const isIt = ({ unitId, packKey }: { unitId: number; packKey: string }) => unitId === change.unitId && packKey === change.key;
  return {
    state: { ...state, adoptions: state.adoptions.filter((adoption) => !isIt(adoption)) },
    summary: { zh: `${unit}取消规则包“${title.zh}”`, en: `${unit} drops rule pack “${title.en}”` },
    needs: { permission: "rule.edit", unitId: change.unitId },
  };
};

const setPolicies: Apply<"policies"> = (state, { policies }, { tree }) => ({
  state: { ...state, policies },
  summary: {
    zh: "修改流程规则（回访、退单、挂起、重复诉求、业扩权重）",
    en: "Sets the policies (callbacks, returns, suspensions, repeats, connection weights)",
  },
  needs: { permission: "rule.edit", unitId: tree.root.unitId },
});

const invalid = (code: string, problems: readonly CalendarProblem[], facts: Refusal["facts"] = {}): Refusal => {
  const [first] = problems;
  return refuse(code, {
    ...facts,
    problems: problems.length,
    place: first?.place ?? "",
    firstZh: first?.message.zh ?? "",
    firstEn: first?.message.en ?? "",
  });
};

const enterYear: Apply<"calendar-year"> = (state, { entry }, { tree }) => {
  const problems = problemsOfYear(entry);
  if (problems.length > 0) return invalid("calendar.year-invalid", problems, { year: entry.year });
  const known = state.calendar.years.some(({ year }) => year === entry.year);
  return {
    state: { ...state, calendar: withYear(state.calendar, entry) },
    summary: known
      ? { zh: `更正 ${entry.year} 年节假日安排`, en: `Corrects the holidays of ${entry.year}` }
      : { zh: `录入 ${entry.year} 年节假日安排`, en: `Enters the holidays of ${entry.year}` },
    needs: { permission: "calendar.edit", unitId: tree.root.unitId },
  };
};

const placeOf = (unitId: number | null, tree: OrganisationTree): { zh: string; en: string; unitId: number } | Refusal => {
  if (unitId === null) return { zh: "全公司", en: "the whole company", unitId: tree.root.unitId };
  const unit = tree.unit(unitId);
  return unit ? { zh: unit.name, en: unit.name, unitId } : refuse("request.not-found");
};

const setDates: Apply<"calendar-dates"> = (state, { unitId, set, clear }, { tree }) => {
  const place = placeOf(unitId, tree);
  if (isRefusal(place)) return place;
  const problems = problemsOfDates(set);
  if (problems.length > 0) return invalid("calendar.date-invalid", problems);
  return {
    state: { ...state, calendar: withLayer(state.calendar, unitId, (layer) => withDates(layer, set, clear)) },
    summary: {
      zh: `${place.zh}日历：设定 ${set.length} 天，清除 ${clear.length} 天`,
      en: `Calendar of ${place.en}: sets ${set.length} dates, clears ${clear.length}`,
    },
    needs: { permission: "calendar.edit", unitId: place.unitId },
  };
};

const setHours: Apply<"calendar-hours"> = (state, { unitId, hours, week }, { tree }) => {
  const place = placeOf(unitId, tree);
  if (isRefusal(place)) return place;
  const incomplete = unitId === null && (hours === null || week === null);
  if (incomplete || (hours && !areHoursInOrder(hours)) || week?.every((works) => !works)) return refuse("calendar.hours-invalid");
  return {
    state: { ...state, calendar: withLayer(state.calendar, unitId, (layer) => ({ ...layer, hours, week })) },
    summary: { zh: `${place.zh}日历：修改工作时段`, en: `Calendar of ${place.en}: sets the working hours` },
    needs: { permission: "calendar.edit", unitId: place.unitId },
  };
};

const appliers: { readonly [Kind in RulebookChange["kind"]]: Apply<Kind> } = {
  "save-pack": savePack,
  "take-shipped-pack": takeShippedPack,
  "adopt-pack": adoptPack,
  "drop-pack": dropPack,
  policies: setPolicies,
  "calendar-year": enterYear,
  "calendar-dates": setDates,
  "calendar-hours": setHours,
};

/** Applies one change. Errors: a refusal that says what is wrong with it; the state is never half changed. */
export const applyChange = (state: RulebookState, change: RulebookChange, context: ChangeContext): Changed | Refusal =>
  (appliers[change.kind] as Apply<RulebookChange["kind"]>)(state, change, context);
