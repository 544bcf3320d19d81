import { customerCareOperations, type Duplicate } from "@bihuan/contract/customer-care.ts";
import { Link } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";
import { useOperationPages } from "../platform/query.ts";
import { type Column, DataTable } from "../ui/data-table.tsx";
import { Page } from "../ui/page.tsx";
import { Answer, Empty } from "../ui/states.tsx";

type Row = { readonly first: Duplicate; readonly other: Duplicate };

export function CustomerDuplicatesPage() {
  const { t } = useTranslation("customer");
  const pages = useOperationPages(
    customerCareOperations.listDuplicates,
    {},
    (after) => ({ query: after ? { after } : {} }),
    ({ next }) => next,
  );
  const groups = pages.data?.pages.flatMap((page) => page.groups) ?? [];
  const rows = groups.flatMap(({ customers: [first, ...others] }) =>
    first ? others.map((other): Row => ({ first, other })) : [],
  );
  const file = (title: string, of: (row: Row) => Duplicate): Column<Row> => ({
    key: title,
    title,
    render: (row) => {
      const { customerId, name, accountNo, unit } = of(row);
      return (
        <>
          <Link to="/customers/$customerId" params={{ customerId }}>
            {name}
          </Link>{" "}
          <code>{accountNo}</code> <span className="muted">{unit?.name}</span>
        </>
      );
    },
  });
  const columns: Column<Row>[] = [
    file(t("merge.SURVIVOR"), ({ first }) => first),
    file(t("merge.MERGED"), ({ other }) => other),
    {
      key: "because",
      title: t("merge.why"),
      width: 200,
      render: ({ other }) => other.because.map((because) => t(`merge.because.${because}`)).join(t("merge.and")),
    },
    {
      key: "act",
      title: t("merge.title"),
      width: 110,
      render: ({ first, other }) => (
        <Link to="/customers/$customerId/merge" params={{ customerId: first.customerId }} search={{ with: other.customerId }}>
          {t("merge.compare")}
        </Link>
      ),
    },
  ];
  return (
    <Page fill title={t("merge.listTitle")} note={t("merge.listNote")}>
      <Answer of={pages} lines={12}>
        {() => (
          <DataTable
            fill
            keys
            label={t("merge.listTitle")}
            columns={columns}
            rows={rows}
            rowKey={({ first, other }) => `${first.customerId} ${other.customerId}`}
            empty={<Empty title={t("merge.none")} hint={t("merge.noneHint")} />}
            more={{ has: pages.hasNextPage, loading: pages.isFetchingNextPage, load: () => void pages.fetchNextPage() }}
          />
        )}
      </Answer>
    </Page>
  );
}
