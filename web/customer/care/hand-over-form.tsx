import { customerCareOperations } from "@bihuan/contract/customer-care.ts";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { useAct } from "../../platform/query.ts";
import { Field, FormFrame } from "../../ui/field.tsx";
import { fileRefreshes } from "../file/refreshes.ts";
import { ManagerPicker } from "./manager-picker.tsx";

/** Whose customers are handed over, and what to call them. */
export type HandOverFrom =
  | { readonly by: "manager"; readonly staffId: number; readonly name: string }
  | { readonly by: "transformer-area"; readonly regionId: number; readonly code: string; readonly name: string };

export function HandOverForm(props: { from: HandOverFrom; onDone: (customers: number) => void; onCancel: () => void }) {
  const { t } = useTranslation("customer");
  const [toStaffId, setTo] = useState<number | null>(null);
  const { name: _, ...from } = props.from;
  const hand = useAct(customerCareOperations.handOverCustomers, {
    refreshes: fileRefreshes,
    onSuccess: ({ customers }) => props.onDone(customers),
  });
  return (
    <FormFrame
      submit={t("manager.handOver")}
      pending={hand.isPending}
      error={hand.error}
      disabled={toStaffId === null}
      onCancel={props.onCancel}
      onSubmit={() => hand.mutate({ body: { from, toStaffId } })}
    >
      <Field label={t("manager.to")} hint={t("manager.toHint")} required>
        {(control) => <ManagerPicker control={control} value={toStaffId} onChange={setTo} />}
      </Field>
    </FormFrame>
  );
}
