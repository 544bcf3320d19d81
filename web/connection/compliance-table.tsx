// The columns of the compliance rate: a class a column, its rate first, what it rests on beside it.
import type { connectionOperations } from "@bihuan/contract/connection.ts";
import { connectionClasses } from "@bihuan/core/connection/compliance.ts";
import { useTranslation } from "react-i18next";
import type { z } from "zod";
import { useLanguage } from "../platform/language.ts";
import type { Column } from "../ui/data-table.tsx";
import { count, percent } from "../ui/format.ts";

export type ComplianceReport = z.output<typeof connectionOperations.reportConnectionCompliance.response>;
export type ComplianceLine = Omit<ComplianceReport["rows"][number], "unitId">;

/** In: what the first column holds. */
export function useComplianceColumns(by: ComplianceReport["by"]): Column<ComplianceLine>[] {
  const { t } = useTranslation("connection");
  const language = useLanguage();
  const rate = (value: number | null) => (value === null ? t("rate.none") : percent(value, language));
  return [
    { key: "group", title: t(`rate.group.${by}`), render: ({ group }) => group },
    {
      key: "archived",
      title: t("rate.archived"),
      width: 88,
      align: "right",
      render: ({ archived }) => count(archived, language),
    },
    { key: "rate", title: t("rate.rate"), width: 88, align: "right", render: (line) => <strong>{rate(line.rate)}</strong> },
    ...connectionClasses.map(
      (one): Column<ComplianceLine> => ({
        key: one,
        title: t(`rate.classes.${one}`),
        width: language === "zh" ? 236 : 276,
        render: ({ [one]: own }) =>
          own.archived === 0 ? (
            <span className="muted">{t("rate.none")}</span>
          ) : (
            <span>
              {rate(own.rate)}{" "}
              <span className="secondary">
                {t("rate.figures", { complying: own.complying, judged: own.archived - own.unjudged })}
                {own.unjudged > 0 && ` · ${t("rate.unjudged", { count: own.unjudged })}`}
                {own.averageDays !== null && ` · ${t("rate.averageDays", { days: count(own.averageDays, language) })}`}
              </span>
            </span>
          ),
      }),
    ),
  ];
}
