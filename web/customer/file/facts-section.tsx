// What is known of the household or the enterprise, and the form to enter it. Masked texts are sent only where they were typed anew.
import { customerFileOperations } from "@bihuan/contract/customer-file.ts";
import type { CustomerFile } from "@bihuan/contract/customer.ts";
import { type FactField, type FactKind, factFields, factKindTitles } from "@bihuan/core/customer/file/facts.ts";
import { Button, Input, InputNumber, Select } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { useBilingual } from "../../platform/language.ts";
import { asProblem } from "../../platform/problem.ts";
import { useAct } from "../../platform/query.ts";
import { type ControlProps, Field, FormFrame } from "../../ui/field.tsx";
import { Facts, Section } from "../../ui/page.tsx";
import { fileRefreshes } from "./refreshes.ts";

type Value = string | number | boolean | null;
type Values = Readonly<Record<string, Value>>;
const full = { width: "100%" };

export function FactsSection({ file, known }: { file: CustomerFile; known: Readonly<Record<string, string>> | undefined }) {
  const { t } = useTranslation("customer");
  const say = useBilingual();
  const [editing, setEditing] = useState(false);
  const { facts } = file;
  const shown = (name: string, field: FactField): string | null => {
    const value = known?.[name] ?? (facts as Values | null)?.[name] ?? null;
    if (typeof value === "boolean") return t(value ? "facts.yes" : "facts.no");
    const title = typeof value === "string" ? field.codes?.[value] : undefined;
    return title ? say(title) : value === null ? null : String(value);
  };
  return (
    <Section
      title={facts ? t("facts.of", { kind: say(factKindTitles[facts.kind]) }) : t("facts.title")}
      actions={
        file.actions.edit &&
        !editing && (
          <Button size="small" onClick={() => setEditing(true)}>
            {t("facts.edit")}
          </Button>
        )
      }
    >
      {editing ? (
        <FactsForm file={file} onDone={() => setEditing(false)} />
      ) : facts ? (
        <Facts rows={Object.entries(factFields[facts.kind]).map(([name, field]) => [say(field.title), shown(name, field)])} />
      ) : (
        <p className="muted">{t("facts.none")}</p>
      )}
    </Section>
  );
}

function FactsForm({ file, onDone }: { file: CustomerFile; onDone: () => void }) {
  const { t } = useTranslation("customer");
  const say = useBilingual();
  const known = file.facts as (Values & { kind: FactKind }) | null;
  const [kind, setKind] = useState<FactKind>(
    known?.kind ?? (file.accounts.every(({ category }) => category === "RESIDENT") ? "FAMILY" : "ENTERPRISE"),
  );
  const [values, setValues] = useState<Values>({});
  const save = useAct(customerFileOperations.saveCustomerFacts, { refreshes: fileRefreshes, onSuccess: onDone });
  const fields = Object.entries(factFields[kind]);
  const same = known?.kind === kind;
  const problems = save.error ? asProblem(save.error).fields : [];
  // What is masked starts empty: left so, it stays as it is on file.
  const start = (name: string, field: FactField): Value => (field.mask || !same ? null : (known?.[name] ?? null));
  const value = (name: string, field: FactField): Value => (name in values ? (values[name] ?? null) : start(name, field));
  const facts = () =>
    Object.fromEntries(
      fields.flatMap(([name, field]) => {
        const entered = value(name, field);
        const nothing = entered === null || entered === "";
        return nothing && field.mask && same && known?.[name] ? [] : [[name, nothing ? null : entered]];
      }),
    );
  return (
    <FormFrame
      submit={t("edit.save")}
      columns="fit"
      pending={save.isPending}
      error={save.error}
      onCancel={onDone}
      onSubmit={() =>
        save.mutate({
          params: { customerId: file.customerId },
          body: { version: file.version, facts: { kind, ...facts() } },
        })
      }
    >
      <Field label={t("facts.kind")}>
        {(control) => (
          <Select
            {...control}
            style={full}
            value={kind}
            onChange={(next) => {
              setKind(next);
              setValues({});
            }}
            options={(["FAMILY", "ENTERPRISE"] as const).map((one) => ({ value: one, label: say(factKindTitles[one]) }))}
          />
        )}
      </Field>
      {fields.map(([name, field]) => {
        const problem = problems.find(({ path }) => path === `facts.${name}`);
        const masked = field.mask && same && known?.[name] ? t("edit.kept", { masked: known[name] }) : null;
        return (
          <Field key={name} label={say(field.title)} hint={masked} problem={problem ? say(problem.message) : null}>
            {(control) => (
              <FactControl
                field={field}
                control={control}
                value={value(name, field)}
                onChange={(next) => setValues({ ...values, [name]: next })}
              />
            )}
          </Field>
        );
      })}
    </FormFrame>
  );
}

function FactControl(props: { field: FactField; control: ControlProps; value: Value; onChange: (value: Value) => void }) {
  const { t } = useTranslation("customer");
  const say = useBilingual();
  const { field, control, value, onChange } = props;
  if (field.input === "count" || field.input === "number")
    return (
      <InputNumber<number>
        {...control}
        style={full}
        min={0}
        {...(field.input === "count" ? { precision: 0 } : {})}
        value={typeof value === "number" ? value : null}
        onChange={(next) => onChange(next ?? null)}
      />
    );
  if (field.input === "text")
    return (
      <Input {...control} maxLength={60} value={String(value ?? "")} onChange={({ target }) => onChange(target.value || null)} />
    );
  const options =
    field.input === "yes-no"
      ? [
          { value: "true", label: t("facts.yes") },
          { value: "false", label: t("facts.no") },
        ]
      : Object.entries(field.codes ?? {}).map(([code, title]) => ({ value: code, label: say(title) }));
  return (
    <Select<string | null>
      {...control}
      allowClear
      style={full}
      value={value === null ? null : String(value)}
      onChange={(next) => onChange(field.input === "yes-no" && next ? next === "true" : (next ?? null))}
      options={options}
    />
  );
}
