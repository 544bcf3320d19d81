// The control of one field of a generated form.
import { Input, InputNumber, Radio, Select } from "antd";
import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { useBilingual } from "../platform/language.ts";
import { DateInput, InstantInput } from "./date-input.tsx";
import { type ControlProps, labelOf } from "./field.tsx";
import styles from "./field.module.css";
import { usePickers } from "./pickers.tsx";
import { PositionInput } from "./position-input.tsx";
import { asButtons, type FormField, type FormOption } from "./schema-form-model.ts";

type Props = {
  readonly field: FormField;
  readonly value: unknown;
  readonly onChange: (value: unknown) => void;
  readonly control: ControlProps;
  readonly placeholder?: string | undefined;
};

const full = { width: "100%" } as const;

/** An alternative in a list, with what choosing it means. */
function Option({ label, note }: { label: ReactNode; note?: FormOption["note"] }) {
  const say = useBilingual();
  return (
    <>
      {label}
      {note && <span className={styles.optionNote}>{say(note)}</span>}
    </>
  );
}

const optionWithNote = ({ label, data }: { label?: ReactNode; data: { note: FormOption["note"] } }) => (
  <Option label={label} note={data.note} />
);

export function SchemaControl({ field, value, onChange, control, placeholder }: Props) {
  const { t } = useTranslation("ui");
  const say = useBilingual();
  const pickers = usePickers();
  const text = typeof value === "string" ? value : "";
  const chosen = typeof value === "string" || typeof value === "number" ? String(value) : undefined;
  const hint = placeholder === undefined ? {} : { placeholder };
  const coded = (code: string): string | number => (field.integer ? Number(code) : code);
  switch (field.kind) {
    case "long-text":
      return (
        <Input.TextArea
          {...control}
          {...hint}
          value={text}
          autoSize={{ minRows: 3, maxRows: 10 }}
          {...(field.max === null ? {} : { maxLength: field.max })}
          onChange={(event) => onChange(event.target.value)}
        />
      );
    case "number":
      return (
        <InputNumber
          {...control}
          style={full}
          value={typeof value === "number" ? value : null}
          {...(field.integer ? { precision: 0 } : {})}
          onChange={(next) => onChange(next ?? undefined)}
        />
      );
    case "choice":
      // Few alternatives are seen at once; many are searched. Codes that stand for numbers travel as numbers.
      return asButtons(field) ? (
        <Radio.Group
          {...control}
          {...labelOf(control)}
          optionType="button"
          value={chosen}
          onChange={(event) => onChange(coded(event.target.value))}
        >
          {field.options.map(({ code, label }) => (
            <Radio.Button key={code} value={code}>
              {say(label)}
            </Radio.Button>
          ))}
        </Radio.Group>
      ) : (
        <Select
          {...control}
          style={full}
          showSearch={{ optionFilterProp: "label" }}
          allowClear={!field.required}
          placeholder={placeholder ?? t("form.choose")}
          value={chosen ?? null}
          options={field.options.map(({ code, label, note }) => ({ value: code, label: say(label), note }))}
          optionRender={optionWithNote}
          onChange={(next: string | null | undefined) => onChange(next ? coded(next) : undefined)}
        />
      );
    case "choices":
      return (
        <Select
          {...control}
          style={full}
          mode="multiple"
          placeholder={t("form.choose")}
          value={Array.isArray(value) ? value : []}
          options={field.options.map(({ code, label }) => ({ value: code, label: say(label) }))}
          onChange={onChange}
        />
      );
    case "flag":
      return (
        <Radio.Group
          {...control}
          {...labelOf(control)}
          optionType="button"
          value={value}
          onChange={(event) => onChange(event.target.value)}
        >
          <Radio.Button value={true}>{t("yes")}</Radio.Button>
          <Radio.Button value={false}>{t("no")}</Radio.Button>
        </Radio.Group>
      );
    case "date":
      return <DateInput control={control} value={text} onChange={(next) => onChange(next ?? undefined)} />;
    case "date-time":
      return <InstantInput control={control} value={text} onChange={onChange} withNow={field.happened} />;
    case "position":
      return <PositionInput control={control} value={text} onChange={onChange} />;
    case "unit":
      return <pickers.unit {...control} value={value as number | undefined} onChange={onChange} />;
    case "units":
      return <pickers.units {...control} value={value as number[] | undefined} onChange={onChange} />;
    case "staff":
      return <pickers.staff {...control} value={value as number | undefined} onChange={onChange} />;
    case "order":
      return <pickers.order {...control} value={value as string | undefined} onChange={onChange} />;
    case "customer":
      return <pickers.customer {...control} value={value as string | undefined} onChange={onChange} />;
    default:
      return (
        <Input
          {...control}
          {...hint}
          value={text}
          {...(field.max === null ? {} : { maxLength: field.max })}
          onChange={(event) => onChange(event.target.value)}
        />
      );
  }
}
