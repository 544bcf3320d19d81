// The fields of a JSON Schema, drawn and judged; several such parts may stand in one form.
import { Button } from "antd";
import { useMemo, useState } from "react";
import { useTranslation } from "react-i18next";
import { useBilingual } from "../platform/language.ts";
import { asProblem, type FieldProblem } from "../platform/problem.ts";
import { Field } from "./field.tsx";
import styles from "./field.module.css";
import { asButtons, SchemaControl } from "./schema-control.tsx";
import {
  type FormField,
  type FormValues,
  initialValues,
  judge,
  type KnownChoices,
  problemsBelow,
  readForm,
  toInput,
  type ValueProblem,
  withChoices,
} from "./schema-form-model.ts";

type Problems = { readonly own: ReadonlyMap<string, ValueProblem>; readonly server: ReadonlyMap<string, FieldProblem> };

export type SchemaPart = {
  readonly fields: readonly FormField[];
  readonly values: FormValues;
  readonly problems: Problems;
  readonly set: (change: FormValues) => void;
  /** What is sent, or null where something is wrong: then the fields say what. */
  readonly check: () => Record<string, unknown> | null;
  /** What would be sent as it stands, right or wrong. */
  readonly input: Record<string, unknown>;
};

/**
 * The state of one part of a form. In: its schema; what it starts with; fields the page fills itself (`hidden`); alternatives the
 * page knows; the refusal of the last try and where this part stood in what was sent.
 */
export function useSchemaPart(
  schema: unknown,
  options: {
    readonly initial?: FormValues | undefined;
    readonly hidden?: readonly string[];
    readonly choices?: ((values: FormValues) => KnownChoices) | undefined;
    readonly error?: unknown;
    readonly sentUnder?: string | undefined;
  } = {},
): SchemaPart {
  const declared = useMemo(() => readForm(schema), [schema]);
  const [values, setValues] = useState<FormValues>(() => initialValues(declared, options.initial));
  const [own, setOwn] = useState<ReadonlyMap<string, ValueProblem>>(new Map());
  const { error, sentUnder = "" } = options;
  const server = useMemo(
    () => (error ? problemsBelow(asProblem(error).fields, sentUnder).fields : new Map<string, FieldProblem>()),
    [error, sentUnder],
  );
  const known = options.choices ? withChoices(declared, options.choices(values)) : declared;
  const fields = known.filter(({ name }) => !options.hidden?.includes(name));
  return {
    fields,
    values,
    problems: { own, server },
    set: (change) => {
      const next = { ...values, ...change };
      setValues(next);
      // Once somebody was told of problems, each goes as soon as it is mended.
      if (own.size > 0) setOwn(judge(fields, next));
    },
    check: () => {
      const problems = judge(fields, values);
      setOwn(problems);
      return problems.size === 0 ? toInput(values) : null;
    },
    input: toInput(values),
  };
}

export function SchemaFields({ part }: { part: SchemaPart }) {
  return part.fields.map((field) => (
    <SchemaField
      key={field.name}
      field={field}
      path={field.name}
      value={part.values[field.name]}
      problems={part.problems}
      onChange={(value) => part.set({ [field.name]: value })}
    />
  ));
}

type FieldProps = { field: FormField; path: string; value: unknown; problems: Problems; onChange: (value: unknown) => void };

/** Long things take the whole line, names and rows of buttons two columns, the rest one. */
function spanOf(field: FormField): 2 | "all" | undefined {
  if (["long-text", "list", "group", "choices", "units", "customer"].includes(field.kind)) return "all";
  if (field.kind === "choice" && asButtons(field) && field.options.length > 2) return 2;
  return field.kind === "order" || (field.kind === "text" && (field.max ?? 0) >= 100) ? 2 : undefined;
}

function SchemaField(props: FieldProps) {
  const { t } = useTranslation("ui");
  const say = useBilingual();
  const { field, path, problems } = props;
  if (field.kind === "group") return <SchemaGroup {...props} />;
  if (field.kind === "list") return <SchemaList {...props} />;
  const own = problems.own.get(path);
  const server = problems.server.get(path);
  return (
    <Field
      label={say(field.label)}
      hint={field.hint ? say(field.hint) : null}
      required={field.required}
      {...spanProps(spanOf(field))}
      problem={own ? t(`form.${own.key}`, own.figures) : server ? say(server.message) : null}
    >
      {(control) => <SchemaControl field={field} value={props.value} onChange={props.onChange} control={control} />}
    </Field>
  );
}

const spanProps = (span: 2 | "all" | undefined) => (span === undefined ? {} : { span });

function SchemaGroup({ field, path, value, problems, onChange }: FieldProps) {
  const say = useBilingual();
  const values = (value ?? {}) as FormValues;
  return (
    <fieldset className={styles.group}>
      <legend>{say(field.label)}</legend>
      {field.parts.map((part) => (
        <SchemaField
          key={part.name}
          field={part}
          path={`${path}.${part.name}`}
          value={values[part.name]}
          problems={problems}
          onChange={(next) => onChange({ ...values, [part.name]: next })}
        />
      ))}
    </fieldset>
  );
}

function SchemaList({ field, path, value, problems, onChange }: FieldProps) {
  const { t } = useTranslation("ui");
  const say = useBilingual();
  const items = Array.isArray(value) ? (value as unknown[]) : [];
  const [part] = field.parts;
  if (!part) return null;
  const own = problems.own.get(path);
  return (
    <fieldset className={styles.group}>
      <legend>{say(field.label)}</legend>
      {items.map((item, at) => (
        // Items have no identity of their own; their place is the only name they have.
        <div key={at} className={styles.item}>
          <SchemaField
            field={{ ...part, label: { zh: `${field.label.zh} ${at + 1}`, en: `${field.label.en} ${at + 1}` } }}
            path={`${path}.${at}`}
            value={item}
            problems={problems}
            onChange={(next) => onChange(items.with(at, next))}
          />
          <Button aria-label={t("form.removeItem", { position: at + 1 })} onClick={() => onChange(items.toSpliced(at, 1))}>
            ×
          </Button>
        </div>
      ))}
      {own && (
        <p className={styles.problem} role="alert">
          {t(`form.${own.key}`, own.figures)}
        </p>
      )}
      <div>
        <Button
          size="small"
          disabled={field.max !== null && items.length >= field.max}
          onClick={() => onChange([...items, undefined])}
        >
          {t("form.addItem")}
        </Button>
      </div>
    </fieldset>
  );
}
