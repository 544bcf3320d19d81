// Orders, a row each. The first thing one sees is the time that is left.
import type { OrderRow } from "@bihuan/contract/work-order.ts";
import { origins } from "@bihuan/core/flow/intake.ts";
import { Link } from "@tanstack/react-router";
import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { useBilingual, useLanguage } from "../../platform/language.ts";
import type { Column } from "../../ui/data-table.tsx";
import { Tag } from "../../ui/page.tsx";
import { InstantText } from "../../ui/time.tsx";
import { OrderNumber } from "../order-number.tsx";
import styles from "./order-table.module.css";
import type { OrderSearch } from "./search.ts";

/** What other slices know about an order: the page brings it. */
export type OrderWords = {
  readonly flow: (id: string) => string;
  readonly subtype: (flowId: string, code: string) => string;
  readonly step: (flowId: string, step: string | null) => string;
  readonly slot: (flowId: string | null, slot: string) => string;
};

export const orderColumns = [
  "clock",
  "title",
  "number",
  "flow",
  "step",
  "unit",
  "holder",
  "address",
  "origin",
  "intake",
] as const;
export type OrderColumn = (typeof orderColumns)[number];
export type OrderSort = "due" | "intake";
export const usualColumns: readonly OrderColumn[] = [
  "clock",
  "title",
  "number",
  "flow",
  "step",
  "unit",
  "holder",
  "address",
  "intake",
];

/** In: what other slices know about an order, its chip, the list's address; the order the list stands in and how to change it. */
export function useOrderColumns(
  words: OrderWords,
  chip: (row: OrderRow) => ReactNode,
  search: OrderSearch,
  sorting: { readonly by: OrderSort; readonly choose: (by: OrderSort) => void },
): Column<OrderRow>[] {
  const { t } = useTranslation("work-order");
  const say = useBilingual();
  const inEnglish = useLanguage() === "en";
  const all: Record<OrderColumn, Column<OrderRow>> = {
    clock: {
      key: "clock",
      title: t("column.clock"),
      width: inEnglish ? 216 : 178,
      // What is due first stands first; what is closed is due no more.
      ...(search.state === "closed"
        ? {}
        : { sort: { is: sorting.by === "due" ? ("ascending" as const) : null, choose: () => sorting.choose("due") } }),
      render: chip,
    },
    title: {
      key: "title",
      title: t("column.title"),
      render: (row) => (
        <span className={styles.titled}>
          <Link
            className={styles.title}
            to="/orders"
            search={{ ...search, open: row.orderId }}
            replace={search.open !== undefined}
            title={row.title}
          >
            {row.title}
          </Link>
          <span className={styles.marks}>
            <Marks row={row} />
          </span>
        </span>
      ),
    },
    number: {
      key: "number",
      title: t("column.number"),
      width: 154,
      render: ({ orderId }) => (
        <span className="secondary">
          <OrderNumber orderId={orderId} />
        </span>
      ),
    },
    flow: {
      key: "flow",
      title: t("column.flow"),
      width: inEnglish ? 122 : 92,
      render: ({ flow, subtype }) => (
        <span title={[words.flow(flow), subtype && words.subtype(flow, subtype)].filter(Boolean).join(" · ")}>
          {words.flow(flow)}
        </span>
      ),
    },
    step: {
      key: "step",
      title: t("column.step"),
      width: inEnglish ? 128 : 84,
      render: ({ flow, step, status }) =>
        step === null ? (
          <span className="muted">{t(`status.${status}`)}</span>
        ) : (
          <span title={words.step(flow, step)}>{words.step(flow, step)}</span>
        ),
    },
    unit: {
      key: "unit",
      title: t("column.unit"),
      width: inEnglish ? 124 : 136,
      render: ({ unit }) => <span title={unit.name}>{unit.name}</span>,
    },
    holder: {
      key: "holder",
      title: t("column.holder"),
      width: 78,
      // Nobody has an order that is closed.
      render: ({ holder, closedAt }) =>
        holder ? (
          <span title={holder.name}>{holder.name}</span>
        ) : (
          closedAt === null && <span className="muted">{t("nobody")}</span>
        ),
    },
    address: {
      key: "address",
      title: t("column.address"),
      width: inEnglish ? 160 : 190,
      render: ({ contactName, address }) => (
        <span title={[contactName, address].filter(Boolean).join(" · ")}>
          {[contactName, address].filter(Boolean).join(" · ")}
        </span>
      ),
    },
    origin: {
      key: "origin",
      title: t("column.origin"),
      width: 110,
      render: ({ origin }) => (origin in origins ? say(origins[origin as keyof typeof origins]) : origin),
    },
    intake: {
      key: "intake",
      title: t("column.intake"),
      width: 112,
      align: "right",
      sort: { is: sorting.by === "intake" ? "descending" : null, choose: () => sorting.choose("intake") },
      render: ({ intakeAt }) => <InstantText at={intakeAt} />,
    },
  };
  return orderColumns.map((key) => all[key]);
}

/** What makes an order more than usual, in words. */
export function Marks({ row }: { row: Pick<OrderRow, "urgency" | "urges" | "masterId" | "episode" | "grade"> }) {
  const { t } = useTranslation("work-order");
  return (
    <>
      {row.urgency === "URGENT" && <Tag tone="strong">{t("mark.urgent")}</Tag>}{" "}
      {row.grade && row.grade !== "GENERAL" && <Tag tone="strong">{t(`grade.${row.grade as "SPECIAL"}`)}</Tag>}{" "}
      {row.urges > 0 && <Tag>{t("mark.urged", { count: row.urges })}</Tag>} {row.masterId && <Tag>{t("mark.merged")}</Tag>}{" "}
      {row.episode > 1 && <Tag>{t("mark.reopened", { episode: row.episode })}</Tag>}
    </>
  );
}
