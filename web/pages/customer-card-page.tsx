// Where the code on a service card leads: to the customer's file, for whoever is signed in and may read it.
import { customerCareOperations } from "@bihuan/contract/customer-care.ts";
import { Navigate, useParams } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";
import { useOperation } from "../platform/query.ts";
import { Page } from "../ui/page.tsx";
import { Answer } from "../ui/states.tsx";

export function CustomerCardPage() {
  const { t } = useTranslation("customer");
  const { token } = useParams({ from: "/inside/card/$token" });
  const query = useOperation(customerCareOperations.openServiceCard, { params: { token } });
  return (
    <Page title={t("card.title")}>
      <Answer of={query} lines={4}>
        {({ customerId }) => <Navigate to="/customers/$customerId" params={{ customerId }} replace />}
      </Answer>
    </Page>
  );
}
