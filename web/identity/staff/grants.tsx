// The roles a person holds, where, since when, by whom; granting and withdrawing.
import { identityOperations, type StaffDetail } from "@bihuan/contract/identity.ts";
import { type Role, roleDefinitions, roleForKeys, roles } from "@bihuan/core/identity/roles.ts";
import { Button, Popconfirm, Select } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import type { z } from "zod";
import { useBilingual } from "../../platform/language.ts";
import { useAct } from "../../platform/query.ts";
import { type Column, DataTable } from "../../ui/data-table.tsx";
import { Field, FormFrame } from "../../ui/field.tsx";
import { Section, Tag } from "../../ui/page.tsx";
import { InstantInput } from "../../ui/date-input.tsx";
import { Empty, Failure } from "../../ui/states.tsx";
import { InstantText } from "../../ui/time.tsx";
import { UnitPicker } from "../organisation/unit-picker.tsx";
import { useOrganisation } from "../organisation/use-organisation.ts";

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
    { key: "by", title: t("grant.by"), width: 190, render: ({ grantedBy }) => grantedBy ?? t("grant.byProgram") },
    {
      key: "withdraw",
      title: "",
      width: 112,
      align: "right",
      render: ({ grantId, role, mayWithdraw }) =>
        mayWithdraw && (
          <Popconfirm
            title={t("grant.withdrawSure", { name: person.name, role: say(roleDefinitions[role].title) })}
            okText={t("grant.withdraw")}
            onConfirm={() => withdraw.mutate({ params: { staffId: person.staffId, grantId } })}
          >
            <Button size="small" disabled={withdraw.isPending}>
              {t("grant.withdraw")}
            </Button>
          </Popconfirm>
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
          empty={
            <Empty
              title={t("grant.none")}
              hint={
                <>
                  {t("grant.noneHint")}
                  {!person.may.grant && <br />}
                  {!person.may.grant && t("grant.noneHintOthers")}
                </>
              }
            />
          }
        />
      )}
    </Section>
  );
}

function GrantForm({ person, onDone }: { person: Person; onDone: () => void }) {
  const { t } = useTranslation("identity");
  const say = useBilingual();
  const [role, setRole] = useState<Role | null>(null);
  const { units } = useOrganisation();
  const kindOf = (id: number | undefined): string | undefined => units.find((unit) => unit.unitId === id)?.kind;
  // Whoever sits in a department works for the company around it: where their role holds is for the administrator to say.
  const [chosen, setChosen] = useState<number | undefined | "home">("home");
  const home = kindOf(person.homeUnitId) === "DEPARTMENT" ? undefined : person.homeUnitId;
  const unitId = chosen === "home" ? home : chosen;
  const inDepartment = kindOf(unitId ?? person.homeUnitId) === "DEPARTMENT" && (role === null || roleForKeys(role));
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
            autoFocus
            {...control}
            style={{ width: "100%" }}
            value={role}
            onChange={setRole}
            placeholder={t("grant.roleChoose")}
            options={roles.map((value) => ({ value, label: say(roleDefinitions[value].title) }))}
          />
        )}
      </Field>
      <Field span={2} label={t("grant.unit")} hint={t(inDepartment ? "grant.departmentHint" : "grant.unitHint")} required>
        {(control) => <UnitPicker {...control} value={unitId} onChange={setChosen} />}
      </Field>
      <Field label={t("grant.until")} hint={t("grant.untilHint")}>
        {(control) => <InstantInput control={control} value={validTo ?? ""} onChange={setValidTo} />}
      </Field>
    </FormFrame>
  );
}
