// Keys of integrations: made once, shown once, revoked for good.
import { type ApiKeyView, identityOperations } from "@bihuan/contract/identity.ts";
import { type Role, roleDefinitions, roleForKeys, roles } from "@bihuan/core/identity/roles.ts";
import { Button, Input, Popconfirm, Select, Typography } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import type { z } from "zod";
import { useBilingual } from "../../platform/language.ts";
import { useAct } from "../../platform/query.ts";
import { nowMs } from "../../platform/time.ts";
import { type Column, DataTable } from "../../ui/data-table.tsx";
import { Field, FormFrame } from "../../ui/field.tsx";
import { Facts, Tag } from "../../ui/page.tsx";
import { InstantInput } from "../../ui/date-input.tsx";
import { Empty, Failure, Notice } from "../../ui/states.tsx";
import { InstantText } from "../../ui/time.tsx";
import { UnitPicker } from "../organisation/unit-picker.tsx";

type Key = z.infer<typeof ApiKeyView>;
const refreshes = [identityOperations.listApiKeys];
const yearMs = 365 * 86_400_000;

export function ApiKeyTable({ keys }: { keys: readonly Key[] }) {
  const { t } = useTranslation("identity");
  const say = useBilingual();
  const revoke = useAct(identityOperations.revokeApiKey, { refreshes });
  const columns: Column<Key>[] = [
    { key: "name", title: t("apiKey.name"), width: 180, render: ({ name }) => name },
    { key: "prefix", title: t("apiKey.prefix"), width: 140, render: ({ prefix }) => <code>{prefix}…</code> },
    { key: "unit", title: t("grant.unit"), width: 180, render: ({ unitName }) => unitName },
    {
      key: "grants",
      title: t("staff.roles"),
      render: ({ grants }) =>
        grants
          .map(({ role, unitName }) => t("staff.roleAt", { role: say(roleDefinitions[role].title), unit: unitName }))
          .join(" · "),
    },
    {
      key: "used",
      title: t("apiKey.lastUsed"),
      width: 130,
      render: ({ lastUsedAt }) =>
        lastUsedAt ? <InstantText at={lastUsedAt} /> : <span className="muted">{t("staff.never")}</span>,
    },
    { key: "expires", title: t("apiKey.expires"), width: 140, render: ({ expiresAt }) => <InstantText at={expiresAt} /> },
    {
      key: "state",
      title: t("staff.state"),
      width: 170,
      align: "right",
      render: ({ state, apiKeyId, name }) =>
        state === "ACTIVE" ? (
          <Popconfirm
            title={t("apiKey.revokeSure", { name })}
            okText={t("apiKey.revoke")}
            onConfirm={() => revoke.mutate({ params: { apiKeyId } })}
          >
            <Button size="small">{t("apiKey.revoke")}</Button>
          </Popconfirm>
        ) : (
          <Tag>{t(`apiKey.state.${state}`)}</Tag>
        ),
    },
  ];
  return (
    <>
      {revoke.error && <Failure error={revoke.error} />}
      <DataTable
        fill
        keys
        label={t("apiKey.title")}
        columns={columns}
        rows={keys}
        rowKey={({ apiKeyId }) => apiKeyId}
        empty={<Empty title={t("apiKey.none")} hint={t("apiKey.noneHint")} />}
      />
    </>
  );
}

export function NewApiKey({ onDone }: { onDone: () => void }) {
  const { t } = useTranslation("identity");
  const say = useBilingual();
  const [name, setName] = useState("");
  const [unitId, setUnitId] = useState<number | undefined>();
  const [chosen, setChosen] = useState<Role[]>([]);
  const [expiresAt, setExpiresAt] = useState<string | undefined>(() => new Date(nowMs() + yearMs).toISOString());
  const create = useAct(identityOperations.createApiKey, { refreshes });
  if (create.data)
    return (
      <div style={{ display: "grid", gap: 16 }}>
        <Facts
          rows={[
            [t("apiKey.name"), create.data.apiKey.name],
            [
              t("apiKey.secret"),
              <Typography.Text key="secret" code copyable>
                {create.data.secret}
              </Typography.Text>,
            ],
          ]}
        />
        <Notice tone="caution">{t("apiKey.once")}</Notice>
        <Button type="primary" onClick={onDone}>
          {t("import.close")}
        </Button>
      </div>
    );
  return (
    <FormFrame
      submit={t("apiKey.create")}
      pending={create.isPending}
      error={create.error}
      disabled={name.trim() === "" || unitId === undefined || chosen.length === 0 || expiresAt === undefined}
      onCancel={onDone}
      onSubmit={() =>
        unitId &&
        expiresAt &&
        create.mutate({ body: { name, unitId, expiresAt, grants: chosen.map((role) => ({ role, unitId })) } })
      }
    >
      <Field label={t("apiKey.name")} hint={t("apiKey.nameHint")} required>
        {(control) => (
          <Input {...control} autoFocus maxLength={60} value={name} onChange={(event) => setName(event.target.value)} />
        )}
      </Field>
      <Field label={t("grant.unit")} required>
        {(control) => <UnitPicker {...control} value={unitId} onChange={setUnitId} />}
      </Field>
      <Field label={t("staff.roles")} required>
        {(control) => (
          <Select<Role[]>
            {...control}
            mode="multiple"
            style={{ width: "100%" }}
            value={chosen}
            onChange={setChosen}
            options={roles.filter(roleForKeys).map((value) => ({ value, label: say(roleDefinitions[value].title) }))}
          />
        )}
      </Field>
      <Field label={t("apiKey.expires")} required>
        {(control) => <InstantInput control={control} value={expiresAt ?? ""} onChange={setExpiresAt} />}
      </Field>
    </FormFrame>
  );
}
