// The visits of a day: when, where, what, who; two at one time of one person are told.
import { deskWorkOperations } from "@bihuan/contract/desk-work.ts";
import type { OperationResult } from "@bihuan/contract/operation.ts";
import { Link } from "@tanstack/react-router";
import { Segmented } from "antd";
import { useTranslation } from "react-i18next";
import { useFlows } from "../../../flow/use-flows.ts";
import { useOperation } from "../../../platform/query.ts";
import { DataTable } from "../../../ui/data-table.tsx";
import { DateInput } from "../../../ui/date-input.tsx";
import { Tag } from "../../../ui/page.tsx";
import { Answer, Empty } from "../../../ui/states.tsx";
import { InstantText } from "../../../ui/time.tsx";
import type { WorkSearch } from "../search.ts";
import styles from "./visits.module.css";

type Day = OperationResult<typeof deskWorkOperations.listVisits>;
type Go = (change: { [Name in keyof WorkSearch]?: WorkSearch[Name] | undefined }) => void;

export function Visits({ search, go }: { search: WorkSearch; go: Go }) {
  const { t } = useTranslation("work");
  const { day, unit } = search;
  const query = useOperation(
    deskWorkOperations.listVisits,
    { query: { ...(day === undefined ? {} : { day }), ...(unit === undefined ? {} : { unitId: unit }) } },
    { keepPrevious: true },
  );
  return (
    <div className={styles.visits} data-beside={search.open !== undefined}>
      <div className={styles.filters}>
        <DateInput
          label={t("visits.day")}
          value={day ?? query.data?.day}
          onChange={(next) => go({ day: next ?? undefined })}
          width={150}
        />
        <Segmented
          aria-label={t("visits.scope")}
          value={search.whose ?? "all"}
          onChange={(value) => go({ whose: value === "mine" ? "mine" : undefined })}
          options={[
            { value: "all", label: t("visits.all") },
            { value: "mine", label: t("visits.mine") },
          ]}
        />
        {query.data?.more && <span className="muted">{t("visits.more")}</span>}
      </div>
      <Answer of={query} lines={8}>
        {(data) => <Table data={data} search={search} />}
      </Answer>
    </div>
  );
}

function Table({ data, search }: { data: Day; search: WorkSearch }) {
  const { t } = useTranslation("work");
  const { words } = useFlows();
  const rows = data.visits.filter(({ mine }) => search.whose !== "mine" || mine);
  return (
    <DataTable
      fill
      keys
      label={t("tab.visits")}
      rows={rows}
      rowKey={({ order }) => order.orderId}
      currentKey={search.open ?? null}
      columns={[
        {
          key: "time",
          title: t("visits.time"),
          width: 150,
          render: ({ at, missed }) => (
            <>
              <InstantText at={at} /> {missed && <Tag tone="caution">{t("visits.missed")}</Tag>}
            </>
          ),
        },
        {
          key: "what",
          title: t("visits.what"),
          render: ({ order }) => (
            <Link to="/work" search={{ ...search, open: order.orderId }} replace={search.open !== undefined} title={order.title}>
              {order.title}
            </Link>
          ),
        },
        {
          key: "place",
          title: t("visits.place"),
          width: 260,
          render: ({ order }) => [order.contactName, order.address].filter(Boolean).join(" · "),
        },
        {
          key: "who",
          title: t("visits.who"),
          width: 220,
          wrap: true,
          render: ({ order, conflicts }) => (
            <span className={styles.who}>
              {order.holder ? order.holder.name : <span className="muted">{t("visits.nobody")}</span>}
              {conflicts.length > 0 && <Tag tone="caution">{t("visits.conflict")}</Tag>}
            </span>
          ),
        },
        {
          key: "state",
          title: t("visits.state"),
          width: 180,
          render: ({ order }) => `${words.flow(order.flow)} · ${words.step(order.flow, order.step)}`,
        },
      ]}
      empty={<Empty title={t("visits.empty")} hint={t("visits.emptyHint")} />}
    />
  );
}
