import { type CustomerFilter, customerOperations } from "@bihuan/contract/customer.ts";
import { useMutation } from "@tanstack/react-query";
import { Input } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { downloadOperation } from "../platform/client.ts";
import { Field, FormFrame } from "../ui/field.tsx";

/** Asks why personal data are taken out in full, and takes them out. */
export function ExportInFull({ filter, onDone }: { filter: CustomerFilter; onDone: () => void }) {
  const { t } = useTranslation("customer");
  const [unmaskReason, setReason] = useState("");
  const exporting = useMutation({
    mutationFn: () => downloadOperation(customerOperations.exportCustomers, { body: { filter, format: "xlsx", unmaskReason } }),
    onSuccess: onDone,
  });
  return (
    <FormFrame
      submit={t("export")}
      pending={exporting.isPending}
      error={exporting.error}
      disabled={unmaskReason.trim().length < 4}
      onCancel={onDone}
      onSubmit={() => exporting.mutate()}
    >
      <Field label={t("file.reason")} hint={t("exportAs.fullHint")} required>
        {(control) => (
          <Input {...control} autoFocus maxLength={200} value={unmaskReason} onChange={({ target }) => setReason(target.value)} />
        )}
      </Field>
    </FormFrame>
  );
}
