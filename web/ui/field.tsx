// One field of a form: its label, its control, what is wrong with it. The label belongs to the control, a problem is announced.
import { Button } from "antd";
import { type FormEvent, type ReactNode, useEffect, useId, useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import { asProblem } from "../platform/problem.ts";
import styles from "./field.module.css";
import { useKeys } from "./keys.ts";
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
  /** What the form calls it: where a page looks for it. */
  name?: string;
  label: string;
  hint?: string | null;
  problem?: string | null;
  note?: ReactNode;
  required?: boolean;
  /** How many columns of the form it takes; a short field takes one. */
  span?: 2 | "all";
  children: (control: ControlProps) => ReactNode;
}) {
  const { t } = useTranslation("ui");
  const id = useId();
  const note = props.problem ?? props.hint;
  return (
    <div className={styles.field} data-span={props.span} data-field={props.name}>
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
      {props.note}
    </div>
  );
}

/** Tells one refusal from the next; the same refusal may come as another object each time the page is drawn. */
export function refusalKey(error: unknown): string {
  if (error === undefined || error === null) return "";
  const { code, requestId } = asProblem(error);
  return `${code} ${requestId ?? ""}`;
}

const controls = "input:not([type=hidden]), textarea, select, button";
const shown = (element: HTMLElement): boolean => element.offsetParent !== null;

/** The control after this one, in the order of the form. */
function nextControl(form: HTMLFormElement, from: Element): HTMLElement | undefined {
  const all = [...form.querySelectorAll<HTMLElement>(controls)].filter((one) => shown(one) && one.tabIndex >= 0);
  return all
    .slice(all.findIndex((one) => one === from) + 1)
    .find((one) => one.closest("[data-field]") !== from.closest("[data-field]"));
}

/** The first field with a problem is where the person goes on. */
function focusProblem(form: HTMLFormElement | null): void {
  const [wrong] = [...(form?.querySelectorAll<HTMLElement>("[aria-invalid=true]") ?? [])].filter(shown);
  const control = wrong?.matches(controls) ? wrong : wrong?.querySelector<HTMLElement>(controls);
  control?.focus();
  wrong?.scrollIntoView({ block: "nearest" });
}

/**
 * A form with its button: Enter sends it, a refusal stands above the button, and what was entered stays. `longForm`: Enter goes to
 * the next field, and Ctrl Enter sends it, from anywhere on the page.
 */
export function FormFrame(props: {
  submit: string;
  longForm?: boolean;
  onSubmit: () => void;
  pending?: boolean;
  error?: unknown;
  danger?: boolean;
  disabled?: boolean;
  onCancel?: (() => void) | undefined;
  /** `fit`: as many columns as there is room for. */
  columns?: 1 | "fit";
  /** Where the page lays the form out itself; the last child is the row of buttons. */
  className?: string | undefined;
  children: ReactNode;
  foot?: ReactNode;
}) {
  const { t } = useTranslation("ui");
  const form = useRef<HTMLFormElement>(null);
  const [tries, setTries] = useState(0);
  const refusal = refusalKey(props.error);
  // A form that begins with a refusal was not tried here: it leaves the focus where it is.
  const begunWith = useRef(refusal);
  useEffect(() => {
    if (tries > 0 || refusal !== begunWith.current) focusProblem(form.current);
  }, [tries, refusal]);
  const send = (): void => {
    if (props.pending || props.disabled) return;
    props.onSubmit();
    setTries((before) => before + 1);
  };
  // Before the pickers, which take every Enter for theirs.
  useKeys({ "mod+enter": { run: send, does: props.submit } }, props.longForm === true, "capture");
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    event.stopPropagation();
    // With Enter the focus stays in the field; with the button it is on the button.
    const from = document.activeElement;
    const byEnter = from instanceof HTMLInputElement && form.current?.contains(from) === true;
    // In a picker Enter takes the value, whatever the picker made of it, and nothing else.
    if (byEnter && from.closest(".ant-picker, .ant-select")) return;
    if (byEnter && props.longForm && form.current) nextControl(form.current, from)?.focus();
    else send();
  };
  return (
    <form ref={form} className={props.className ?? styles.form} data-columns={props.columns ?? 1} onSubmit={submit} noValidate>
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
        {props.longForm && <kbd>Ctrl ↵</kbd>}
        {props.onCancel && <Button onClick={props.onCancel}>{t("cancel")}</Button>}
        {props.foot}
      </div>
    </form>
  );
}
