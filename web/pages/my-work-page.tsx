import { doableKinds } from "@bihuan/core/flow/tasks/task.ts";
import { useNavigate, useSearch } from "@tanstack/react-router";
import { Button, Select } from "antd";
import { lazy, Suspense, useEffect, useRef } from "react";
import { useTranslation } from "react-i18next";
import { TaskList } from "../desk/work/lanes/task-list.tsx";
import { useWorkKeptFresh } from "../desk/work/lanes/use-lanes.ts";
import { filterOf, isFiltered, type KeptFilter, readKept, tabs, type WorkSearch } from "../desk/work/search.ts";
import { UnitWork } from "../desk/work/unit/unit-work.tsx";
import { Visits } from "../desk/work/visits/visits.tsx";
import { useFlows } from "../flow/use-flows.ts";
import { useBilingual } from "../platform/language.ts";
import { useSetting } from "../platform/setting.ts";
import { Page, Tabs } from "../ui/page.tsx";
import { usePickers } from "../ui/pickers.tsx";
import { Skeleton } from "../ui/states.tsx";
import { SidePanel } from "../work-order/order/side-panel.tsx";
import styles from "./my-work-page.module.css";

const OrderDetail = lazy(() => import("./order-detail.tsx").then(({ OrderDetail: component }) => ({ default: component })));

type Change = { [Name in keyof WorkSearch]?: WorkSearch[Name] | undefined };

/** What I have to do, what my unit owes, what waits for others, and the visits of the day. */
export function MyWorkPage() {
  const { t } = useTranslation("work");
  const navigate = useNavigate();
  const search = useSearch({ from: "/inside/work" });
  const tab = search.tab ?? "mine";
  const keep = useKeptFilters(search);
  useWorkKeptFresh();
  const go = (change: Change, replace = true): void => {
    const next = { ...search, ...change } as WorkSearch;
    void navigate({ to: "/work", search: next, replace });
    if (["flow", "kind", "unit"].some((name) => name in change)) keep(filterOf(next));
  };

  return (
    <Page
      fill
      title={t("title")}
      note={
        <Tabs
          label={t("tabs")}
          tabs={tabs.map((key) => ({ key, title: t(`tab.${key}`) }))}
          value={tab}
          onChange={(next) => go({ tab: next === "mine" ? undefined : next, open: undefined }, false)}
        />
      }
      filters={<Filters search={search} onChange={go} />}
    >
      <div className={styles.body}>
        {(tab === "mine" || tab === "waiting") && <TaskList key={tab} view={tab} search={search} />}
        {tab === "unit" && <UnitWork search={search} />}
        {tab === "visits" && <Visits search={search} go={go} />}
        {search.open && (
          <SidePanel orderId={search.open} onClose={() => go({ open: undefined })}>
            <Suspense fallback={<Skeleton lines={10} />}>
              <OrderDetail key={search.open} orderId={search.open} />
            </Suspense>
          </SidePanel>
        )}
      </div>
    </Page>
  );
}

/** The filters a person used last stand there again, on whatever machine. Out: how to keep others. */
function useKeptFilters(search: WorkSearch): (filter: KeptFilter) => void {
  const navigate = useNavigate();
  const [kept, keep] = useSetting<KeptFilter>("my-work");
  const isRestored = useRef(Object.keys(search).length > 0);
  useEffect(() => {
    if (isRestored.current || kept === undefined) return;
    isRestored.current = true;
    const filter = readKept(kept);
    if (Object.keys(filter).length > 0) void navigate({ to: "/work", search: filter as WorkSearch, replace: true });
  }, [kept, navigate]);
  return (filter) => {
    isRestored.current = true;
    keep(Object.keys(filter).length > 0 ? filter : null);
  };
}

function Filters({ search, onChange }: { search: WorkSearch; onChange: (change: Change) => void }) {
  const { t } = useTranslation("work");
  const say = useBilingual();
  const { flows } = useFlows();
  const { unit: UnitPicker } = usePickers();
  const isList = search.tab === undefined || search.tab === "mine" || search.tab === "waiting";
  return (
    <>
      {isList && (
        <>
          <Select
            allowClear
            aria-label={t("filter.flow")}
            placeholder={t("filter.flow")}
            value={search.flow ?? null}
            onChange={(flow: string | null) => onChange({ flow: flow ?? undefined })}
            options={flows.filter(({ takesIn }) => takesIn).map(({ id, title }) => ({ value: id, label: say(title) }))}
            style={{ width: 140 }}
          />
          <Select
            allowClear
            aria-label={t("filter.kind")}
            placeholder={t("filter.kind")}
            value={search.kind ?? null}
            onChange={(kind: (typeof doableKinds)[number] | null) => onChange({ kind: kind ?? undefined })}
            options={doableKinds.map((kind) => ({ value: kind, label: t(`kind.${kind}`) }))}
            style={{ width: 130 }}
          />
        </>
      )}
      <div style={{ width: 180 }}>
        <UnitPicker
          id="work-unit"
          aria-label={t("filter.unit")}
          placeholder={t("filter.unit")}
          value={search.unit}
          onChange={(unit) => onChange({ unit })}
        />
      </div>
      {isFiltered(search) && (
        <Button
          type="link"
          size="small"
          title={t("filter.kept")}
          onClick={() => onChange({ flow: undefined, kind: undefined, unit: undefined })}
        >
          {t("filter.clear")}
        </Button>
      )}
    </>
  );
}
