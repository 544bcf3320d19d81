// A staff account: new, changed.
import { identityOperations, type StaffView } from "@bihuan/contract/identity.ts";
import { Input } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { useAct } from "../../platform/query.ts";
import { Field, FormFrame } from "../../ui/field.tsx";
import { UnitPicker } from "../organisation/unit-picker.tsx";

export function NewStaffForm({
  unitId,
  onDone,
  onCancel,
}: {
  unitId?: number | undefined;
  onDone: (staffId: number) => void;
  onCancel: () => void;
}) {
  const { t } = useTranslation("identity");
  const [name, setName] = useState("");
  const [account, setAccount] = useState("");
  const [homeUnitId, setHomeUnitId] = useState(unitId);
  const create = useAct(identityOperations.createStaff, {
    refreshes: [identityOperations.listStaff],
    onSuccess: ({ staffId }) => onDone(staffId),
  });
  return (
    <FormFrame
      submit={t("staff.create")}
      pending={create.isPending}
      error={create.error}
      disabled={name.trim() === "" || account.trim() === "" || homeUnitId === undefined}
      onCancel={onCancel}
      onSubmit={() => homeUnitId && create.mutate({ body: { name, account, homeUnitId } })}
    >
      <Field label={t("staff.name")} required>
        {(control) => (
          <Input {...control} autoFocus maxLength={40} value={name} onChange={(event) => setName(event.target.value)} />
        )}
      </Field>
      <Field label={t("account")} hint={t("staff.accountHint")} required>
        {(control) => (
          <Input
            {...control}
            maxLength={40}
            autoComplete="off"
            value={account}
            onChange={(event) => setAccount(event.target.value)}
          />
        )}
      </Field>
      <Field label={t("staff.homeUnit")} required>
        {(control) => <UnitPicker {...control} value={homeUnitId} onChange={setHomeUnitId} />}
      </Field>
    </FormFrame>
  );
}

export function EditStaffForm({ person, onDone }: { person: StaffView; onDone: () => void }) {
  const { t } = useTranslation("identity");
  const [name, setName] = useState(person.name);
  const [homeUnitId, setHomeUnitId] = useState<number | undefined>(person.homeUnitId);
  const update = useAct(identityOperations.updateStaff, {
    refreshes: [identityOperations.readStaff, identityOperations.listStaff],
    onSuccess: onDone,
  });
  return (
    <FormFrame
      submit={t("staff.save")}
      pending={update.isPending}
      error={update.error}
      disabled={name.trim() === "" || homeUnitId === undefined}
      onCancel={onDone}
      onSubmit={() =>
        homeUnitId && update.mutate({ params: { staffId: person.staffId }, body: { version: person.version, name, homeUnitId } })
      }
    >
      <Field label={t("staff.name")} required>
        {(control) => (
          <Input {...control} autoFocus maxLength={40} value={name} onChange={(event) => setName(event.target.value)} />
        )}
      </Field>
      <Field label={t("staff.homeUnit")} required>
        {(control) => <UnitPicker {...control} value={homeUnitId} onChange={setHomeUnitId} />}
      </Field>
    </FormFrame>
  );
}
