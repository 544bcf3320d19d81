import { workOrderOperations } from "@bihuan/contract/work-order.ts";
import { useQueryClient } from "@tanstack/react-query";
import { useNavigate, useSearch } from "@tanstack/react-router";
import { Button, Dropdown } from "antd";
import { lazy, Suspense, useMemo, useRef } from "react";
import { useTranslation } from "react-i18next";
import { RowChip } from "../clock/live-chip.tsx";
import { useFlows } from "../flow/use-flows.ts";
import { useLanguage } from "../platform/language.ts";
import { useLive } from "../platform/live.ts";
import { useOperation, useOperationPages } from "../platform/query.ts";
import { readAgain } from "../platform/read-again.ts";
import { may, useSession } from "../platform/session.ts";
import { writeSearch } from "../platform/search.ts";
import { ColumnChooser, DataTable } from "../ui/data-table.tsx";
import { count } from "../ui/format.ts";
import { Icon } from "../ui/icon.tsx";
import { Page } from "../ui/page.tsx";
import { Answer, Empty, Failure, Skeleton } from "../ui/states.tsx";
import { useStored } from "../ui/stored.ts";
import { TableSkeleton } from "../ui/table-skeleton.tsx";
import { OrderFilters } from "../work-order/list/order-filters.tsx";
import { type OrderColumn, useOrderColumns, usualColumns } from "../work-order/list/order-table.tsx";
import { filterCount, orderFilter, type OrderSearch } from "../work-order/list/search.ts";
import { SidePanel } from "../work-order/order/side-panel.tsx";
import { useViewName, ViewMenu } from "../work-order/list/view-menu.tsx";

const OrderDetail = lazy(() => import("./order-detail.tsx").then(({ OrderDetail: component }) => ({ default: component })));

export function OrderListPage() {
  const { t } = useTranslation("work-order");
  const language = useLanguage();
  const session = useSession();
  const navigate = useNavigate();
  const search = useSearch({ from: "/inside/orders" });
  const { flows, words } = useFlows();
  const filter = useMemo(() => orderFilter(search), [search]);
  const usualSort = filter.state === "open" ? "due" : "intake";
  const sort = search.sort ?? usualSort;
  const viewName = useViewName(search);

  const orders = useOperationPages(
    workOrderOperations.listOrders,
    { ...filter, sort },
    (after) => ({ body: { ...filter, sort, limit: 50, ...(after ? { after } : {}) } }),
    ({ next }) => next,
  );
  const total = useOperation(workOrderOperations.countOrders, { body: filter }, { keepPrevious: true });
  useRefreshedList();

  const go = (change: Partial<Record<keyof OrderSearch, unknown>>, replace = true) =>
    void navigate({ to: "/orders", search: { ...search, ...change } as OrderSearch, replace });

  const [chosen, choose] = useStored<OrderColumn[]>("order-columns");
  const shown: readonly OrderColumn[] = chosen ?? usualColumns;
  const columns = useOrderColumns(words, (row) => <RowChip row={row} />, search, {
    by: sort,
    choose: (by) => go({ sort: by === usualSort ? undefined : by }),
  });
  const rows = orders.data?.pages.flatMap((page) => page.orders) ?? [];
  const shownColumns = columns.filter(({ key }) => shown.includes(key as OrderColumn));

  return (
    <Page
      fill
      title={viewName}
      heading={<ViewMenu search={search} />}
      filters={<OrderFilters search={search} flows={flows} onChange={(change) => go(change)} />}
      actions={
        <>
          <span className="muted" aria-live="polite">
            {total.data &&
              t(total.data.more ? "countMore" : "count", { total: count(total.data.count, language), count: total.data.count })}
          </span>
          <ColumnChooser columns={columns} shown={shown} onChange={(next) => choose(next as OrderColumn[] | null)} />
          {may(session, "order.export") && (
            <Dropdown
              trigger={["click"]}
              menu={{
                items: [
                  {
                    key: "export",
                    disabled: search.text !== undefined,
                    // A name or a number must not stand in an address, and so in no download.
                    label: search.text ? (
                      t("exportWithoutText")
                    ) : (
                      <a href={`/api/orders/export${writeSearch({ ...filter, text: undefined })}`}>{t("export")}</a>
                    ),
                  },
                ],
              }}
            >
              <Button aria-label={t("more")} style={{ width: 32, padding: 0 }}>
                ⋯
              </Button>
            </Dropdown>
          )}
          {may(session, "order.intake") && (
            <Button
              type="primary"
              aria-keyshortcuts="n"
              icon={<Icon name="plus" size={16} />}
              onClick={() => void navigate({ to: "/orders/new" })}
            >
              {t("new")}
            </Button>
          )}
        </>
      }
    >
      <Answer of={orders} skeleton={<TableSkeleton fill columns={shownColumns} rows={18} />}>
        {() => (
          <>
            {orders.error && <Failure error={orders.error} onRetry={() => void orders.refetch()} />}
            <DataTable
              fill
              keys
              label={viewName}
              columns={shownColumns}
              rows={rows}
              rowKey={({ orderId }) => orderId}
              currentKey={search.open ?? null}
              stale={orders.isPlaceholderData}
              onOpen={({ orderId }) => go({ open: orderId }, search.open !== undefined)}
              more={{ has: orders.hasNextPage, loading: orders.isFetchingNextPage, load: () => void orders.fetchNextPage() }}
              empty={
                filterCount(search) > 0 || filter.state !== "open" ? (
                  <Empty title={t("empty.filtered")} hint={t("empty.filteredHint")}>
                    <Button onClick={() => void navigate({ to: "/orders", search: {} })}>{t("empty.clear")}</Button>
                  </Empty>
                ) : (
                  <Empty title={t("empty.title")} hint={t(may(session, "order.intake") ? "empty.hintIntake" : "empty.hint")} />
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

/** Reads the list again when orders changed, not more often than every two seconds, however many changed. */
function useRefreshedList(): void {
  const client = useQueryClient();
  const waiting = useRef<ReturnType<typeof setTimeout> | null>(null);
  useLive((change) => {
    if (change !== "everything" && !change.type.startsWith("order.")) return;
    waiting.current ??= setTimeout(() => {
      waiting.current = null;
      readAgain(client, [workOrderOperations.listOrders, workOrderOperations.countOrders]);
    }, 2_000);
  });
}
