// An entry of the access log in words: what was touched, and what the program noted about it. A fact that nobody has words for
// yet stands as it was noted, so that nothing recorded is hidden.
import type { AccessEntry } from "@bihuan/contract/identity-access.ts";
import { customerCategoryTitles, importanceTitles, specialNeedTitles } from "@bihuan/core/customer/codes.ts";
import { flows } from "@bihuan/core/flows.ts";
import { unitKindTitles } from "@bihuan/core/identity/organisation.ts";
import { roleDefinitions } from "@bihuan/core/identity/roles.ts";
import type { TFunction } from "i18next";
import type { z } from "zod";
import type { Bilingual } from "@bihuan/contract/text.ts";

type Entry = z.infer<typeof AccessEntry>;
type Value = Entry["facts"][string];

/** What the page knows beside the entry. */
export type Words = {
  readonly language: "zh" | "en";
  readonly t: TFunction<"identity">;
  readonly say: (text: Bilingual) => string;
  readonly unitName: (unitId: number) => string;
  /** In: ISO text. */
  readonly instant: (at: string) => string;
};

const actors = { "command line": "commandLine", job: "job", "first start": "firstStart" } as const;

/** Who it was: a person by name, the program by what it was doing. */
export function actorName({ principalKind, principalName }: Entry, { t }: Words): string {
  const known = actors[principalName as keyof typeof actors];
  return principalKind === "system" && known ? t(`log.actor.${known}`) : principalName;
}

const kinds = [
  ...([
    "staff",
    "unit",
    "organisation",
    "grants",
    "address",
    "api-key",
    "customer",
    "transformer-area",
    "order",
    "report",
  ] as const),
  ...(["attachment", "rulebook", "digest", "backup", "service-requests", "ticket-events", "knowledge"] as const),
];
const states = ["open", "closed", "all"] as const;
const clocks = ["overdue", "running", "suspended", "missed", "missed-internal"] as const;
const statuses = ["OPEN", "SUSPENDED", "ARCHIVED", "TERMINATED", "WITHDRAWN"] as const;
const holders = ["me", "nobody"] as const;
const reports = ["timeliness", "states", "verdicts", "averages"] as const;
const dimensions = ["unit", "type", "month", "state", "channel", "priority"] as const;
const fields = ["name", "phone", "address", "contacts", "contact", "export", "personal-data"] as const;
const among = <Code extends string>(codes: readonly Code[], code: string | null): Code | undefined =>
  codes.find((one) => one === code);

/** What was touched: its kind, what it is called, which part of it. Null where nothing was. */
export function recordText({ recordKind, recordId, recordName, field }: Entry, { t }: Words): string | null {
  if (recordKind === null) return null;
  const kind = among(kinds, recordKind);
  const part = among(fields, field);
  const report = recordKind === "report" ? among(reports, recordId) : undefined;
  if (report) return [t("log.kind.report"), t(`log.report.${report}`)].join(" ");
  return [
    kind ? t(`log.kind.${kind}`) : recordKind,
    recordName ?? recordId,
    part ? t(`log.field.${part}`) : field && /^\d+$/.test(field) ? t("log.event", { seq: field }) : field,
  ]
    .filter(Boolean)
    .join(" ");
}

const changes = ["set-up", "created", "changed", "moved", "deactivated", "reactivated"] as const;
const counted = [
  ...(["created", "changed", "rows", "cases", "accounts", "accountsMoved", "unitsCreated"] as const),
  ...(["sessions", "entries", "keepMonths", "digests", "attachments", "version"] as const),
];
const named = [
  "account",
  "code",
  "name",
  "region",
  "zone",
  "file",
  "customerId",
  "transformerAreaCode",
  "import",
  "asOf",
] as const;

const own = <Value>(words: Readonly<Record<string, Value>>, code: string): Value | undefined =>
  Object.hasOwn(words, code) ? words[code] : undefined;
/** Codes of a filter that the core has words for. */
const codeTitles: Readonly<Record<string, Readonly<Record<string, Bilingual>>>> = {
  category: customerCategoryTitles,
  importance: importanceTitles,
  specialNeed: specialNeedTitles,
  flow: Object.fromEntries(flows.all.map(({ id, title }) => [id, title])),
};
/** A step by its name: of the flow that was asked for too, else of the first that has it. */
function stepTitle(step: string, flow: unknown, say: Words["say"]): string {
  const title = [...flows.all.filter(({ id }) => id === flow), ...flows.all]
    .map(({ steps }) => own(steps, step)?.title)
    .find(Boolean);
  return title ? say(title) : step;
}

