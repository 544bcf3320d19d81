import { customerOperations } from "@bihuan/contract/customer.ts";
import { workOrderOperations } from "@bihuan/contract/work-order.ts";
import { useQueryClient } from "@tanstack/react-query";
import { Navigate, useNavigate, useParams } from "@tanstack/react-router";
import { Button } from "antd";
import { useTranslation } from "react-i18next";
import { RowChip } from "../clock/live-chip.tsx";
import { CustomerFile } from "../customer/customer-file.tsx";
import { fileRefreshes } from "../customer/file/refreshes.ts";
import { useFlows } from "../flow/use-flows.ts";
import { useLive } from "../platform/live.ts";
import { useOperation, useOperationPages } from "../platform/query.ts";
import { readAgain } from "../platform/read-again.ts";
import { may, useSession } from "../platform/session.ts";
import { DataTable } from "../ui/data-table.tsx";
import { Page, Section } from "../ui/page.tsx";
import { Answer, Empty } from "../ui/states.tsx";
import { useOrderColumns } from "../work-order/list/order-table.tsx";

export function CustomerPage() {
  const { t } = useTranslation("customer");
  const navigate = useNavigate();
  const session = useSession();
  const { customerId } = useParams({ from: "/inside/customers/$customerId" });
  const query = useOperation(customerOperations.getCustomer, { params: { customerId } });
  const client = useQueryClient();
  // Somebody else writes a note, names the manager, merges the file: the page says so by itself.
  useLive((change) => {
    if (change !== "everything" && change.type === "customer.changed" && change.id === query.data?.customerId)
      readAgain(client, fileRefreshes);
  });
  return (
    <Answer of={query} lines={12}>
      {(file) =>
        // A file that was merged answers with the surviving one: that is its address now.
        file.customerId !== customerId ? (
          <Navigate to="/customers/$customerId" params={{ customerId: file.customerId }} replace />
        ) : (
          <Page
            title={file.name}
            note={file.accounts[0]?.accountNo}
            actions={
              <>
                {file.actions.edit && (
                  <Button onClick={() => void navigate({ to: "/customers/$customerId/edit", params: { customerId } })}>
                    {t("file.edit")}
                  </Button>
                )}
                {file.actions.intake && (
                  <Button type="primary" onClick={() => void navigate({ to: "/orders/new", search: { customer: customerId } })}>
                    {t("file.takeIn")}
                  </Button>
                )}
              </>
            }
          >
            <CustomerFile file={file} orders={may(session, "order.read") && <CustomerOrders customerId={customerId} />} />
          </Page>
        )
      }
    </Answer>
  );
}

const fixed = { by: "intake", choose: () => undefined } as const;
const shown = ["clock", "title", "number", "flow", "step", "unit", "intake"];

function CustomerOrders({ customerId }: { customerId: string }) {
  const { t } = useTranslation("customer");
  const navigate = useNavigate();
  const { words } = useFlows();
  const search = { state: "all", customer: customerId } as const;
  const query = useOperationPages(
    workOrderOperations.listOrders,
    { customerId },
    (after) => ({ body: { customerId, state: "all" as const, sort: "intake" as const, limit: 20, ...(after ? { after } : {}) } }),
    ({ next }) => next,
  );
  const all = useOrderColumns(words, (row) => <RowChip row={row} />, search, fixed);
  // The newest first, and that is all: a list this short is not sorted.
  const columns = all.filter(({ key }) => shown.includes(key)).map(({ sort: _, ...column }) => column);
  return (
    <Section title={t("file.orders")} flush>
      <Answer of={query} lines={3}>
        {({ pages }) => (
          <DataTable
            label={t("file.orders")}
            columns={columns}
            rows={pages.flatMap(({ orders }) => orders)}
            more={{ has: query.hasNextPage, loading: query.isFetchingNextPage, load: () => void query.fetchNextPage() }}
            rowKey={({ orderId }) => orderId}
            onOpen={({ orderId }) => void navigate({ to: "/orders/$orderId", params: { orderId } })}
            empty={<Empty title={t("file.noOrders")} />}
          />
        )}
      </Answer>
    </Section>
  );
}
