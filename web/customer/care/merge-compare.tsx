// Two files side by side: what each says, and which of the two stays where they differ.
import { customerCareOperations } from "@bihuan/contract/customer-care.ts";
import type { CustomerFile } from "@bihuan/contract/customer.ts";
import { contactRelationTitles, importanceTitles, specialNeedTitles } from "@bihuan/core/customer/codes.ts";
import { factFields, factKindTitles } from "@bihuan/core/customer/file/facts.ts";
import type { Chosen, Side } from "@bihuan/core/customer/file/merging.ts";
import { Button, Input } from "antd";
import { type ReactNode, useId, useState } from "react";
import { useTranslation } from "react-i18next";
import { useBilingual } from "../../platform/language.ts";
import { useAct } from "../../platform/query.ts";
import { Field, FormFrame } from "../../ui/field.tsx";
import { Section } from "../../ui/page.tsx";
import styles from "../file/file.module.css";
import { fileRefreshes } from "../file/refreshes.ts";

type Sides = { readonly SURVIVOR: CustomerFile; readonly MERGED: CustomerFile };
const sides = ["SURVIVOR", "MERGED"] as const;
const start: Chosen = {
  name: "SURVIVOR",
  customerNo: "SURVIVOR",
  importance: "SURVIVOR",
  facts: "SURVIVOR",
  manager: "SURVIVOR",
};

export function MergeCompare(props: { survivor: CustomerFile; merged: CustomerFile; onSwap: () => void; onDone: () => void }) {
  const { t } = useTranslation("customer");
  const say = useBilingual();
  const files: Sides = { SURVIVOR: props.survivor, MERGED: props.merged };
  const [chosen, setChosen] = useState(start);
  const [reason, setReason] = useState("");
  const merge = useAct(customerCareOperations.mergeCustomers, { refreshes: fileRefreshes, onSuccess: props.onDone });
  const factsText = ({ facts }: CustomerFile): string =>
    facts
      ? [
          say(factKindTitles[facts.kind]),
          ...Object.entries(factFields[facts.kind]).flatMap(([name, field]) => {
            const value = (facts as Readonly<Record<string, string | number | boolean | null | undefined>>)[name];
            if (value === null || value === undefined) return [];
            const title = typeof value === "string" ? field.codes?.[value] : undefined;
            const text = typeof value === "boolean" ? t(value ? "facts.yes" : "facts.no") : title ? say(title) : String(value);
            return [`${say(field.title)} ${text}`];
          }),
        ].join("; ")
      : "";
  const choices: readonly (readonly [keyof Chosen, string, (file: CustomerFile) => string])[] = [
    ["name", t("edit.name"), ({ name }) => name],
    ["customerNo", t("file.customerNo"), ({ customerNo }) => customerNo ?? ""],
    ["importance", t("file.importance"), ({ importance }) => say(importanceTitles[importance])],
    ["facts", t("facts.title"), factsText],
    ["manager", t("manager.title"), ({ manager }) => manager?.name ?? ""],
  ];
  const joined: readonly (readonly [string, (file: CustomerFile) => ReactNode])[] = [
    [
      t("file.accounts"),
      ({ accounts }) => accounts.map(({ accountNo, address }) => <p key={accountNo}>{`${accountNo} ${address ?? ""}`}</p>),
    ],
    [
      t("file.contacts"),
      ({ contacts }) =>
        contacts.map(({ contactId, name, phone, relation }) => (
          <p key={contactId}>{[name, phone, say(contactRelationTitles[relation])].filter(Boolean).join(" ")}</p>
        )),
    ],
    [t("file.needs"), ({ specialNeeds }) => specialNeeds.map(({ kind }) => say(specialNeedTitles[kind])).join(t("merge.and"))],
  ];
  return (
    <>
      <Section
        title={t("merge.choose")}
        actions={
          <Button size="small" onClick={props.onSwap}>
            {t("merge.swap")}
          </Button>
        }
        flush
      >
        <div style={{ overflowX: "auto" }}>
          <table className={styles.compare}>
            <thead>
              <tr>
                <th scope="col">{t("merge.what")}</th>
                {sides.map((side) => (
                  <th key={side} scope="col">
                    {t(`merge.${side}`)} <code>{files[side].customerId}</code>
                  </th>
                ))}
              </tr>
            </thead>
            <tbody>
              {choices.map(([field, title, text]) => (
                <Choice
                  key={field}
                  title={title}
                  texts={{ SURVIVOR: text(files.SURVIVOR), MERGED: text(files.MERGED) }}
                  value={chosen[field]}
                  onChange={(side) => setChosen({ ...chosen, [field]: side })}
                />
              ))}
              {joined.map(([title, content]) => (
                <tr key={title}>
                  <th scope="row">{title}</th>
                  {sides.map((side) => (
                    <td key={side}>{content(files[side])}</td>
                  ))}
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      </Section>
      <Section title={t("merge.title")}>
        <div className={styles.stack}>
          <p>{t("merge.explained")}</p>
          <FormFrame
            submit={t("merge.act")}
            pending={merge.isPending}
            error={merge.error}
            disabled={reason.trim().length < 4}
            onSubmit={() =>
              merge.mutate({
                params: { customerId: props.survivor.customerId },
                body: {
                  version: props.survivor.version,
                  mergedId: props.merged.customerId,
                  mergedVersion: props.merged.version,
                  chosen,
                  reason,
                },
              })
            }
          >
            <Field label={t("merge.reason")} hint={t("file.reasonHint")} required>
              {(control) => (
                <Input {...control} maxLength={200} value={reason} onChange={({ target }) => setReason(target.value)} />
              )}
            </Field>
          </FormFrame>
        </div>
      </Section>
    </>
  );
}

function Choice(props: { title: string; texts: Readonly<Record<Side, string>>; value: Side; onChange: (side: Side) => void }) {
  const { t } = useTranslation("customer");
  const name = useId();
  const { title, texts, value, onChange } = props;
  // What only one file says stays without being asked about; two masked texts may hide two names.
  const differ =
    texts.SURVIVOR !== "" && texts.MERGED !== "" && (texts.SURVIVOR !== texts.MERGED || texts.SURVIVOR.includes("*"));
  return (
    <tr>
      <th scope="row">{title}</th>
      {sides.map((side) => (
        <td key={side}>
          {differ ? (
            <label>
              <input
                type="radio"
                name={name}
                aria-label={`${title} ${t(`merge.${side}`)}`}
                checked={value === side}
                onChange={() => onChange(side)}
              />
              <span>{texts[side] || t("merge.empty")}</span>
            </label>
          ) : (
            texts[side] || <span className="muted">{t("merge.empty")}</span>
          )}
        </td>
      ))}
    </tr>
  );
}
