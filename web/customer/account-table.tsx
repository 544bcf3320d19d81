// Accounts, a row each, as the search finds them.
import type { AccountRow } from "@bihuan/contract/customer.ts";
import { customerCategoryTitles, specialNeedTitles } from "@bihuan/core/customer/codes.ts";
import { Link } from "@tanstack/react-router";
import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { useBilingual } from "../platform/language.ts";
import { type Column, DataTable } from "../ui/data-table.tsx";
import { Tag } from "../ui/page.tsx";

export function AccountTable(props: {
  rows: readonly AccountRow[];
  stale: boolean;
  empty: ReactNode;
  more: { has: boolean; loading: boolean; load: () => void };
  onOpen: (row: AccountRow) => void;
}) {
  const { t } = useTranslation("customer");
  const say = useBilingual();
  const columns: Column<AccountRow>[] = [
    {
      key: "name",
      title: t("column.name"),
      width: 150,
      render: ({ customerId, customerName }) => (
        <Link to="/customers/$customerId" params={{ customerId }}>
          {customerName}
        </Link>
      ),
    },
    { key: "account", title: t("column.account"), width: 150, render: ({ accountNo }) => <code>{accountNo}</code> },
    { key: "category", title: t("column.category"), width: 120, render: ({ category }) => say(customerCategoryTitles[category]) },
    { key: "address", title: t("column.address"), render: ({ address }) => <span title={address ?? undefined}>{address}</span> },
    {
      key: "area",
      title: t("column.area"),
      width: 170,
      render: ({ transformerArea, areaClass }) => (
        <>
          {transformerArea?.name} <span className="muted">{t(`areaClass.${areaClass}`)}</span>
        </>
      ),
    },
    { key: "unit", title: t("column.unit"), width: 150, render: ({ unit }) => unit.name },
    { key: "phone", title: t("column.phone"), width: 124, render: ({ phone }) => phone ?? "" },
    {
      key: "marks",
      title: t("column.marks"),
      width: 170,
      render: ({ importance, specialNeeds }) => (
        <>
          {importance !== "ORDINARY" && <Tag tone="strong">{t(`importance.${importance}`)}</Tag>}{" "}
          {specialNeeds.map((need) => (
            <Tag key={need} tone="caution">
              {say(specialNeedTitles[need])}
            </Tag>
          ))}
        </>
      ),
    },
  ];
  return (
    <DataTable
      fill
      keys
      label={t("title")}
      columns={columns}
      rows={props.rows}
      rowKey={({ customerId, accountNo }) => `${customerId} ${accountNo}`}
      stale={props.stale}
      empty={props.empty}
      more={props.more}
      onOpen={props.onOpen}
    />
  );
}