/** A condition of an export in words; null where it is none. */
function conditionText({ facts }: Pick<Entry, "facts">, name: string, value: Value, { t, say, unitName }: Words): string | null {
  const text = String(value);
  const labelled = (key: Condition, what: string): string => t("log.labelled", { label: t(`log.fact.${key}`), value: what });
  const title = own(own(codeTitles, name) ?? {}, text);
  switch (name) {
    case "category":
    case "importance":
    case "specialNeed":
    case "flow":
      return labelled(name, title ? say(title) : text);
    case "step":
      return labelled(name, stepTitle(text, facts["flow"], say));
    case "state":
      return stateText(text, t);
    case "clock": {
      const known = among(clocks, text);
      return labelled(name, known ? t(`log.clock.${known}`) : text);
    }
    case "status": {
      const known = among(statuses, text);
      return labelled(name, known ? t(`log.status.${known}`) : text);
    }
    case "holder": {
      const known = among(holders, text);
      return labelled(name, known ? t(`log.holder.${known}`) : text);
    }
    case "tookPartUnitId":
      return labelled(name, unitName(Number(value)));
    case "dueWithinMinutes":
      return t("log.dueWithin", { count: Number(value) });
    case "only":
      return text === "late" ? t("log.onlyLate") : text;
    case "table":
      return text === "connections" ? t("log.connectionTable") : text;
    case "text":
      return labelled(name, text);
    default:
      return null;
  }
}
type Condition =
  | "category"
  | "importance"
  | "specialNeed"
  | "flow"
  | "step"
  | "clock"
  | "status"
  | "holder"
  | "tookPartUnitId"
  | "text";
const roleTitle = (code: string, say: Words["say"]): string =>
  code in roleDefinitions ? say(roleDefinitions[code as keyof typeof roleDefinitions].title) : code;
const kindTitle = (code: string, say: Words["say"]): string | null =>
  code in unitKindTitles ? say(unitKindTitles[code as keyof typeof unitKindTitles]) : null;

/** One fact in words; null where it says nothing that the entry does not say already. */
function factText(entry: Entry, name: string, value: Value, words: Words): string | null {
  const { t, say, unitName, instant } = words;
  const text = String(value);
  const label = (key: "period" | "from" | "to" | "unit" | "parent" | "conditions" | "by", what: string): string =>
    t("log.labelled", { label: t(`log.fact.${key}`), value: what });
  if (name === "to" && entry.action === "ROLE_GRANTED")
    return value === null ? label("period", t("grant.open")) : t("log.until", { at: instant(text) });
  if (value === null || name === "limit" || name === "sort" || (name === "kind" && entry.action === "DATA_IMPORTED")) return null;
  if (name === "role") return roleTitle(text, say);
  if (name === "zh" || name === "en") return name === words.language ? text : null;
  if (name === "unit" || name === "unitId" || name === "parent")
    return label(name === "parent" ? name : "unit", unitName(Number(value)));
  if (name === "from" || name === "to")
    return label(name, typeof value === "number" ? unitName(value) : text.includes("T") ? instant(text) : text);
  if (name === "change") return among(changes, text) ? t(`log.change.${among(changes, text) as "moved"}`) : text;
  if (name === "kind") return kindTitle(text, say) ?? text;
  if (name === "areaClass") return t(`areaClass.${text as "URBAN"}`);
  if (name === "action") return t(`log.actions.${text as "SIGN_IN"}`);
  if (name === "expiresAt") return t("log.until", { at: instant(text) });
  if (name === "oneTimePasswordExpired") return t("log.oneTimePasswordExpired");
  if (name === "grants")
    return text
      .split(" ")
      .map((grant) => {
        const [role = "", unit = ""] = grant.split("@");
        return t("staff.roleAt", { role: roleTitle(role, say), unit: unitName(Number(unit)) });
      })
      .join(t("log.comma"));
  const condition = conditionText(entry, name, value, words);
  if (condition !== null) return condition;
  if (name === "by")
    return label(
      "by",
      text
        .split(",")
        .map((one) => dimensionText(one.trim(), t))
        .join(" · "),
    );
  if (name === "filter") return label("conditions", filterText(text, words));
  const count = among(counted, name);
  if (count && typeof value === "number") return t(`log.count.${count}`, { count: value });
  const line = among(named, name);
  if (line === "account" && entry.recordName !== null) return null;
  return t("log.labelled", { label: line ? t(`log.fact.${line}`) : name, value: text });
}

const stateText = (state: string, t: Words["t"]): string => {
  const known = among(states, state);
  return t("log.labelled", { label: t("log.fact.state"), value: known ? t(`log.state.${known}`) : state });
};
/** What a report was grouped by: a common dimension in words, a label of an imported file as the file names it. */
const dimensionText = (dimension: string, t: Words["t"]): string => {
  const known = among(dimensions, dimension);
  return known ? t(`log.by.${known}`) : dimension;
};

/** The conditions of an export as they were noted once, all in one. */
function filterText(json: string, words: Words): string {
  const { t, unitName } = words;
  const filter = Object.entries(JSON.parse(json) as Record<string, unknown>).filter(
    ([, value]) => value !== null && value !== "",
  );
  if (filter.length === 0) return t("log.noConditions");
  return filter
    .map(([name, value]) =>
      name === "unitId"
        ? unitName(Number(value))
        : (conditionText({ facts: {} }, name, String(value), words) ?? `${name} ${[value].flat().map(String).join("/")}`),
    )
    .join(t("log.comma"));
}

// The database keeps the names of facts by their length: what was done comes first, then to what.
const first = ["change", "role", "kind", "name", "code", "unit", "unitId", "parent", "from", "to"];
const rank = (name: string): number => (first.indexOf(name) + first.length + 1) % (first.length + 1);

/** The reason a person gave, then the facts, ready to read. */
export const detailText = (entry: Entry, words: Words): string =>
  [
    entry.reason,
    ...Object.entries(entry.facts)
      .toSorted(([one], [other]) => rank(one) - rank(other))
      .map(([name, value]) => factText(entry, name, value, words)),
  ]
    .filter(Boolean)
    .join(words.t("log.comma"));
