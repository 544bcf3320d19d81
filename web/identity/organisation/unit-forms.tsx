// A unit: new, changed, moved, out of use.
import { identityOperations, type UnitView } from "@bihuan/contract/identity.ts";
import { mayStandBelow } from "@bihuan/core/identity/organisation-change.ts";
import { type AreaClass, areaClasses, type UnitKind, unitKinds, unitKindTitles } from "@bihuan/core/identity/organisation.ts";
import { Input, Select } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { useBilingual } from "../../platform/language.ts";
import { useAct } from "../../platform/query.ts";
import { Field, FormFrame } from "../../ui/field.tsx";
import { UnitPicker } from "./unit-picker.tsx";
import { kindsFor } from "./unit-tree.ts";
import { useOrganisation } from "./use-organisation.ts";

const refreshes = [identityOperations.readOrganisation];
const full = { width: "100%" };

function AreaSelect(props: { value: AreaClass | null; onChange: (value: AreaClass | null) => void; control: object }) {
  const { t } = useTranslation("identity");
  return (
    <Select<AreaClass | "inherit">
      {...props.control}
      style={full}
      value={props.value ?? "inherit"}
      onChange={(next) => props.onChange(next === "inherit" ? null : next)}
      options={[
        { value: "inherit", label: t("unit.inherit") },
        ...areaClasses.map((value) => ({ value, label: t(`areaClass.${value}`) })),
      ]}
    />
  );
}

export function NewUnitForm({
  parent,
  onDone,
  onCancel,
}: {
  parent: UnitView;
  onDone: (unit: UnitView) => void;
  onCancel: () => void;
}) {
  const { t } = useTranslation("identity");
  const say = useBilingual();
  const [name, setName] = useState("");
  const [code, setCode] = useState("");
  const [kind, setKind] = useState<UnitKind | null>(null);
  const [areaClass, setAreaClass] = useState<AreaClass | null>(null);
  const kinds = unitKinds.filter((one) => mayStandBelow(one, parent.kind));
  const create = useAct(identityOperations.createUnit, { refreshes, onSuccess: onDone });
  return (
    <FormFrame
      submit={t("unit.create")}
      columns="fit"
      pending={create.isPending}
      error={create.error}
      disabled={name.trim() === "" || code.trim() === "" || kind === null}
      onCancel={onCancel}
      onSubmit={() => kind && create.mutate({ body: { name, code, kind, parentId: parent.unitId, areaClass } })}
    >
      <Field label={t("unit.name")} required>
        {(control) => (
          <Input {...control} autoFocus maxLength={80} value={name} onChange={(event) => setName(event.target.value)} />
        )}
      </Field>
      <Field label={t("unit.code")} required>
        {(control) => <Input {...control} maxLength={40} value={code} onChange={(event) => setCode(event.target.value)} />}
      </Field>
      <Field label={t("unit.kind")} required>
        {(control) => (
          <Select<UnitKind | null>
            {...control}
            style={full}
            value={kind}
            placeholder={t("unit.kindChoose")}
            onChange={setKind}
            options={kinds.map((value) => ({ value, label: say(unitKindTitles[value]) }))}
          />
        )}
      </Field>
      <Field label={t("unit.areaClass")}>
        {(control) => <AreaSelect control={control} value={areaClass} onChange={setAreaClass} />}
      </Field>
    </FormFrame>
  );
}

export function EditUnitForm({
  unit,
  onDone,
  onCancel,
}: {
  unit: UnitView;
  onDone: (unit: UnitView) => void;
  onCancel: () => void;
}) {
  const { t } = useTranslation("identity");
  const say = useBilingual();
  const { units } = useOrganisation();
  const kinds = kindsFor(units, unit);
  const [kind, setKind] = useState(unit.kind);
  const [name, setName] = useState(unit.name);
  const [code, setCode] = useState(unit.code);
  const [areaClass, setAreaClass] = useState(unit.areaClass);
  const [zone, setZone] = useState(unit.zone ?? "");
  const update = useAct(identityOperations.updateUnit, { refreshes, onSuccess: onDone });
  return (
    <FormFrame
      submit={t("unit.save")}
      columns="fit"
      pending={update.isPending}
      error={update.error}
      disabled={name.trim() === "" || code.trim() === ""}
      onCancel={onCancel}
      onSubmit={() =>
        update.mutate({
          params: { unitId: unit.unitId },
          body: {
            version: unit.version,
            name,
            code,
            ...(kind === unit.kind ? {} : { kind }),
            areaClass,
            zone: zone.trim() === "" ? null : zone.trim(),
          },
        })
      }
    >
      <Field label={t("unit.name")} required>
        {(control) => (
          <Input {...control} autoFocus maxLength={80} value={name} onChange={(event) => setName(event.target.value)} />
        )}
      </Field>
      <Field label={t("unit.code")} required>
        {(control) => <Input {...control} maxLength={40} value={code} onChange={(event) => setCode(event.target.value)} />}
      </Field>
      {kinds.length > 1 && (
        <Field label={t("unit.kind")}>
          {(control) => (
            <Select<UnitKind>
              {...control}
              style={full}
              value={kind}
              onChange={setKind}
              options={kinds.map((value) => ({ value, label: say(unitKindTitles[value]) }))}
            />
          )}
        </Field>
      )}
      <Field label={t("unit.areaClass")}>
        {(control) => <AreaSelect control={control} value={areaClass} onChange={setAreaClass} />}
      </Field>
      <Field label={t("unit.zone")} hint={t("unit.zoneHint")}>
        {(control) => (
          <Input {...control} value={zone} placeholder={unit.effectiveZone} onChange={(event) => setZone(event.target.value)} />
        )}
      </Field>
    </FormFrame>
  );
}

export function MoveUnitForm({
  unit,
  onDone,
  onCancel,
}: {
  unit: UnitView;
  onDone: (unit: UnitView) => void;
  onCancel: () => void;
}) {
  const { t } = useTranslation("identity");
  const [parentId, setParentId] = useState<number | undefined>(unit.parentId ?? undefined);
  const move = useAct(identityOperations.moveUnit, { refreshes, onSuccess: onDone });
  return (
    <FormFrame
      submit={t("unit.move")}
      pending={move.isPending}
      error={move.error}
      disabled={parentId === undefined || parentId === unit.parentId}
      onCancel={onCancel}
      onSubmit={() => parentId && move.mutate({ params: { unitId: unit.unitId }, body: { version: unit.version, parentId } })}
    >
      <Field label={t("unit.parent")} hint={t("unit.moveHint")} required>
        {(control) => <UnitPicker {...control} value={parentId} onChange={setParentId} />}
      </Field>
    </FormFrame>
  );
}
