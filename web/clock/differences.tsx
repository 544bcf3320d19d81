import { clockOperations, type RulebookDifference } from "@bihuan/contract/clock.ts";
import { useTranslation } from "react-i18next";
import { useBilingual, useLanguage } from "../platform/language.ts";
import { useOperation } from "../platform/query.ts";
import { type Column, DataTable } from "../ui/data-table.tsx";
import { Tag } from "../ui/page.tsx";
import { Answer, Empty } from "../ui/states.tsx";
import { knownField, valueText } from "./difference-words.ts";
import { type Area, areas } from "./policies.ts";

const policyFields = Object.values(areas)
  .flat()
  .map(({ key }) => key);
const units = ["minute", "hour", "calendarDay", "workingMinute", "workingDay"] as const;
const authorities = ["law", "promise", "internal"] as const;

/** What a version of the rulebook changed against the one before. */
export function Differences({ version }: { version: number }) {
  const { t } = useTranslation("clock");
  const say = useBilingual();
  const language = useLanguage();
  const query = useOperation(clockOperations.compareRulebooks, { params: { version } });
  const fieldName = (field: string): string => {
    const policy = policyFields.find((one) => one === field);
    const known = knownField(field);
    return policy ? t(`policies.field.${policy}`) : known ? t(`rulebooks.fields.${known}`) : field;
  };
  const value = (field: string, text: string): string => {
    const unit = field === "unit" ? units.find((one) => one === text) : undefined;
    const authority = field === "authority" ? authorities.find((one) => one === text) : undefined;
    return unit ? t(`rulebooks.units.${unit}`) : authority ? t(`authority.${authority}`) : valueText(text, language);
  };
  const columns: Column<RulebookDifference>[] = [
    { key: "kind", title: "", width: 80, render: ({ kind }) => <Tag>{t(`rulebooks.kinds.${kind}`)}</Tag> },
    {
      key: "what",
      title: t("rulebooks.changes"),
      width: 300,
      wrap: true,
      render: ({ area, title, what }) => (
        <>
          {area === "POLICY" && what in areas ? t(`policies.${what as Area}`) : say(title)}{" "}
          {area !== "POLICY" && (
            <div>
              <code className="muted">{what}</code>
            </div>
          )}
        </>
      ),
    },
    {
      key: "fields",
      title: t("rulebooks.field"),
      wrap: true,
      render: ({ fields }) =>
        fields.map(({ field, before, after }) => (
          <div key={field}>
            <span className="muted">{fieldName(field)}</span> {before !== null && <del>{value(field, before)}</del>}{" "}
            {after !== null && <ins>{value(field, after)}</ins>}
          </div>
        )),
    },
  ];
  return (
    <Answer of={query}>
      {({ differences }) => (
        <DataTable
          label={t("rulebooks.differences")}
          columns={columns}
          rows={differences}
          rowKey={({ area, what }) => `${area} ${what}`}
          empty={<Empty title={t("rulebooks.noDifferences")} />}
        />
      )}
    </Answer>
  );
}
