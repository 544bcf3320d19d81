// Rules that are no deadlines: how often a customer is called back, how often an order may be returned. Each with its basis.
import type { Policies } from "@bihuan/core/clock/rules/policies.ts";
import { Input, InputNumber } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { useBilingual } from "../platform/language.ts";
import { Field, FormFrame } from "../ui/field.tsx";
import styles from "./policies-form.module.css";

const timeOfDay = /^([01]\d|2[0-3]):[0-5]\d$/;

export function PoliciesForm({
  policies,
  editable,
  onSubmit,
}: {
  policies: Policies;
  editable: boolean;
  onSubmit: (policies: Policies) => void;
}) {
  const { t } = useTranslation("clock");
  const say = useBilingual();
  const [form, setForm] = useState(policies);
  const set = <Key extends keyof Policies>(key: Key, change: Partial<Policies[Key]>): void =>
    setForm({ ...form, [key]: { ...form[key], ...change } });
  const number = <Key extends keyof Policies>(key: Key, name: keyof Policies[Key] & string, label: string, most: number) => (
    <Field label={label}>
      {(control) => (
        <InputNumber
          {...control}
          min={0}
          max={most}
          precision={0}
          readOnly={!editable}
          value={form[key][name] as number}
          onChange={(next) => set(key, { [name]: next ?? 0 } as Partial<Policies[Key]>)}
        />
      )}
    </Field>
  );
  const time = (name: "nightFrom" | "nightTo", label: string) => {
    const value = form.callback[name];
    return (
      <Field label={label} problem={timeOfDay.test(value) ? null : t("policies.timeWrong")}>
        {(control) => (
          <Input
            {...control}
            maxLength={5}
            readOnly={!editable}
            value={value}
            onChange={(event) => set("callback", { [name]: event.target.value })}
          />
        )}
      </Field>
    );
  };
  const basis = (key: keyof Policies) => (
    <p className={styles.basis}>
      {t(`policies.basis.${form[key].basis.kind}`)} · {say(form[key].basis.note)}
    </p>
  );
  const isUnchanged = JSON.stringify(form) === JSON.stringify(policies);
  return (
    <FormFrame
      columns="fit"
      submit={t("packPage.dryRun")}
      disabled={!editable || isUnchanged || !timeOfDay.test(form.callback.nightFrom) || !timeOfDay.test(form.callback.nightTo)}
      onSubmit={() => onSubmit(form)}
    >
      <h3 className={styles.title}>{t("policies.callback")}</h3>
      {number("callback", "attempts", t("policies.attempts"), 20)}
      {number("callback", "spacingMinutes", t("policies.spacing"), 10_080)}
      {time("nightFrom", t("policies.nightFrom"))}
      {time("nightTo", t("policies.nightTo"))}
      {basis("callback")}
      <h3 className={styles.title}>{t("policies.returning")}</h3>
      {number("returning", "returnsBeforeArbitration", t("policies.returns"), 10)}
      {basis("returning")}
      <h3 className={styles.title}>{t("policies.urge")}</h3>
      {number("urge", "passOnMinutes", t("policies.passOn"), 1_440)}
      {basis("urge")}
      <h3 className={styles.title}>{t("policies.suspension")}</h3>
      {number("suspension", "maxDays", t("policies.maxDays"), 3_660)}
      {basis("suspension")}
      <h3 className={styles.title}>{t("policies.repeat")}</h3>
      {number("repeat", "withinDays", t("policies.withinDays"), 3_660)}
      {basis("repeat")}
    </FormFrame>
  );
}
