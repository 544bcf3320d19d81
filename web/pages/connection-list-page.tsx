import { connectionOperations } from "@bihuan/contract/connection.ts";
import { useQueryClient } from "@tanstack/react-query";
import { useNavigate, useSearch } from "@tanstack/react-router";
import { Button, Checkbox, Select } from "antd";
import { lazy, Suspense, useMemo, useRef } from "react";
import { useTranslation } from "react-i18next";
import { isFiltered, trackingFilter, type TrackingSearch, trackingStates } from "../connection/search.ts";
import { useTrackingColumns } from "../connection/tracking-table.tsx";
import { useFlows } from "../flow/use-flows.ts";
import { UnitPicker } from "../identity/organisation/unit-picker.tsx";
import { useBilingual, useLanguage } from "../platform/language.ts";
import { useLive } from "../platform/live.ts";
import { useOperation, useOperationPages } from "../platform/query.ts";
import { readAgain } from "../platform/read-again.ts";
import { writeSearch } from "../platform/search.ts";
import { may, useSession } from "../platform/session.ts";
import { DataTable } from "../ui/data-table.tsx";
import { count } from "../ui/format.ts";
import { Icon } from "../ui/icon.tsx";
import { Page } from "../ui/page.tsx";
import { Answer, Empty, Failure, Skeleton } from "../ui/states.tsx";
import { SidePanel } from "../work-order/order/side-panel.tsx";

const OrderDetail = lazy(() => import("./order-detail.tsx").then(({ OrderDetail: component }) => ({ default: component })));

/** The process tracking table (业扩流程跟踪表): every connection of a hall, node by node. */
export function ConnectionListPage() {
  const { t } = useTranslation("connection");
  const session = useSession();
  const navigate = useNavigate();
  const search = useSearch({ from: "/inside/connections" });
  const { words } = useFlows();
  const filter = useMemo(() => trackingFilter(search), [search]);
  const sort = search.sort ?? (filter.state === "open" ? "due" : "intake");
  const pages = useOperationPages(
    connectionOperations.trackConnections,
    { ...filter, sort },
    (after) => ({ query: { ...filter, sort, ...(after ? { after } : {}) } }),
    ({ next }) => next,
  );
  useRefreshedTable();
  const go = (change: { [Name in keyof TrackingSearch]?: TrackingSearch[Name] | undefined }, replace = true) =>
    void navigate({ to: "/connections", search: { ...search, ...change } as TrackingSearch, replace });
  const columns = useTrackingColumns(words, search, { by: sort, choose: (by) => go({ sort: by }) });
  return (
    <Page
      fill
      title={t("table")}
      note={may(session, "report.read") && <Today unitId={search.unit} />}
      filters={<Filters search={search} onChange={go} />}
      actions={
        <>
          {may(session, "report.read") && (
            <Button
              onClick={() =>
                void navigate({ to: "/connections/compliance", search: search.unit === undefined ? {} : { unit: search.unit } })
              }
            >
              {t("rate.link")}
            </Button>
          )}
          {may(session, "order.export") && <Button href={`/api/connections/export${writeSearch(filter)}`}>{t("export")}</Button>}
        </>
      }
    >
      <Answer of={pages} lines={14}>
        {(data) => (
          <>
            {pages.error && <Failure error={pages.error} onRetry={() => void pages.refetch()} />}
            <DataTable
              fill
              keys
              label={t("table")}
              columns={columns}
              rows={data.pages.flatMap(({ connections }) => connections)}
              rowKey={({ orderId }) => orderId}
              currentKey={search.open ?? null}
              stale={pages.isPlaceholderData}
              onOpen={({ orderId }) => go({ open: orderId }, search.open !== undefined)}
              more={{ has: pages.hasNextPage, loading: pages.isFetchingNextPage, load: () => void pages.fetchNextPage() }}
              empty={
                isFiltered(search) ? (
                  <Empty title={t("empty.filtered")}>
                    <Button onClick={() => void navigate({ to: "/connections", search: {} })}>{t("filter.clear")}</Button>
                  </Empty>
                ) : (
                  <Empty title={t("empty.title")} hint={t("empty.hint")} />
                )
              }
            />
          </>
        )}
      </Answer>
      {search.open && (
        <SidePanel orderId={search.open} onClose={() => go({ open: undefined })}>
          <Suspense fallback={<Skeleton lines={10} />}>
            <OrderDetail key={search.open} orderId={search.open} />
          </Suspense>
        </SidePanel>
      )}
    </Page>
  );
}

function Filters({
  search,
  onChange,
}: {
  search: TrackingSearch;
  onChange: (change: { [Name in keyof TrackingSearch]?: TrackingSearch[Name] | undefined }) => void;
}) {
  const { t } = useTranslation("connection");
  const say = useBilingual();
  const { flows } = useFlows();
  return (
    <>
      <div style={{ width: 160 }}>
        <UnitPicker
          id="connection-unit"
          aria-label={t("filter.unit")}
          placeholder={t("filter.unit")}
          value={search.unit}
          onChange={(unit) => onChange({ unit })}
        />
      </div>
      <Select
        allowClear
        style={{ width: 176 }}
        placeholder={t("filter.flow")}
        aria-label={t("filter.flow")}
        value={search.flow ?? null}
        onChange={(flow) => onChange({ flow: flow ?? undefined })}
        options={flows
          .filter(({ id }) => id.startsWith("connection-"))
          .map(({ id, title }) => ({ value: id, label: say(title) }))}
      />
      <Select
        style={{ width: 116 }}
        aria-label={t("filter.state")}
        value={search.state ?? "open"}
        onChange={(state) => onChange({ state: state === "open" ? undefined : state })}
        options={trackingStates.map((value) => ({ value, label: t(`state.${value}`) }))}
      />
      <Checkbox
        checked={search.only === "late"}
        onChange={({ target }) => onChange({ only: target.checked ? "late" : undefined })}
      >
        {t("filter.late")}
      </Checkbox>
      {isFiltered(search) && (
        <Button
          type="text"
          aria-label={t("filter.clear")}
          title={t("filter.clear")}
          icon={<Icon name="close" size={16} />}
          onClick={() => onChange({ unit: undefined, flow: undefined, state: undefined, only: undefined })}
        />
      )}
    </>
  );
}

/** How many were archived today, and how many of them in time. */
function Today({ unitId }: { unitId: number | undefined }) {
  const { t } = useTranslation("connection");
  const language = useLanguage();
  const report = useOperation(connectionOperations.reportConnectionCompliance, {
    query: unitId === undefined ? {} : { unitId },
  });
  const { archived = 0, rate = null } = report.data?.total ?? {};
  if (archived === 0 || rate === null) return null;
  return <>{t("compliance", { count: archived, rate: `${count(Math.round(rate * 1000) / 10, language)} %` })}</>;
}

/** Reads the table again when orders changed, not more often than every two seconds, however many changed. */
function useRefreshedTable(): void {
  const client = useQueryClient();
  const waiting = useRef<ReturnType<typeof setTimeout> | null>(null);
  useLive((change) => {
    if (change !== "everything" && !change.type.startsWith("order.")) return;
    waiting.current ??= setTimeout(() => {
      waiting.current = null;
      readAgain(client, [connectionOperations.trackConnections, connectionOperations.reportConnectionCompliance]);
    }, 2_000);
  });
}
