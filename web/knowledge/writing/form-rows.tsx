// Parts of the form that there may be several of, and texts in two languages.
import { Button, Input } from "antd";
import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { Field } from "../../ui/field.tsx";
import { type Both } from "./draft.ts";
import styles from "./article-form.module.css";

export type Problem = (path: string) => string | null;

/** A text in Chinese, and in English where the form asks for it. */
export function BothFields(props: {
  label: string;
  value: Both;
  onChange: (value: Both) => void;
  english: boolean;
  max: number;
  /** Where its problems are told, such as `content.title`. */
  path: string;
  problem: Problem;
  required?: boolean;
  hint?: string;
  /** How high running text stands; a line where left out. */
  lines?: number;
  autoFocus?: boolean;
}) {
  const { t } = useTranslation("knowledge");
  const one = (language: "zh" | "en") => (
    <Field
      label={props.english ? `${props.label} · ${t(language)}` : props.label}
      hint={language === "zh" ? (props.hint ?? null) : null}
      required={language === "zh" && props.required === true}
      problem={props.problem(`${props.path}.${language}`) ?? (language === "zh" ? props.problem(props.path) : null)}
    >
      {(control) => {
        const same = {
          ...control,
          lang: language === "zh" ? "zh-CN" : "en",
          maxLength: props.max,
          value: props.value[language],
          autoFocus: language === "zh" && props.autoFocus === true,
          onChange: (event: { target: { value: string } }) => props.onChange({ ...props.value, [language]: event.target.value }),
        };
        return props.lines ? <Input.TextArea {...same} autoSize={{ minRows: props.lines, maxRows: 20 }} /> : <Input {...same} />;
      }}
    </Field>
  );
  return (
    <div className={styles.both} data-english={props.english}>
      {one("zh")}
      {props.english && one("en")}
    </div>
  );
}

/** Rows that are added, moved up and taken away. */
export function Rows<Row>(props: {
  title: string;
  add: string;
  rows: readonly Row[];
  fresh: Row;
  onChange: (rows: readonly Row[]) => void;
  children: (row: Row, update: (change: Partial<Row>) => void, at: number) => ReactNode;
}) {
  const { t } = useTranslation("knowledge");
  const { rows, onChange } = props;
  const up = (at: number): readonly Row[] => {
    const moved = [...rows];
    const [row] = moved.splice(at, 1);
    if (row !== undefined) moved.splice(at - 1, 0, row);
    return moved;
  };
  return (
    <fieldset className={styles.rows}>
      <legend>{props.title}</legend>
      {rows.map((row, at) => (
        <div key={at} className={styles.row}>
          <div className={styles.fields}>
            {props.children(row, (change) => onChange(rows.with(at, { ...row, ...change })), at)}
          </div>
          <div className={styles.rowActs}>
            <Button size="small" disabled={at === 0} onClick={() => onChange(up(at))}>
              {t("edit.up")}
            </Button>
            <Button size="small" onClick={() => onChange(rows.toSpliced(at, 1))}>
              {t("edit.remove")}
            </Button>
          </div>
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
