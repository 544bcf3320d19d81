// One field of a form: its label, its control, what is wrong with it. The label belongs to the control, a problem is announced.
import { Button } from "antd";
import { type FormEvent, type ReactNode, useId } from "react";
import { useTranslation } from "react-i18next";
import styles from "./field.module.css";
import { Failure } from "./states.tsx";

/** What a control needs to belong to its label and its problem. A group of controls names itself by {@link labelOf}. */
export type ControlProps = {
  readonly id: string;
  readonly "aria-describedby"?: string;
  readonly "aria-invalid"?: true;
  readonly "aria-required"?: true;
  readonly status?: "error";
};

/** For groups of controls, which a `<label for>` cannot name. */
export const labelOf = ({ id }: ControlProps) => ({ role: "radiogroup", "aria-labelledby": `${id}-label` }) as const;

export function Field(props: {
  label: string;
  hint?: string | null;
  problem?: string | null;
  required?: boolean;
  /** How many columns of the form it takes; a short field takes one. */
  span?: 2 | "all";
  children: (control: ControlProps) => ReactNode;
}) {
  const { t } = useTranslation("ui");
  const id = useId();
  const note = props.problem ?? props.hint;
  return (
    <div className={styles.field} data-span={props.span}>
      <label className={styles.label} id={`${id}-label`} htmlFor={id}>
        {props.label}
        {props.required && <span className={styles.required}>{t("required")}</span>}
      </label>
      {props.children({
        id,
        ...(note ? { "aria-describedby": `${id}-note` } : {}),
        ...(props.problem ? { "aria-invalid": true as const, status: "error" as const } : {}),
        ...(props.required ? { "aria-required": true as const } : {}),
      })}
      {note && (
        <p id={`${id}-note`} className={props.problem ? styles.problem : styles.hint} role={props.problem ? "alert" : undefined}>
          {note}
        </p>
      )}
    </div>
  );
}

/** A form with its button: Enter sends it, a refusal stands above the button, and what was entered stays. */
export function FormFrame(props: {
  submit: string;
  onSubmit: () => void;
  pending?: boolean;
  error?: unknown;
  danger?: boolean;
  disabled?: boolean;
  onCancel?: (() => void) | undefined;
  /** `fit`: as many columns as there is room for. */
  columns?: 1 | "fit";
  children: ReactNode;
  foot?: ReactNode;
}) {
  const { t } = useTranslation("ui");
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    event.stopPropagation();
    if (!props.pending && !props.disabled) props.onSubmit();
  };
  return (
    <form className={styles.form} data-columns={props.columns ?? 1} onSubmit={submit} noValidate>
      {props.children}
      {props.error !== undefined && props.error !== null && (
        <div style={{ gridColumn: "1 / -1" }}>
          <Failure error={props.error} hideFields />
        </div>
      )}
      <div className={styles.foot}>
        <Button
          type="primary"
          htmlType="submit"
          danger={props.danger === true}
          loading={props.pending === true}
          disabled={props.disabled === true}
        >
          {props.submit}
        </Button>
        {props.onCancel && <Button onClick={props.onCancel}>{t("cancel")}</Button>}
        {props.foot}
      </div>
    </form>
  );
}
