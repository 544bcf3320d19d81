// What a field of a rule, a policy or a calendar is called, and its value as people read it. What nobody named stands as it is.

export const fieldNames = [
  ...([
    "title",
    "description",
    "priority",
    "authority",
    "flows",
    "slot",
    "from",
    "until",
    "amount",
    "unit",
    "limitKind",
  ] as const),
  ...(["calendar", "dayEnd", "afterHours", "when", "pausedBy", "extendable", "warnings", "escalation", "source"] as const),
  ...(["validFrom", "validTo", "basis", "working", "name", "hours", "week", "zone"] as const),
  ...(["announcedFrom", "announcedThrough"] as const),
];
export type FieldName = (typeof fieldNames)[number];
export const knownField = (field: string): FieldName | undefined => fieldNames.find((one) => one === field);

type Language = "zh" | "en";
const yesNo = { zh: { true: "是", false: "否" }, en: { true: "yes", false: "no" } } as const;

function readable(value: unknown, language: Language): string {
  if (value === null || value === undefined) return "";
  if (typeof value === "boolean") return yesNo[language][`${value}`];
  if (Array.isArray(value)) {
    const parts = value.map((one) => readable(one, language)).filter((one) => one !== "");
    return parts.join(language === "zh" ? "、" : ", ");
  }
  if (typeof value === "object") {
    const entries = Object.entries(value as Record<string, unknown>);
    const own = (value as Record<Language, unknown>)[language];
    if (typeof own === "string" && entries.length === 2) return own;
    return entries
      .map(([name, part]) => [name, readable(part, language)] as const)
      .filter(([, text]) => text !== "")
      .map(([name, text]) => `${name} ${text}`)
      .join("; ");
  }
  return typeof value === "string" || typeof value === "number" ? String(value) : "";
}

/** A field's value for reading. In: as the server keeps it, plain text or JSON. */
export function valueText(text: string, language: Language): string {
  if (!/^[[{]|^(true|false)$/.test(text)) return text;
  try {
    return readable(JSON.parse(text), language);
  } catch {
    return text;
  }
}
