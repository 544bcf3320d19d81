// What is known already or asked now and then: one line that says what stands in it, and unfolds.
import { type ReactNode, useState } from "react";
import { useTranslation } from "react-i18next";
import { UnitPicker } from "../../../identity/organisation/unit-picker.tsx";
import { useLanguage } from "../../../platform/language.ts";
import { Field } from "../../../ui/field.tsx";
import { Icon } from "../../../ui/icon.tsx";
import { SchemaFields, type SchemaPart } from "../../../ui/schema-fields.tsx";
import { foldedValues } from "../../../work-order/intake/intake-fields.ts";
import styles from "./wanted.module.css";

export function More(props: {
  form: SchemaPart;
  details: SchemaPart;
  names: readonly string[];
  ownNames: readonly string[];
  deskUnitId: number | undefined;
  unitName: (unitId: number) => string | undefined;
  onDesk: (unitId: number | undefined) => void;
}): ReactNode {
  const { t } = useTranslation(["work-order", "ui"]);
  const language = useLanguage();
  const [wanted, setWanted] = useState(false);
  const { form, details, names, ownNames, deskUnitId, unitName } = props;
  // What is wrong must be seen.
  const isWrong = ({ problems }: SchemaPart, name: string): boolean => problems.own.has(name) || problems.server.has(name);
  const open =
    wanted ||
    deskUnitId === undefined ||
    names.some((name) => isWrong(form, name)) ||
    ownNames.some((name) => isWrong(details, name));
  const values = (part: SchemaPart, of: readonly string[]): string[] =>
    foldedValues(
      part.fields.filter(({ name }) => of.includes(name)),
      part.values,
      { unit: unitName, language },
    );
  return (
    <>
      <button type="button" className={styles.more} aria-expanded={open} onClick={() => setWanted(!open)}>
        <Icon name={open ? "down" : "right"} size={16} />
        <span className={styles.moreTitle}>{t("intake.more")}</span>
        {!open && (
          <span className={styles.folded}>
            {[unitName(deskUnitId ?? 0), ...values(form, names), ...values(details, ownNames)].filter(Boolean).join(" · ")}
          </span>
        )}
      </button>
      {open && (
        <>
          <Field label={t("intake.desk")} required problem={deskUnitId === undefined ? t("ui:form.missingChoice") : null}>
            {(control) => <UnitPicker {...control} value={deskUnitId} onChange={props.onDesk} />}
          </Field>
          <SchemaFields part={form} names={names} />
          <SchemaFields part={details} names={ownNames} />
        </>
      )}
    </>
  );
}
