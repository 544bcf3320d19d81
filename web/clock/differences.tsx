import { clockOperations, type RulebookDifference } from "@bihuan/contract/clock.ts";
import { fieldTitle, valueText } from "@bihuan/core/clock/rules/difference-words.ts";
import { useTranslation } from "react-i18next";
import { useBilingual, useLanguage } from "../platform/language.ts";
import { useOperation } from "../platform/query.ts";
import { type Column, DataTable } from "../ui/data-table.tsx";
import { Tag } from "../ui/page.tsx";
import { Answer, Empty } from "../ui/states.tsx";

/** What a version of the rulebook changed against the one before. */
export function Differences({ version }: { version: number }) {
  const { t } = useTranslation("clock");
  const say = useBilingual();
  const language = useLanguage();
  const query = useOperation(clockOperations.compareRulebooks, { params: { version } });
  const columns: Column<RulebookDifference>[] = [
    { key: "kind", title: "", width: 80, render: ({ kind }) => <Tag>{t(`rulebooks.kinds.${kind}`)}</Tag> },
    {
      key: "what",
      title: t("rulebooks.changes"),
      width: 300,
      wrap: true,
      render: ({ area, title, what }) => (
        <>
          {say(title)}{" "}
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
            <span className="muted">{say(fieldTitle(field))}</span>{" "}
            {before !== null && <del>{valueText(field, before, language)}</del>}{" "}
            {after !== null && <ins>{valueText(field, after, language)}</ins>}
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
