// Entering and changing a customer's file.
import {
  contactRelations,
  contactRelationTitles,
  customerCategories,
  customerCategoryTitles,
  importances,
  specialNeedKinds,
  specialNeedTitles,
  voltages,
  voltageTitles,
} from "@bihuan/core/customer/codes.ts";
import { areaClasses } from "@bihuan/core/identity/organisation.ts";
import { Button, Input, Select } from "antd";
import { type ReactNode, useState } from "react";
import { useTranslation } from "react-i18next";
import { useBilingual } from "../platform/language.ts";
import { asProblem } from "../platform/problem.ts";
import { DateInput } from "../ui/date-input.tsx";
import { Field, FormFrame } from "../ui/field.tsx";
import { usePickers } from "../ui/pickers.tsx";
import { type AccountRow, type ContactRow, emptyAccount, emptyContact, emptyNeed, type FileForm, type NeedRow } from "./draft.ts";
import styles from "./file-form.module.css";

const full = { width: "100%" };

export function CustomerFileForm(props: {
  initial: FileForm;
  maskedName: string | null;
  submit: string;
  pending: boolean;
  error: unknown;
  onSubmit: (form: FileForm) => void;
  onCancel: () => void;
}) {
  const { t } = useTranslation("customer");
  const say = useBilingual();
  const [form, setForm] = useState(props.initial);
  const change = (part: Partial<FileForm>): void => setForm({ ...form, ...part });
  const fields = props.error ? asProblem(props.error).fields : [];
  const problem = (path: string): string | null => {
    const found = fields.find((one) => one.path === path);
    return found ? say(found.message) : null;
  };
  return (
    <FormFrame
      submit={props.submit}
      columns="fit"
      pending={props.pending}
      error={props.error}
      onCancel={props.onCancel}
      onSubmit={() => props.onSubmit(form)}
    >
      <Field
        label={t("edit.name")}
        hint={props.maskedName ? t("edit.nameKept", { masked: props.maskedName }) : null}
        required={props.maskedName === null}
        problem={problem("name")}
      >
        {(control) => (
          <Input
            {...control}
            autoFocus
            maxLength={120}
            value={form.name}
            onChange={(event) => change({ name: event.target.value })}
          />
        )}
      </Field>
      <Field label={t("file.customerNo")} hint={t("edit.customerNoHint")} problem={problem("customerNo")}>
        {(control) => (
          <Input
            {...control}
            maxLength={32}
            value={form.customerNo}
            onChange={(event) => change({ customerNo: event.target.value })}
          />
        )}
      </Field>
      <Field label={t("file.importance")}>
        {(control) => (
          <Select
            {...control}
            style={full}
            value={form.importance}
            onChange={(importance) => change({ importance })}
            options={importances.map((value) => ({ value, label: t(`importance.${value}`) }))}
          />
        )}
      </Field>
      <Rows
        title={t("file.accounts")}
        add={t("edit.addAccount")}
        rows={form.accounts}
        least={1}
        fresh={emptyAccount}
        onChange={(accounts) => change({ accounts })}
        render={(account, update, at) => (
          <AccountFields account={account} update={update} problem={(name) => problem(`accounts.${at}.${name}`)} />
        )}
      />
      <Rows
        title={t("file.contacts")}
        add={t("edit.addContact")}
        rows={form.contacts}
        least={0}
        fresh={emptyContact}
        onChange={(contacts) => change({ contacts })}
        render={(contact, update, at) => (
          <ContactFields contact={contact} update={update} problem={(name) => problem(`contacts.${at}.${name}`)} />
        )}
      />
      <Rows
        title={t("file.needs")}
        add={t("edit.addNeed")}
        rows={form.specialNeeds}
        least={0}
        fresh={emptyNeed}
        onChange={(specialNeeds) => change({ specialNeeds })}
        render={(need, update, at) => (
          <NeedFields need={need} update={update} problem={(name) => problem(`specialNeeds.${at}.${name}`)} />
        )}
      />
    </FormFrame>
  );
}

function Rows<Row>(props: {
  title: string;
  add: string;
  rows: readonly Row[];
  least: number;
  fresh: Row;
  onChange: (rows: readonly Row[]) => void;
  render: (row: Row, update: (change: Partial<Row>) => void, at: number) => ReactNode;
}) {
  const { t } = useTranslation("customer");
  const { rows, onChange } = props;
  return (
    <fieldset className={styles.rows}>
      <legend>{props.title}</legend>
      {rows.map((row, at) => (
        <div key={at} className={styles.row}>
          <div className={styles.fields}>{props.render(row, (change) => onChange(rows.with(at, { ...row, ...change })), at)}</div>
          <Button size="small" disabled={rows.length <= props.least} onClick={() => onChange(rows.toSpliced(at, 1))}>
            {t("edit.remove")}
          </Button>
        </div>
      ))}
      <div>
        <Button size="small" onClick={() => onChange([...rows, props.fresh])}>
          {props.add}
        </Button>
      </div>
    </fieldset>
  );
}

