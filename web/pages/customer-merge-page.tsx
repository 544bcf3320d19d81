import { customerOperations } from "@bihuan/contract/customer.ts";
import { useNavigate, useParams, useSearch } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";
import { MergeCompare } from "../customer/care/merge-compare.tsx";
import { useOperation } from "../platform/query.ts";
import { Page } from "../ui/page.tsx";
import { Answer, Empty } from "../ui/states.tsx";

export function CustomerMergePage() {
  const { t } = useTranslation("customer");
  const navigate = useNavigate();
  const { customerId } = useParams({ from: "/inside/customers/$customerId/merge" });
  const { with: mergedId } = useSearch({ from: "/inside/customers/$customerId/merge" });
  const survivor = useOperation(customerOperations.getCustomer, { params: { customerId } });
  const merged = useOperation(
    customerOperations.getCustomer,
    { params: { customerId: mergedId ?? customerId } },
    { enabled: mergedId !== undefined },
  );
  const swap = () =>
    void navigate({
      to: "/customers/$customerId/merge",
      params: { customerId: mergedId ?? customerId },
      search: { with: customerId },
      replace: true,
    });
  return (
    <Page title={t("merge.title")}>
      {mergedId === undefined ? (
        <Empty title={t("merge.nothing")} />
      ) : (
        <Answer of={survivor} lines={8}>
          {(one) => (
            <Answer of={merged} lines={8}>
              {(other) =>
                one.customerId === other.customerId ? (
                  <Empty title={t("merge.already")} />
                ) : (
                  <MergeCompare
                    key={one.customerId}
                    survivor={one}
                    merged={other}
                    onSwap={swap}
                    onDone={() => void navigate({ to: "/customers/$customerId", params: { customerId: one.customerId } })}
                  />
                )
              }
            </Answer>
          )}
        </Answer>
      )}
    </Page>
  );
}
