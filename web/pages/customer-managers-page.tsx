// Customer managers: how many customers each has, who has left, and handing them over together.
import { customerCareOperations } from "@bihuan/contract/customer-care.ts";
import { Link } from "@tanstack/react-router";
import { Button } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { HandOverForm, type HandOverFrom } from "../customer/care/hand-over-form.tsx";
import { PhoneForm } from "../customer/care/phone-form.tsx";
import { useOperation } from "../platform/query.ts";
import { may, useSession } from "../platform/session.ts";
import { type Column, DataTable } from "../ui/data-table.tsx";
import { Page, Section, Tag } from "../ui/page.tsx";
import { Answer, Empty, Notice } from "../ui/states.tsx";

type Phone = {
  readonly holder: "staff" | "unit";
  readonly holderId: number | null;
  readonly name: string;
  readonly phone: string | null;
};

export function CustomerManagersPage() {
  const { t } = useTranslation("customer");
  const session = useSession();
  const manages = may(session, "customer.manage");
  const [from, setFrom] = useState<HandOverFrom | null>(null);
  const [phone, setPhone] = useState<Phone | null>(null);
  const [moved, setMoved] = useState<number | null>(null);
  const query = useOperation(customerCareOperations.listCustomerManagers, {});
  return (
    <Page title={t("manager.listTitle")}>
      {moved !== null && <Notice tone="good">{t("manager.moved", { count: moved })}</Notice>}
      {from && (
        <Section title={t("manager.handOverOf", { name: from.name })}>
          <HandOverForm
            from={from}
            onDone={(customers) => {
              setFrom(null);
              setMoved(customers);
            }}
            onCancel={() => setFrom(null)}
          />
        </Section>
      )}
      {phone && (
        <Section title={t("manager.phoneOf", { name: phone.name })}>
          <PhoneForm {...phone} onDone={() => setPhone(null)} />
        </Section>
      )}
      <Answer of={query} lines={8}>
        {({ managers, unassigned, unitPhones }) => {
          const columns: Column<(typeof managers)[number]>[] = [
            {
              key: "name",
              title: t("manager.title"),
              render: ({ name, account, active }) => (
                <>
                  {name} <span className="muted">{account}</span> {!active && <Tag tone="caution">{t("manager.left")}</Tag>}
                </>
              ),
            },
            { key: "unit", title: t("manager.unit"), width: 200, render: ({ unit }) => unit.name },
            {
              key: "customers",
              title: t("manager.customers"),
              width: 110,
              align: "right",
              render: ({ staffId, customers }) => (
                <Link to="/customers" search={{ manager: staffId }}>
                  {customers.toLocaleString("en")}
                </Link>
              ),
            },
            { key: "phone", title: t("manager.phone"), width: 170, render: ({ phone: number }) => number ?? "" },
            ...(manages
              ? [
                  {
                    key: "acts",
                    title: t("manager.acts"),
                    width: 210,
                    render: ({ staffId, name, phone: number }: (typeof managers)[number]) => (
                      <>
                        <Button size="small" onClick={() => setFrom({ by: "manager", staffId, name })}>
                          {t("manager.handOver")}
                        </Button>{" "}
                        <Button
                          size="small"
                          onClick={() => setPhone({ holder: "staff", holderId: staffId, name, phone: number })}
                        >
                          {t("manager.editPhone")}
                        </Button>
                      </>
                    ),
                  },
                ]
              : []),
          ];
          return (
            <>
              <Section
                title={t("manager.listTitle")}
                flush
                actions={
                  unassigned > 0 && (
                    <Link to="/customers" search={{ manager: 0 }}>
                      {t("manager.unassigned", { count: unassigned })}
                    </Link>
                  )
                }
              >
                <DataTable
                  label={t("manager.listTitle")}
                  columns={columns}
                  rows={managers}
                  rowKey={({ staffId }) => staffId}
                  empty={<Empty title={t("manager.nobody")} hint={t("manager.nobodyHint")} />}
                />
              </Section>
              <Section
                title={t("manager.unitPhones")}
                flush
                actions={
                  manages && (
                    <Button
                      size="small"
                      onClick={() => setPhone({ holder: "unit", holderId: null, name: t("manager.aUnit"), phone: null })}
                    >
                      {t("manager.addUnitPhone")}
                    </Button>
                  )
                }
              >
                <DataTable
                  label={t("manager.unitPhones")}
                  columns={[
                    { key: "unit", title: t("manager.unit"), render: ({ unit }) => unit.name },
                    { key: "phone", title: t("manager.phone"), width: 200, render: ({ phone: number }) => number },
                  ]}
                  rows={unitPhones}
                  rowKey={({ unit }) => unit.unitId}
                  empty={<Empty title={t("manager.noUnitPhones")} hint={t("manager.unitPhonesHint")} />}
                />
              </Section>
            </>
          );
        }}
      </Answer>
    </Page>
  );
}
