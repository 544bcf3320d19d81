import { connectionOperations } from "@bihuan/contract/connection.ts";
import { ageingBuckets } from "@bihuan/core/connection/ageing.ts";
import { useNavigate, useSearch } from "@tanstack/react-router";
import { Button, Segmented } from "antd";
import { useTranslation } from "react-i18next";
import { type ComplianceReport, useComplianceColumns } from "../connection/compliance-table.tsx";
import type { ComplianceSearch } from "../connection/search.ts";
import { UnitPicker } from "../identity/organisation/unit-picker.tsx";
import { useBilingual, useLanguage } from "../platform/language.ts";
import { useOperation } from "../platform/query.ts";
import { present, writeSearch } from "../platform/search.ts";
import { nowMs } from "../platform/time.ts";
import { DataTable } from "../ui/data-table.tsx";
import { DateRangeInput } from "../ui/date-input.tsx";
import { count, wallClock, wallDate } from "../ui/format.ts";
import { Page, Section } from "../ui/page.tsx";
import { Answer, Empty } from "../ui/states.tsx";
import { useZone } from "../ui/time.tsx";

const DAY_MS = 86_400_000;
const SHOWN_DAYS = 30;

/** How many connections were in time (业扩服务时限达标率), of a period, by day or by hall; and how old those under way are. */
export function ConnectionCompliancePage() {
  const { t } = useTranslation("connection");
  const navigate = useNavigate();
  const zone = useZone();
  const search = useSearch({ from: "/inside/connections/compliance" });
  const dayBefore = (days: number) => wallDate(wallClock(nowMs() - days * DAY_MS, zone));
  const period = { from: search.from ?? dayBefore(SHOWN_DAYS - 1), to: search.to ?? dayBefore(0) };
  const query = { ...period, by: search.by ?? ("day" as const), ...present({ unitId: search.unit }) };
  const report = useOperation(connectionOperations.reportConnectionCompliance, { query });
  const go = (change: { [Name in keyof ComplianceSearch]?: ComplianceSearch[Name] | undefined }) =>
    void navigate({ to: "/connections/compliance", search: { ...search, ...change } as ComplianceSearch, replace: true });
  return (
    <Page
      title={t("rate.title")}
      filters={
        <>
          <div style={{ width: 160 }}>
            <UnitPicker
              id="compliance-unit"
              aria-label={t("filter.unit")}
              placeholder={t("filter.unit")}
              value={search.unit}
              onChange={(unit) => go({ unit })}
            />
          </div>
          <div style={{ width: 248 }}>
            <DateRangeInput
              label={t("rate.period")}
              around={period.to}
              value={period}
              onChange={({ from, to }) => go({ from: from ?? undefined, to: to ?? undefined })}
            />
          </div>
          <Segmented
            value={query.by}
            onChange={(by) => go({ by })}
            options={(["day", "unit"] as const).map((value) => ({ value, label: t(`rate.by.${value}`) }))}
          />
        </>
      }
      actions={
        <>
          <Button onClick={() => void navigate({ to: "/connections", search: present({ unit: search.unit }) })}>
            {t("rate.back")}
          </Button>
          <Button href={`/api/reports/connection-compliance/export${writeSearch(query)}`}>{t("export")}</Button>
        </>
      }
    >
      <Answer of={report} lines={8}>
        {(data) => <Compliance report={data} />}
      </Answer>
      <Ageing unitId={search.unit} />
    </Page>
  );
}

function Compliance({ report }: { report: ComplianceReport }) {
  const { t } = useTranslation("connection");
  const columns = useComplianceColumns(report.by);
  const { highVoltage, lowVoltage, generationAndCharging } = report.weights;
  return (
    <>
      <p className="secondary">
        {t("rate.definition", { high: highVoltage, low: lowVoltage, generation: generationAndCharging })}
      </p>
      {report.total.archived === 0 ? (
        <Empty title={t("rate.empty")} hint={t("rate.emptyHint")} />
      ) : (
        <Section title={t("rate.archivedIn", { from: report.from, to: report.to })} flush>
          <DataTable
            keys
            label={t("rate.title")}
            columns={columns}
            rows={[{ group: t("rate.total"), ...report.total }, ...report.rows]}
            rowKey={({ group }) => group}
            empty={null}
          />
        </Section>
      )}
    </>
  );
}

function Ageing({ unitId }: { unitId: number | undefined }) {
  const { t } = useTranslation("connection");
  const say = useBilingual();
  const language = useLanguage();
  const report = useOperation(connectionOperations.reportConnectionAgeing, { query: present({ unitId }) });
  return (
    <Section title={t("rate.ageing")} flush>
      <Answer of={report} lines={6}>
        {(data) => (
          <DataTable
            label={t("rate.ageing")}
            rows={data.rows}
            rowKey={({ flow }) => flow}
            empty={null}
            columns={[
              { key: "kind", title: t("rate.kind"), render: ({ title }) => say(title) },
              { key: "open", title: t("rate.open"), width: 96, align: "right", render: ({ open }) => count(open, language) },
              {
                key: "mean",
                title: t("rate.mean"),
                width: 112,
                align: "right",
                render: ({ averageDays }) => (averageDays === null ? t("rate.none") : count(averageDays, language)),
              },
              ...ageingBuckets.map((bucket) => ({
                key: bucket,
                title: t(`rate.buckets.${bucket}`),
                width: 128,
                align: "right" as const,
                render: ({ buckets }: (typeof data.rows)[number]) => count(buckets[bucket] ?? 0, language),
              })),
            ]}
          />
        )}
      </Answer>
    </Section>
  );
}
