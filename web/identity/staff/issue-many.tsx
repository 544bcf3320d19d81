// One-time passwords for everybody who has none yet, as after a list of people was imported: shown once, to be handed over.
import { identityOperations, type IssuedPassword, type StaffView } from "@bihuan/contract/identity.ts";
import type { OperationResult } from "@bihuan/contract/operation.ts";
import { useQuery } from "@tanstack/react-query";
import { Button, Modal } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import type { z } from "zod";
import { callOperation } from "../../platform/client.ts";
import { operationKey, useAct } from "../../platform/query.ts";
import { DataTable } from "../../ui/data-table.tsx";
import { exactInstant } from "../../ui/format.ts";
import { Bar } from "../../ui/page.tsx";
import { Answer, Empty, Failure, Notice } from "../../ui/states.tsx";
import { InstantText, useZone } from "../../ui/time.tsx";
import { csvAddress } from "../import/csv-file.ts";

type Issued = z.infer<typeof IssuedPassword>;
/** So many are issued in one stroke. */
const atOnce = 100;

/** Active people without a password at or below the unit (null: everywhere), as many as one stroke takes. */
async function withoutPassword(unitId: number | undefined, signal: AbortSignal): Promise<StaffView[]> {
  const found: StaffView[] = [];
  let cursor: string | null = null;
  do {
    const query = { active: "true" as const, limit: 200, ...(unitId ? { unitId } : {}), ...(cursor ? { cursor } : {}) };
    const page: OperationResult<typeof identityOperations.listStaff> = await callOperation(
      identityOperations.listStaff,
      { query },
      { signal },
    );
    found.push(...page.staff.filter(({ passwordState }) => passwordState === "NONE"));
    cursor = page.next;
  } while (cursor && found.length < atOnce);
  return found.slice(0, atOnce);
}

export function IssueMany({ unitId }: { unitId: number | undefined }) {
  const { t } = useTranslation("identity");
  const [open, setOpen] = useState(false);
  const [issued, setIssued] = useState<readonly Issued[] | null>(null);
  const close = (): void => {
    setOpen(false);
    setIssued(null);
  };
  return (
    <>
      <Button onClick={() => setOpen(true)}>{t("issue.many")}</Button>
      <Modal
        open={open}
        onCancel={close}
        // What is shown once must not vanish by a stray click.
        closable={issued === null}
        keyboard={issued === null}
        mask={{ closable: issued === null }}
        footer={null}
        title={t("issue.many")}
        width={640}
        destroyOnHidden
      >
        {issued ? <Handout issued={issued} onDone={close} /> : <Confirm unitId={unitId} onIssued={setIssued} />}
      </Modal>
    </>
  );
}

function Confirm({ unitId, onIssued }: { unitId: number | undefined; onIssued: (issued: readonly Issued[]) => void }) {
  const { t } = useTranslation("identity");
  const query = useQuery({
    queryKey: [...operationKey(identityOperations.listStaff), "without-password", unitId ?? null],
    queryFn: ({ signal }) => withoutPassword(unitId, signal),
    staleTime: 0,
  });
  const issue = useAct(identityOperations.issuePasswords, {
    refreshes: [identityOperations.listStaff, identityOperations.readStaff],
    onSuccess: (answer) => onIssued(answer.issued),
  });
  return (
    <Answer of={query} lines={3}>
      {(people) =>
        people.length === 0 ? (
          <Empty title={t("issue.nobody")} hint={t("issue.nobodyHint")} />
        ) : (
          <div style={{ display: "grid", gap: 16 }}>
            <p>{t("issue.manySure", { count: people.length, most: atOnce })}</p>
            <div style={{ maxHeight: 300, overflow: "auto" }}>
              <DataTable
                label={t("staff.title")}
                rows={people}
                rowKey={({ staffId }) => staffId}
                empty={null}
                columns={[
                  { key: "name", title: t("staff.name"), width: 140, render: ({ name }) => name },
                  { key: "account", title: t("account"), width: 160, render: ({ account }) => <code>{account}</code> },
                  { key: "unit", title: t("staff.homeUnit"), render: ({ homeUnitName }) => homeUnitName },
                ]}
              />
            </div>
            {issue.error && <Failure error={issue.error} />}
            <Bar>
              <Button
                type="primary"
                loading={issue.isPending}
                onClick={() => issue.mutate({ body: { staffIds: people.map(({ staffId }) => staffId) } })}
              >
                {t("issue.manyGo", { count: people.length })}
              </Button>
            </Bar>
          </div>
        )
      }
    </Answer>
  );
}

function Handout({ issued, onDone }: { issued: readonly Issued[]; onDone: () => void }) {
  const { t } = useTranslation("identity");
  const zone = useZone();
  const lines = issued.map(({ name, account, oneTimePassword, expiresAt }) =>
    [name, account, oneTimePassword, exactInstant(Date.parse(expiresAt), zone)].join(","),
  );
  const head = [t("staff.name"), t("account"), t("issue.password"), t("issue.expires")].join(",");
  return (
    <div style={{ display: "grid", gap: 16 }}>
      <Notice tone="caution">{t("issue.once")}</Notice>
      <div style={{ maxHeight: 360, overflow: "auto" }}>
        <DataTable
          label={t("issue.title")}
          rows={issued}
          rowKey={({ staffId }) => staffId}
          empty={null}
          columns={[
            { key: "name", title: t("staff.name"), width: 130, render: ({ name }) => name },
            { key: "account", title: t("account"), width: 150, render: ({ account }) => <code>{account}</code> },
            {
              key: "password",
              title: t("issue.password"),
              render: ({ oneTimePassword }) => <code>{oneTimePassword}</code>,
            },
            { key: "expires", title: t("issue.expires"), width: 120, render: ({ expiresAt }) => <InstantText at={expiresAt} /> },
          ]}
        />
      </div>
      <Bar>
        <Button type="primary" onClick={onDone}>
          {t("issue.noted")}
        </Button>
        <Button href={csvAddress([head, ...lines])} download={`${t("issue.title")}.csv`}>
          {t("issue.download")}
        </Button>
      </Bar>
    </div>
  );
}
