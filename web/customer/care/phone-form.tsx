import { customerCareOperations } from "@bihuan/contract/customer-care.ts";
import { Input } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { useBilingual } from "../../platform/language.ts";
import { asProblem } from "../../platform/problem.ts";
import { useAct } from "../../platform/query.ts";
import { Field, FormFrame } from "../../ui/field.tsx";
import { usePickers } from "../../ui/pickers.tsx";
import { fileRefreshes } from "../file/refreshes.ts";

/** The number that is printed on cards for a manager, or for a unit, which is chosen where none is given. */
export function PhoneForm(props: {
  holder: "staff" | "unit";
  holderId: number | null;
  phone: string | null;
  onDone: () => void;
}) {
  const { t } = useTranslation("customer");
  const say = useBilingual();
  const pickers = usePickers();
  const [unitId, setUnitId] = useState<number | undefined>();
  const [phone, setPhone] = useState(props.phone ?? "");
  const save = useAct(customerCareOperations.saveServicePhone, { refreshes: fileRefreshes, onSuccess: props.onDone });
  const holderId = props.holderId ?? unitId;
  const problem = save.error ? asProblem(save.error).fields.find(({ path }) => path === "phone") : undefined;
  return (
    <FormFrame
      submit={t("edit.save")}
      pending={save.isPending}
      error={save.error}
      disabled={holderId === undefined}
      onCancel={props.onDone}
      onSubmit={() =>
        holderId !== undefined &&
        save.mutate({ params: { holder: props.holder, holderId }, body: { phone: phone.trim() || null } })
      }
    >
      {props.holderId === null && (
        <Field label={t("manager.unit")} required>
          {(control) => <pickers.unit {...control} value={unitId} onChange={setUnitId} />}
        </Field>
      )}
      <Field label={t("manager.phone")} hint={t("manager.phoneHint")} problem={problem ? say(problem.message) : null}>
        {(control) => (
          <Input {...control} inputMode="tel" maxLength={30} value={phone} onChange={({ target }) => setPhone(target.value)} />
        )}
      </Field>
    </FormFrame>
  );
}