type Problem = (name: string) => string | null;

function AccountFields({
  account,
  update,
  problem,
}: {
  account: AccountRow;
  update: (change: Partial<AccountRow>) => void;
  problem: Problem;
}) {
  const { t } = useTranslation("customer");
  const say = useBilingual();
  const pickers = usePickers();
  return (
    <>
      <Field label={t("account.no")} required problem={problem("accountNo")}>
        {(control) => (
          <Input
            {...control}
            maxLength={32}
            value={account.accountNo}
            onChange={(event) => update({ accountNo: event.target.value })}
          />
        )}
      </Field>
      <Field label={t("account.category")} required>
        {(control) => (
          <Select
            {...control}
            style={full}
            value={account.category}
            onChange={(category) => update({ category })}
            options={customerCategories.map((value) => ({ value, label: say(customerCategoryTitles[value]) }))}
          />
        )}
      </Field>
      <Field label={t("account.voltage")}>
        {(control) => (
          <Select
            {...control}
            allowClear
            style={full}
            value={account.voltage}
            onChange={(voltage) => update({ voltage: voltage ?? null })}
            options={voltages.map((value) => ({ value, label: say(voltageTitles[value]) }))}
          />
        )}
      </Field>
      <Field label={t("account.areaClass")} required>
        {(control) => (
          <Select
            {...control}
            style={full}
            value={account.areaClass}
            onChange={(areaClass) => update({ areaClass })}
            options={areaClasses.map((value) => ({ value, label: t(`areaClass.${value}`) }))}
          />
        )}
      </Field>
      <Field label={t("account.areaCode")} problem={problem("transformerAreaCode")}>
        {(control) => (
          <Input
            {...control}
            maxLength={40}
            value={account.transformerAreaCode}
            onChange={(event) => update({ transformerAreaCode: event.target.value })}
          />
        )}
      </Field>
      <Field label={t("account.unit")} hint={t("edit.unitHint")} problem={problem("unitId")}>
        {(control) => <pickers.unit {...control} value={account.unitId} onChange={(unitId) => update({ unitId })} />}
      </Field>
      <Field
        span="all"
        label={t("account.address")}
        hint={account.maskedAddress ? t("edit.kept", { masked: account.maskedAddress }) : null}
        required={account.maskedAddress === null}
        problem={problem("address")}
      >
        {(control) => (
          <Input
            {...control}
            maxLength={300}
            value={account.address}
            onChange={(event) => update({ address: event.target.value })}
          />
        )}
      </Field>
    </>
  );
}

function ContactFields({
  contact,
  update,
  problem,
}: {
  contact: ContactRow;
  update: (change: Partial<ContactRow>) => void;
  problem: Problem;
}) {
  const { t } = useTranslation("customer");
  const say = useBilingual();
  const kept = (masked: string | null): string | null => (masked ? t("edit.kept", { masked }) : null);
  return (
    <>
      <Field label={t("contact.name")} hint={kept(contact.maskedName)} problem={problem("name")}>
        {(control) => (
          <Input {...control} maxLength={60} value={contact.name} onChange={(event) => update({ name: event.target.value })} />
        )}
      </Field>
      <Field
        label={t("contact.phone")}
        hint={kept(contact.maskedPhone)}
        required={contact.contactId === null}
        problem={problem("phone")}
      >
        {(control) => (
          <Input
            {...control}
            maxLength={30}
            inputMode="tel"
            value={contact.phone}
            onChange={(event) => update({ phone: event.target.value })}
          />
        )}
      </Field>
      <Field label={t("contact.relation")}>
        {(control) => (
          <Select
            {...control}
            style={full}
            value={contact.relation}
            onChange={(relation) => update({ relation })}
            options={contactRelations.map((value) => ({ value, label: say(contactRelationTitles[value]) }))}
          />
        )}
      </Field>
    </>
  );
}

function NeedFields({ need, update, problem }: { need: NeedRow; update: (change: Partial<NeedRow>) => void; problem: Problem }) {
  const { t } = useTranslation("customer");
  const say = useBilingual();
  return (
    <>
      <Field label={t("need.kind")} required>
        {(control) => (
          <Select
            {...control}
            style={full}
            value={need.kind}
            onChange={(kind) => update({ kind })}
            options={specialNeedKinds.map((value) => ({ value, label: say(specialNeedTitles[value]) }))}
          />
        )}
      </Field>
      <Field label={t("need.note")} problem={problem("note")}>
        {(control) => (
          <Input {...control} maxLength={200} value={need.note} onChange={(event) => update({ note: event.target.value })} />
        )}
      </Field>
      <Field label={t("need.from")} problem={problem("validFrom")}>
        {(control) => <DateInput control={control} value={need.validFrom} onChange={(validFrom) => update({ validFrom })} />}
      </Field>
      <Field label={t("need.to")} problem={problem("validTo")}>
        {(control) => <DateInput control={control} value={need.validTo} onChange={(validTo) => update({ validTo })} />}
      </Field>
    </>
  );
}
