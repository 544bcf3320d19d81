// Everything known about a customer, masked; in full only with a reason.
import { type CustomerFile as File, customerOperations, type UnmaskedCustomer } from "@bihuan/contract/customer.ts";
import { contactRelationTitles, customerCategoryTitles, voltageTitles } from "@bihuan/core/customer/codes.ts";
import { Button, Input } from "antd";
import { type ReactNode, useState } from "react";
import { useTranslation } from "react-i18next";
import { useBilingual } from "../platform/language.ts";
import { useAct } from "../platform/query.ts";
import { type Column, DataTable } from "../ui/data-table.tsx";
import { Field, FormFrame } from "../ui/field.tsx";
import { Icon } from "../ui/icon.tsx";
import { Facts, Section } from "../ui/page.tsx";
import { Empty, Notice } from "../ui/states.tsx";
import { InstantText } from "../ui/time.tsx";
import { ManagerSection } from "./care/manager-section.tsx";
import { MergeSection } from "./care/merge-section.tsx";
import { CallsSection } from "./file/calls-section.tsx";
import { FactsSection } from "./file/facts-section.tsx";
import styles from "./file/file.module.css";
import { NeedsSection } from "./file/needs-section.tsx";
import { NotesSection } from "./file/notes-section.tsx";
import { VisitsSection } from "./file/visits-section.tsx";

type Account = File["accounts"][number];
type Contact = File["contacts"][number];

export function CustomerFile({ file, orders }: { file: File; orders: ReactNode }) {
  const { t } = useTranslation("customer");
  const say = useBilingual();
  const unmask = useAct(customerOperations.unmaskCustomer);
  const full = unmask.data;
  if (file.erased) return <Notice tone="caution">{t("file.erased")}</Notice>;
  const accounts: Column<Account>[] = [
    { key: "no", title: t("account.no"), width: 150, render: ({ accountNo }) => <code>{accountNo}</code> },
    {
      key: "category",
      title: t("account.category"),
      width: 150,
      render: ({ category, voltage }) =>
        [say(customerCategoryTitles[category]), voltage && say(voltageTitles[voltage])].filter(Boolean).join(" · "),
    },
    {
      key: "address",
      title: t("account.address"),
      wrap: full !== undefined,
      render: ({ accountNo, address }) => full?.accounts.find((one) => one.accountNo === accountNo)?.address ?? address,
    },
    {
      key: "area",
      title: t("account.area"),
      width: 200,
      render: ({ transformerArea, areaClass }) => (
        <>
          {transformerArea?.name} <span className="muted">{t(`areaClass.${areaClass}`)}</span>
        </>
      ),
    },
    { key: "unit", title: t("account.unit"), width: 160, render: ({ unit }) => unit.name },
  ];
  const contacts: Column<Contact>[] = [
    { key: "name", title: t("contact.name"), width: 160, render: (contact) => fullContact(full, contact)?.name ?? contact.name },
    {
      key: "phone",
      title: t("contact.phone"),
      width: 180,
      render: (contact) => {
        const phone = fullContact(full, contact)?.phone;
        return phone ? <a href={`tel:${phone}`}>{phone}</a> : contact.phone;
      },
    },
    { key: "relation", title: t("contact.relation"), render: ({ relation }) => say(contactRelationTitles[relation]) },
  ];
  return (
    <div className={styles.columns}>
      <div className={styles.column}>
        <Section title={t("file.title")}>
          <div style={{ display: "grid", gap: 12 }}>
            <Facts
              rows={[
                [t("edit.name"), full?.name ?? file.name],
                [t("file.customerNo"), file.customerNo && <code key="no">{file.customerNo}</code>],
                [t("file.importance"), t(`importance.${file.importance}`)],
                [t("file.created"), <InstantText key="created" at={file.createdAt} />],
                [t("file.updated"), <InstantText key="updated" at={file.updatedAt} />],
              ]}
            />
            {file.actions.unmask && !full && (
              <Unmask
                pending={unmask.isPending}
                error={unmask.error}
                onAsk={(reason) => unmask.mutate({ params: { customerId: file.customerId }, body: { reason } })}
              />
            )}
          </div>
        </Section>
        <Section title={t("file.accounts")} flush>
          <DataTable
            label={t("file.accounts")}
            columns={accounts}
            rows={file.accounts}
            rowKey={({ accountNo }) => accountNo}
            empty={null}
          />
        </Section>
        <Section title={t("file.contacts")} flush>
          <DataTable
            label={t("file.contacts")}
            columns={contacts}
            rows={file.contacts}
            rowKey={({ contactId }) => contactId}
            empty={<Empty title={t("file.noContacts")} />}
          />
        </Section>
        <FactsSection file={file} known={full?.facts} />
        <NeedsSection file={file} notes={full?.specialNeeds} />
        {orders}
      </div>
      <div className={styles.column}>
        <ManagerSection file={file} />
        <MergeSection file={file} />
        <VisitsSection file={file} />
        <NotesSection file={file} />
        <CallsSection customerId={file.customerId} />
      </div>
    </div>
  );
}

const fullContact = (full: UnmaskedCustomer | undefined, { contactId }: Contact) =>
  full?.contacts.find((one) => one.contactId === contactId);

function Unmask({ pending, error, onAsk }: { pending: boolean; error: unknown; onAsk: (reason: string) => void }) {
  const { t } = useTranslation("customer");
  const [asking, setAsking] = useState(false);
  const [reason, setReason] = useState("");
  if (!asking)
    return (
      <div>
        <Button size="small" icon={<Icon name="eye" size={16} />} onClick={() => setAsking(true)}>
          {t("file.unmask")}
        </Button>
      </div>
    );
  return (
    <FormFrame
      submit={t("file.show")}
      pending={pending}
      error={error}
      disabled={reason.trim().length < 2}
      onCancel={() => setAsking(false)}
      onSubmit={() => onAsk(reason)}
    >
      <Field label={t("file.reason")} hint={t("file.reasonHint")} required>
        {(control) => (
          <Input {...control} autoFocus maxLength={200} value={reason} onChange={(event) => setReason(event.target.value)} />
        )}
      </Field>
    </FormFrame>
  );
}
