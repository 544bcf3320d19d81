// Who answers for the customer, who did before, and the card that says so.
import { customerCareOperations } from "@bihuan/contract/customer-care.ts";
import type { CustomerFile } from "@bihuan/contract/customer.ts";
import { useMutation } from "@tanstack/react-query";
import { Button } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { downloadOperation } from "../../platform/client.ts";
import { useAct } from "../../platform/query.ts";
import { Field, FormFrame } from "../../ui/field.tsx";
import { Section, Tag } from "../../ui/page.tsx";
import { Failure } from "../../ui/states.tsx";
import { InstantText } from "../../ui/time.tsx";
import styles from "../file/file.module.css";
import { fileRefreshes } from "../file/refreshes.ts";
import { ManagerPicker } from "./manager-picker.tsx";

export function ManagerSection({ file }: { file: CustomerFile }) {
  const { t } = useTranslation("customer");
  const [naming, setNaming] = useState(false);
  const { customerId, manager, managers, actions } = file;
  const before = managers.filter(({ until }) => until !== null);
  const print = useMutation({
    mutationFn: (renew: boolean) =>
      downloadOperation(customerCareOperations.printServiceCard, { params: { customerId }, body: { renew } }),
  });
  return (
    <Section
      title={t("manager.title")}
      actions={
        <>
          {actions.manage && !naming && (
            <Button size="small" onClick={() => setNaming(true)}>
              {t(manager ? "manager.change" : "manager.name")}
            </Button>
          )}
          {actions.record && (
            <Button size="small" loading={print.isPending} onClick={() => print.mutate(false)}>
              {t("card.print")}
            </Button>
          )}
        </>
      }
    >
      <div className={styles.stack}>
        {print.error && <Failure error={print.error} />}
        {manager ? (
          <p className={styles.line}>
            <strong>{manager.name}</strong>
            {manager.phone && <a href={`tel:${manager.phone}`}>{manager.phone}</a>}
            {!manager.active && <Tag tone="caution">{t("manager.left")}</Tag>}
          </p>
        ) : (
          <p className="muted">{t("manager.none")}</p>
        )}
        {naming && <NameManager file={file} onDone={() => setNaming(false)} />}
        {before.length > 0 && (
          <ul className={styles.files} aria-label={t("manager.before")}>
            {before.map(({ staffId, name, since, until }) => (
              <li key={`${staffId} ${since}`} className="muted">
                {name} <InstantText at={since} /> – {until && <InstantText at={until} end />}
              </li>
            ))}
          </ul>
        )}
        {actions.record && (
          <p className="muted">
            {t("card.hint")}{" "}
            <Button type="link" size="small" style={{ padding: 0 }} onClick={() => print.mutate(true)}>
              {t("card.renew")}
            </Button>
          </p>
        )}
      </div>
    </Section>
  );
}

function NameManager({ file, onDone }: { file: CustomerFile; onDone: () => void }) {
  const { t } = useTranslation("customer");
  const [staffId, setStaffId] = useState<number | null>(null);
  const save = useAct(customerCareOperations.setCustomerManager, { refreshes: fileRefreshes, onSuccess: onDone });
  return (
    <FormFrame
      submit={t("edit.save")}
      pending={save.isPending}
      error={save.error}
      onCancel={onDone}
      onSubmit={() => save.mutate({ params: { customerId: file.customerId }, body: { version: file.version, staffId } })}
    >
      <Field label={t("manager.title")} hint={t("manager.emptyHint")}>
        {(control) => <ManagerPicker control={control} value={staffId} onChange={setStaffId} />}
      </Field>
    </FormFrame>
  );
}
