// Rules that are no deadlines: how often a customer is called back, how often an order may be returned. Each with its basis;
// whoever sets another figure says what it rests on, since the old basis does not carry it.
import { policyFieldTitles } from "@bihuan/core/clock/rules/difference-words.ts";
import type { Policies } from "@bihuan/core/clock/rules/policies.ts";
import { Input, InputNumber } from "antd";
import { type ReactNode, useState } from "react";
import { useTranslation } from "react-i18next";
import { useBilingual } from "../platform/language.ts";
import { Field, FormFrame } from "../ui/field.tsx";
import { type Area, areas, changedAreas, isTimeOfDay, type PolicyField, withBases } from "./policies.ts";
import styles from "./policies-form.module.css";

type Props = { policies: Policies; onSubmit: (policies: Policies) => void };

/** As text, for those who may not change them. */
export function PolicyList({ policies }: { policies: Policies }) {
  const { t } = useTranslation("clock");
  const say = useBilingual();
  return (
    <Groups>
      {(area) => (
        <>
          <Heading area={area} policies={policies} />
          <dl className={styles.fields}>
            {areas[area].map(({ key, unit }) => {
              const value = valueOf(policies, area, key);
              return (
                <div key={key}>
                  <dt className="muted">{say(policyFieldTitles[key])}</dt>
                  <dd>{unit ? t(`policies.amount.${unit}`, { count: Number(value) }) : value}</dd>
                </div>
              );
            })}
          </dl>
        </>
      )}
    </Groups>
  );
}

export function PoliciesForm({ policies, onSubmit }: Props) {
  const { t } = useTranslation("clock");
  const [form, setForm] = useState(policies);
  const [bases, setBases] = useState<Partial<Record<Area, string>>>({});
  const changed = changedAreas(policies, form);
  const set = (area: Area, key: string, value: string | number): void =>
    setForm({ ...form, [area]: { ...form[area], [key]: value } });
  const wrongTime = !isTimeOfDay(form.callback.nightFrom) || !isTimeOfDay(form.callback.nightTo);
  const unfounded = changed.some((area) => !bases[area]?.trim());
  return (
    <FormFrame
      submit={t("packPage.dryRun")}
      disabled={changed.length === 0 || wrongTime || unfounded}
      onSubmit={() => onSubmit(withBases(policies, form, bases))}
    >
      <Groups>
        {(area) => (
          <>
            <Heading area={area} policies={policies} />
            <div className={styles.fields}>
              {areas[area].map((field) => (
                <PolicyInput
                  key={field.key}
                  field={field}
                  value={valueOf(form, area, field.key)}
                  onChange={(value) => set(area, field.key, value)}
                />
              ))}
              {changed.includes(area) && (
                <div className={styles.basis}>
                  <Field label={t("policies.newBasis")} hint={t("policies.newBasisHint")} required>
                    {(control) => (
                      <Input
                        {...control}
                        maxLength={200}
                        value={bases[area] ?? ""}
                        onChange={(event) => setBases({ ...bases, [area]: event.target.value })}
                      />
                    )}
                  </Field>
                </div>
              )}
            </div>
          </>
        )}
      </Groups>
    </FormFrame>
  );
}

const valueOf = (policies: Policies, area: Area, key: PolicyField["key"]): string | number =>
  (policies[area] as unknown as Record<string, string | number>)[key] ?? "";

function Groups({ children }: { children: (area: Area) => ReactNode }) {
  return (
    <div className={styles.groups}>
      {(Object.keys(areas) as Area[]).map((area) => (
        <section key={area} className={styles.group}>
          {children(area)}
        </section>
      ))}
    </div>
  );
}

function Heading({ area, policies }: { area: Area; policies: Policies }) {
  const { t } = useTranslation("clock");
  const say = useBilingual();
  const { kind, note } = policies[area].basis;
  return (
    <div>
      <h3>{t(`policies.${area}`)}</h3>
      <p className={styles.note}>
        {kind === "source" || kind === "own" ? t("policies.restsOn", { note: say(note) }) : say(note)}
      </p>
    </div>
  );
}

function PolicyInput({
  field: { key, unit, least, most },
  value,
  onChange,
}: {
  field: PolicyField;
  value: string | number;
  onChange: (value: string | number) => void;
}) {
  const { t } = useTranslation("clock");
  const say = useBilingual();
  const wrong = typeof value === "string" && !isTimeOfDay(value);
  return (
    <Field label={say(policyFieldTitles[key])} problem={wrong ? t("policies.timeWrong") : null}>
      {(control) =>
        unit ? (
          <InputNumber
            {...control}
            controls={false}
            min={least}
            max={most}
            precision={0}
            suffix={<span className="muted">{t(`policies.unit.${unit}`)}</span>}
            value={Number(value)}
            onChange={(next) => onChange(next ?? least)}
          />
        ) : (
          <Input {...control} maxLength={5} value={value} onChange={(event) => onChange(event.target.value)} />
        )
      }
    </Field>
  );
}
