// The fields of a JSON Schema, drawn and judged; several such parts may stand in one form.
import { Button } from "antd";
import { type ReactNode, useMemo, useState } from "react";
import { useTranslation } from "react-i18next";
import { useBilingual } from "../platform/language.ts";
import { asProblem, type FieldProblem } from "../platform/problem.ts";
import { justNow } from "./date-input.tsx";
import { Field, refusalKey } from "./field.tsx";
import styles from "./field.module.css";
import { SchemaControl } from "./schema-control.tsx";
import {
  asButtons,
  askedWith,
  type FormField,
  type FormValues,
  initialValues,
  judge,
  type KnownChoices,
  offeredOnly,
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

type PartOptions = {
  readonly initial?: FormValues | undefined;
  /** Fields the page fills itself. */
  readonly hidden?: readonly string[];
  /** Alternatives the page knows, from what was entered so far. */
  readonly choices?: ((values: FormValues) => KnownChoices) | undefined;
  /** The refusal of the last try, and where this part stood in what was sent. */
  readonly error?: unknown;
  readonly sentUnder?: string | undefined;
  /** What the form belongs to: when it changes, the form starts anew. */
  readonly of?: string | undefined;
};

const none: ReadonlyMap<string, FieldProblem> = new Map();

/** The state of one part of a form. In: its schema, and what the page adds to it. */
export function useSchemaPart(schema: unknown, options: PartOptions = {}): SchemaPart {
  const declared = useMemo(() => readForm(schema), [schema]);
  const start = () => initialValues(declared, options.initial, justNow());
  const [values, setValues] = useState<FormValues>(start);
  const [own, setOwn] = useState<ReadonlyMap<string, ValueProblem>>(new Map());
  const [of, setOf] = useState(options.of);
  if (of !== options.of) {
    setOf(options.of);
    setValues(start());
    setOwn(new Map());
  }
  const { error, sentUnder = "" } = options;
  // A field that was changed since is no longer wrong in the way the server said.
  const [mended, setMended] = useState<{ readonly of: string; readonly names: readonly string[] }>({ of: "", names: [] });
  const server = useMemo(() => (error ? problemsBelow(asProblem(error).fields, sentUnder).fields : none), [error, sentUnder]);
  const refusal = refusalKey(error);
  const mendedNames = mended.of === refusal ? mended.names : [];
  const standing = new Map([...server].filter(([path]) => !mendedNames.includes(path.split(".")[0] ?? path)));

  const fieldsWith = (with_: FormValues): FormField[] =>
    askedWith(options.choices ? withChoices(declared, options.choices(with_)) : declared, with_);
  const all = fieldsWith(values);
  const unasked = declared.filter(({ name }) => !all.some((field) => field.name === name)).map(({ name }) => name);
  const inputOf = (): Record<string, unknown> =>
    toInput(Object.fromEntries(Object.entries(values).filter(([name]) => !unasked.includes(name))));
  return {
    fields: all.filter(({ name }) => !options.hidden?.includes(name)),
    values,
    problems: { own, server: standing },
    set: (change) => {
      const changed = { ...values, ...change };
      const next = offeredOnly(fieldsWith(changed), changed);
      setValues(next);
      setMended({ of: refusal, names: [...mendedNames, ...Object.keys(change)] });
      // Once somebody was told of problems, each goes as soon as it is mended.
      if (own.size > 0) setOwn(judge(fieldsWith(next), next));
    },
    check: () => {
      const problems = judge(all, values);
      setOwn(problems);
      return problems.size === 0 ? inputOf() : null;
    },
    input: inputOf(),
  };
}

/** The fields of a part: those named, in that order, or all of them. */
export function SchemaFields(props: {
  part: SchemaPart;
  names?: readonly string[];
  /** What stands in a field while it is empty: what will be taken in its place. */
  placeholders?: Readonly<Record<string, string | undefined>>;
  /** What the page has to say about a field, below it. */
  notes?: Readonly<Record<string, ReactNode>>;
}) {
  const { part, names } = props;
  const shown = names ? names.flatMap((name) => part.fields.find((field) => field.name === name) ?? []) : part.fields;
  return shown.map((field) => (
    <SchemaField
      key={field.name}
      field={field}
      path={field.name}
      value={part.values[field.name]}
      problems={part.problems}
      placeholder={props.placeholders?.[field.name]}
      note={props.notes?.[field.name]}
      onChange={(value) => part.set({ [field.name]: value })}
    />
  ));
}

type FieldProps = {
  field: FormField;
  path: string;
  value: unknown;
  problems: Problems;
  placeholder?: string | undefined;
  note?: ReactNode;
  onChange: (value: unknown) => void;
};

/** Long things take the whole line, names and rows of buttons two columns, the rest one. */
function spanOf(field: FormField): 2 | "all" | undefined {
  if (["long-text", "list", "group", "choices", "units", "customer", "position"].includes(field.kind) || field.happened)
    return "all";
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
  const chosen = field.options.find(({ code }) => code === String(props.value));
  const hint = chosen?.note ?? field.hint;
  return (
    <Field
      name={path}
      label={say(field.label)}
      hint={hint ? say(hint) : null}
      note={props.note}
      required={field.required}
      {...spanProps(spanOf(field))}
      problem={own ? t(`form.${own.key}`, own.figures) : server ? say(server.message) : null}
    >
      {(control) => (
        <SchemaControl
          field={field}
          value={props.value}
          onChange={props.onChange}
          control={control}
          placeholder={props.placeholder}
        />
      )}
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
