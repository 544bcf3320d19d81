// The roles a person holds, where, since when, by whom; granting and withdrawing.
import { identityOperations, type StaffDetail } from "@bihuan/contract/identity.ts";
import { type Role, roleDefinitions, roles } from "@bihuan/core/identity/roles.ts";
import { Button, Select } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import type { z } from "zod";
import { useBilingual } from "../platform/language.ts";
import { useAct } from "../platform/query.ts";
import { type Column, DataTable } from "../ui/data-table.tsx";
import { Field, FormFrame } from "../ui/field.tsx";
import { Section, Tag } from "../ui/page.tsx";
import { InstantInput } from "../ui/date-input.tsx";
import { Empty, Failure } from "../ui/states.tsx";
import { InstantText } from "../ui/time.tsx";
import { UnitPicker } from "./unit-picker.tsx";

type Person = z.infer<typeof StaffDetail>;
type Grant = Person["grants"][number];
const refreshes = [identityOperations.readStaff, identityOperations.listStaff];

export function Grants({ person }: { person: Person }) {
  const { t } = useTranslation("identity");
  const say = useBilingual();
  const [granting, setGranting] = useState(false);
  const withdraw = useAct(identityOperations.withdrawGrant, { refreshes });
  const columns: Column<Grant>[] = [
    {
      key: "role",
      title: t("grant.role"),
      width: 160,
      render: ({ role }) => <span title={say(roleDefinitions[role].purpose)}>{say(roleDefinitions[role].title)}</span>,
    },
    { key: "unit", title: t("grant.unit"), render: ({ unitName }) => unitName },
    {
      key: "period",
      title: t("grant.period"),
      width: 240,
      render: ({ validFrom, validTo, valid }) => (
        <>
          <InstantText at={validFrom} /> – {validTo ? <InstantText at={validTo} /> : t("grant.open")}{" "}
          {!valid && <Tag>{t("grant.notValid")}</Tag>}
        </>
      ),
    },
    { key: "by", title: t("grant.by"), width: 130, render: ({ grantedBy }) => grantedBy ?? t("grant.byFirstRun") },
    {
      key: "withdraw",
      title: "",
      width: 90,
      align: "right",
      render: ({ grantId, mayWithdraw }) =>
        mayWithdraw && (
          <Button
            size="small"
            disabled={withdraw.isPending}
            onClick={() => withdraw.mutate({ params: { staffId: person.staffId, grantId } })}
          >
            {t("grant.withdraw")}
          </Button>
        ),
    },
  ];
  return (
    <Section
      title={t("grant.title")}
      flush={!granting}
      actions={person.may.grant && !granting && <Button onClick={() => setGranting(true)}>{t("grant.new")}</Button>}
    >
      {withdraw.error && <Failure error={withdraw.error} />}
      {granting ? (
        <GrantForm person={person} onDone={() => setGranting(false)} />
      ) : (
        <DataTable
          label={t("grant.title")}
          columns={columns}
          rows={person.grants}
          rowKey={({ grantId }) => grantId}
          empty={<Empty title={t("grant.none")} hint={t("grant.noneHint")} />}
        />
      )}
    </Section>
  );
}

function GrantForm({ person, onDone }: { person: Person; onDone: () => void }) {
  const { t } = useTranslation("identity");
  const say = useBilingual();
  const [role, setRole] = useState<Role | null>(null);
  const [unitId, setUnitId] = useState<number | undefined>(person.homeUnitId);
  const [validTo, setValidTo] = useState<string | undefined>();
  const grant = useAct(identityOperations.grantRole, { refreshes, onSuccess: onDone });
  return (
    <FormFrame
      submit={t("grant.submit")}
      columns="fit"
      pending={grant.isPending}
      error={grant.error}
      disabled={role === null || unitId === undefined}
      onCancel={onDone}
      onSubmit={() =>
        role && unitId && grant.mutate({ params: { staffId: person.staffId }, body: { role, unitId, validTo: validTo ?? null } })
      }
    >
      <Field label={t("grant.role")} hint={role ? say(roleDefinitions[role].purpose) : null} required>
        {(control) => (
          <Select<Role | null>
            {...control}
            style={{ width: "100%" }}
            value={role}
            onChange={setRole}
            placeholder={t("grant.roleChoose")}
            options={roles.map((value) => ({ value, label: say(roleDefinitions[value].title) }))}
          />
        )}
      </Field>
      <Field label={t("grant.unit")} hint={t("grant.unitHint")} required>
        {(control) => <UnitPicker {...control} value={unitId} onChange={setUnitId} />}
      </Field>
      <Field label={t("grant.until")} hint={t("grant.untilHint")}>
        {(control) => <InstantInput control={control} value={validTo ?? ""} onChange={setValidTo} />}
      </Field>
    </FormFrame>
  );
}
