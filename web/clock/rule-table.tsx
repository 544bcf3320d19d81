// The rules of a pack, a row each: what is limited, by how much, on which orders, where it stands.
import { limitText } from "@bihuan/core/clock/duration-text.ts";
import type { ClockRule } from "@bihuan/core/clock/rules/rule.ts";
import { useTranslation } from "react-i18next";
import { useBilingual, useLanguage } from "../platform/language.ts";
import { type Column, DataTable } from "../ui/data-table.tsx";
import { Tag } from "../ui/page.tsx";
import { Empty } from "../ui/states.tsx";
import { conditionsOf } from "./rule-words.ts";
import type { DraftWords } from "./draft-dialog.tsx";

type RuleWords = DraftWords & { readonly subtype: (flow: string | undefined, code: string) => string };

export function RuleTable({
  rules,
  words,
  unitName,
}: {
  rules: readonly ClockRule[];
  words: RuleWords;
  unitName: (unitId: number) => string;
}) {
  const { t } = useTranslation("clock");
  const say = useBilingual();
  const inEnglish = useLanguage() === "en";
  const columns: Column<ClockRule>[] = [
    {
      key: "title",
      title: t("packPage.rules"),
      width: 210,
      wrap: true,
      render: ({ title, key }) => <span title={key}>{say(title)}</span>,
    },
    {
      key: "limit",
      title: t("packPage.limit"),
      width: 140,
      wrap: true,
      render: ({ amount, unit, limitKind }) => (
        <>
          {say(limitText(amount, unit))} {limitKind === "average" && <Tag>{t("packPage.average")}</Tag>}
        </>
      ),
    },
    {
      key: "authority",
      title: t("packs.authorities"),
      width: inEnglish ? 80 : 64,
      render: ({ authority }) => t(`authority.${authority}`),
    },
    {
      key: "slot",
      title: t("packPage.slot"),
      width: 120,
      wrap: true,
      render: ({ slot, flows }) => words.slot(flows[0] ?? null, slot),
    },
    {
      key: "flows",
      title: t("packPage.flows"),
      width: 120,
      wrap: true,
      render: ({ flows }) =>
        flows.length === 0 ? <span className="muted">{t("packPage.allFlows")}</span> : flows.map(words.flow).join(" · "),
    },
    {
      key: "when",
      title: t("packPage.conditions"),
      wrap: true,
      render: ({ when, flows }) => {
        const conditions = conditionsOf(when, unitName, (code) => words.subtype(flows.length === 1 ? flows[0] : undefined, code));
        return conditions.length === 0 ? (
          <span className="muted">{t("packPage.anyOrder")}</span>
        ) : (
          conditions.map(({ fact, values }) => (
            <div key={fact}>
              <span className="muted">{t(`fact.${fact}`)}</span> {values.map(say).join(" / ")}
            </div>
          ))
        );
      },
    },
    {
      key: "source",
      title: t("packPage.source"),
      width: 280,
      wrap: true,
      render: ({ source }) => (
        <>
          {source.url ? (
            <a href={source.url} target="_blank" rel="noreferrer">
              {say(source.document)}
            </a>
          ) : (
            say(source.document)
          )}{" "}
          {source.article && say(source.article)} {source.edition && <span className="muted">{source.edition}</span>}{" "}
          {!source.verified && (
            <Tag tone="caution" {...(source.note ? { title: say(source.note) } : {})}>
              {t("packPage.unverified")}
            </Tag>
          )}
        </>
      ),
    },
    {
      key: "valid",
      title: t("packPage.valid"),
      width: inEnglish ? 132 : 116,
      render: ({ validFrom, validTo }) =>
        validFrom === null && validTo === null ? (
          <span className="muted">{t("packPage.validAlways")}</span>
        ) : (
          [validFrom && t("packPage.since", { date: validFrom }), validTo && t("packPage.until", { date: validTo })]
            .filter(Boolean)
            .join(" ")
        ),
    },
  ];
  return (
    <DataTable
      label={t("packPage.rules")}
      columns={columns}
      rows={rules}
      rowKey={({ key }) => key}
      empty={<Empty title={t("packPage.noRules")} />}
    />
  );
}
