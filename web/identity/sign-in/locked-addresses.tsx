// Network addresses that are locked after too many failed sign-ins, and letting them in again.
import { identityOperations } from "@bihuan/contract/identity.ts";
import { Button, Modal } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { useAct, useOperation } from "../../platform/query.ts";
import { DataTable } from "../../ui/data-table.tsx";
import { Answer, Empty, Failure } from "../../ui/states.tsx";
import { InstantText } from "../../ui/time.tsx";

export function LockedAddresses() {
  const { t } = useTranslation("identity");
  const [open, setOpen] = useState(false);
  return (
    <>
      <Button onClick={() => setOpen(true)}>{t("locked.title")}</Button>
      <Modal open={open} onCancel={() => setOpen(false)} footer={null} title={t("locked.title")} width={640} destroyOnHidden>
        <LockedList />
      </Modal>
    </>
  );
}

function LockedList() {
  const { t } = useTranslation("identity");
  const query = useOperation(identityOperations.listLockedAddresses, {});
  const unlock = useAct(identityOperations.unlockAddress, { refreshes: [identityOperations.listLockedAddresses] });
  return (
    <>
      {unlock.error && <Failure error={unlock.error} />}
      <Answer of={query} lines={3}>
        {({ addresses, mayUnlock }) => (
          <DataTable
            label={t("locked.title")}
            rows={addresses}
            rowKey={({ address }) => address}
            empty={<Empty title={t("locked.none")} hint={t("locked.noneHint")} />}
            columns={[
              { key: "address", title: t("session.address"), render: ({ address }) => <code>{address}</code> },
              { key: "failures", title: t("locked.failures"), width: 90, align: "right", render: ({ failures }) => failures },
              {
                key: "until",
                title: t("staff.lockedUntil"),
                width: 150,
                render: ({ lockedUntil }) => <InstantText at={lockedUntil} />,
              },
              {
                key: "unlock",
                title: "",
                width: 90,
                align: "right",
                render: ({ address }) =>
                  mayUnlock && (
                    <Button size="small" disabled={unlock.isPending} onClick={() => unlock.mutate({ body: { address } })}>
                      {t("staff.unlock")}
                    </Button>
                  ),
              },
            ]}
          />
        )}
      </Answer>
    </>
  );
}
