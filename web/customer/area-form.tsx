// A transformer area: its name and the unit responsible for every account in it.
import { customerOperations, type TransformerArea } from "@bihuan/contract/customer.ts";
import { Input } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { useOrganisation } from "../identity/organisation/use-organisation.ts";
import { useAct } from "../platform/query.ts";
import { Field, FormFrame } from "../ui/field.tsx";
import { usePickers } from "../ui/pickers.tsx";

export function AreaForm({ area, onDone }: { area: TransformerArea | null; onDone: () => void }) {
  const { t } = useTranslation("customer");
  const pickers = usePickers();
  const [code, setCode] = useState(area?.code ?? "");
  const [name, setName] = useState(area?.name ?? "");
  const [unitId, setUnitId] = useState<number | undefined>(area?.unit.unitId);
  const { units } = useOrganisation();
  // A transformer area lies where its unit does: the region need not be asked.
  const regionId = area?.regionId ?? units.find((unit) => unit.unitId === unitId)?.regionId;
  const save = useAct(customerOperations.saveTransformerArea, {
    refreshes: [customerOperations.listTransformerAreas, customerOperations.searchCustomers, customerOperations.getCustomer],
    onSuccess: onDone,
  });
  return (
    <FormFrame
      submit={t("edit.save")}
      pending={save.isPending}
      error={save.error}
      disabled={code.trim() === "" || name.trim() === "" || unitId === undefined || regionId === undefined}
      onCancel={onDone}
      onSubmit={() =>
        unitId &&
        regionId &&
        save.mutate({ params: { regionId, code: code.trim() }, body: { name, unitId, version: area?.version ?? 0 } })
      }
    >
      <Field label={t("account.areaCode")} required>
        {(control) => (
          <Input
            {...control}
            autoFocus={area === null}
            maxLength={40}
            disabled={area !== null}
            value={code}
            onChange={(event) => setCode(event.target.value)}
          />
        )}
      </Field>
      <Field label={t("area.name")} required>
        {(control) => (
          <Input
            {...control}
            autoFocus={area !== null}
            maxLength={120}
            value={name}
            onChange={(event) => setName(event.target.value)}
          />
        )}
      </Field>
      <Field
        label={t("area.unit")}
        hint={area && area.accounts > 0 ? t("area.unitHint", { count: area.accounts }) : null}
        required
      >
        {(control) => <pickers.unit {...control} value={unitId} onChange={setUnitId} />}
      </Field>
    </FormFrame>
  );
}
