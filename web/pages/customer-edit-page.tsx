import { type CustomerFile, customerOperations } from "@bihuan/contract/customer.ts";
import { useNavigate, useParams } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";
import { changeOf, draftOf, emptyFile, formOf } from "../customer/draft.ts";
import { CustomerFileForm } from "../customer/file-form.tsx";
import { useAct, useOperation } from "../platform/query.ts";
import { Page, Section } from "../ui/page.tsx";
import { Answer } from "../ui/states.tsx";
import { useActKeys } from "../platform/act-keys.ts";

const refreshes = [customerOperations.getCustomer, customerOperations.searchCustomers];

export function NewCustomerPage() {
  const { t } = useTranslation("customer");
  const navigate = useNavigate();
  const keys = useActKeys();
  const create = useAct(customerOperations.createCustomer, {
    refreshes,
    onSuccess: ({ customerId }) => void navigate({ to: "/customers/$customerId", params: { customerId }, replace: true }),
  });
  return (
    <Page title={t("edit.new")} narrow>
      <Section title={t("edit.who")}>
        <CustomerFileForm
          initial={emptyFile}
          maskedName={null}
          submit={t("edit.create")}
          pending={create.isPending}
          error={create.error}
          onCancel={() => void navigate({ to: "/customers" })}
          onSubmit={(form) => {
            const body = draftOf(form);
            create.mutate({ body, idempotencyKey: keys.keyFor(body) });
          }}
        />
      </Section>
    </Page>
  );
}

export function EditCustomerPage() {
  const { customerId } = useParams({ from: "/inside/customers/$customerId/edit" });
  const query = useOperation(customerOperations.getCustomer, { params: { customerId } });
  return (
    <Answer of={query} lines={12}>
      {(file) => <EditCustomer file={file} />}
    </Answer>
  );
}

function EditCustomer({ file }: { file: CustomerFile }) {
  const { t } = useTranslation("customer");
  const navigate = useNavigate();
  const params = { customerId: file.customerId };
  const back = () => void navigate({ to: "/customers/$customerId", params });
  const update = useAct(customerOperations.updateCustomer, { refreshes, onSuccess: back });
  return (
    <Page title={t("edit.title")} note={file.name} narrow>
      <Section title={t("edit.who")}>
        <CustomerFileForm
          initial={formOf(file)}
          maskedName={file.name}
          submit={t("edit.save")}
          pending={update.isPending}
          error={update.error}
          onCancel={back}
          onSubmit={(form) => update.mutate({ params, body: changeOf(form, file.version) })}
        />
      </Section>
    </Page>
  );
}
