// An entry of the access log in words: what was touched, and what the program noted about it. A fact that nobody has words for
// yet stands as it was noted, so that nothing recorded is hidden.
import type { AccessEntry } from "@bihuan/contract/identity-access.ts";
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
const reports = ["timeliness", "states", "verdicts"] as const;
const dimensions = ["unit", "type", "month", "state", "channel"] as const;
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
const named = ["account", "code", "name", "region", "zone", "file", "text", "state", "flow", "step"] as const;
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
  if (value === null || name === "limit" || (name === "kind" && entry.action === "DATA_IMPORTED")) return null;
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
  if (name === "state") return stateText(text, t);
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

/** The conditions of an export. A unit is told by its name, what else was asked for as it was asked. */
function filterText(json: string, { t, unitName }: Words): string {
  const filter = Object.entries(JSON.parse(json) as Record<string, unknown>).filter(
    ([, value]) => value !== null && value !== "",
  );
  if (filter.length === 0) return t("log.noConditions");
  return filter
    .map(([name, value]) =>
      name === "unitId"
        ? unitName(Number(value))
        : name === "state"
          ? stateText(String(value), t)
          : `${name} ${[value].flat().map(String).join("/")}`,
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
