// Files that look like this one, and files that were merged into it.
import { customerCareOperations } from "@bihuan/contract/customer-care.ts";
import type { CustomerFile } from "@bihuan/contract/customer.ts";
import { Link } from "@tanstack/react-router";
import { Button, Input } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { useAct, useOperation } from "../../platform/query.ts";
import { Field, FormFrame } from "../../ui/field.tsx";
import { Section } from "../../ui/page.tsx";
import { InstantText } from "../../ui/time.tsx";
import styles from "../file/file.module.css";
import { fileRefreshes } from "../file/refreshes.ts";

export function MergeSection({ file }: { file: CustomerFile }) {
  const { t } = useTranslation("customer");
  const { customerId } = file;
  const found = useOperation(customerCareOperations.findDuplicates, { params: { customerId } }, { enabled: !file.erased });
  const duplicates = found.data?.duplicates ?? [];
  if (duplicates.length === 0 && file.mergedFrom.length === 0) return null;
  return (
    <Section title={t("merge.section")}>
      <ul className={styles.list}>
        {duplicates.map((one) => (
          <li key={one.customerId}>
            <div className={styles.line}>
              <Link to="/customers/$customerId" params={{ customerId: one.customerId }}>
                {one.name}
              </Link>
              <code>{one.accountNo}</code>
              {file.actions.manage && (
                <Link to="/customers/$customerId/merge" params={{ customerId }} search={{ with: one.customerId }}>
                  {t("merge.compare")}
                </Link>
              )}
            </div>
            <p className="muted">{one.because.map((because) => t(`merge.because.${because}`)).join(t("merge.and"))}</p>
          </li>
        ))}
        {file.mergedFrom.map((merged) => (
          <MergedLine key={merged.customerId} file={file} merged={merged} />
        ))}
      </ul>
    </Section>
  );
}

function MergedLine({ file, merged }: { file: CustomerFile; merged: CustomerFile["mergedFrom"][number] }) {
  const { t } = useTranslation("customer");
  const [undoing, setUndoing] = useState(false);
  const [reason, setReason] = useState("");
  const undo = useAct(customerCareOperations.undoMerge, { refreshes: fileRefreshes, onSuccess: () => setUndoing(false) });
  const { customerId: mergedId, name, mergedAt, mergedBy } = merged;
  return (
    <li>
      <div className={styles.line}>
        <span>
          {t("merge.merged", { name })} <code>{mergedId}</code>
        </span>
        {file.actions.manage && merged.undoable && !undoing && (
          <Button type="link" size="small" onClick={() => setUndoing(true)}>
            {t("merge.undo")}
          </Button>
        )}
      </div>
      <p className="muted">
        <InstantText at={mergedAt} /> · {mergedBy} · {merged.reason}
      </p>
      {undoing && (
        <FormFrame
          submit={t("merge.undo")}
          danger
          pending={undo.isPending}
          error={undo.error}
          disabled={reason.trim().length < 4}
          onCancel={() => setUndoing(false)}
          onSubmit={() =>
            undo.mutate({ params: { customerId: file.customerId }, body: { version: file.version, mergedId, reason } })
          }
        >
          <Field label={t("merge.reason")} hint={t("file.reasonHint")} required>
            {(control) => (
              <Input {...control} autoFocus maxLength={200} value={reason} onChange={({ target }) => setReason(target.value)} />
            )}
          </Field>
        </FormFrame>
      )}
    </li>
  );
}
