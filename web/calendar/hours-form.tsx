// A layer's ordinary hours and week.
import type { CalendarLayer, WorkInterval } from "@bihuan/contract/calendar.ts";
import { Button, Checkbox, Input } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { Field, FormFrame } from "../ui/field.tsx";
import { hoursText, readHours } from "./hours.ts";

export type HoursChange = { readonly hours: WorkInterval[] | null; readonly week: boolean[] | null };

const usualWeek = [true, true, true, true, true, false, false];

export function HoursForm({
  layer,
  onSubmit,
  onCancel,
}: {
  layer: CalendarLayer;
  onSubmit: (change: HoursChange) => void;
  onCancel: () => void;
}) {
  const { t } = useTranslation("calendar");
  const [text, setText] = useState(layer.hours ? hoursText(layer.hours) : "");
  const [week, setWeek] = useState<boolean[] | null>(layer.week);
  const hours = text.trim() === "" ? null : readHours(text);
  const wrong = text.trim() !== "" && hours === null;
  const isNational = layer.unitId === null;
  return (
    <FormFrame
      submit={t("hours.dryRun")}
      disabled={wrong || (isNational && (hours === null || week === null))}
      onCancel={onCancel}
      onSubmit={() => onSubmit({ hours, week })}
    >
      <Field
        label={t("hours.intervals")}
        hint={t(isNational ? "hours.hint" : "hours.hintInherit")}
        problem={wrong ? t("hours.wrong") : null}
      >
        {(control) => (
          <Input
            {...control}
            autoFocus
            value={text}
            placeholder="08:30-12:00 14:00-17:30"
            onChange={(event) => setText(event.target.value)}
          />
        )}
      </Field>
      <fieldset style={{ border: 0, padding: 0, margin: 0 }}>
        <legend className="secondary">{t("hours.week")}</legend>
        {week === null ? (
          <Button size="small" onClick={() => setWeek(usualWeek)}>
            {t("hours.ownWeek")}
          </Button>
        ) : (
          <>
            {([1, 2, 3, 4, 5, 6, 7] as const).map((weekday) => (
              <Checkbox
                key={weekday}
                checked={week[weekday - 1] === true}
                onChange={(event) => setWeek(week.with(weekday - 1, event.target.checked))}
              >
                {t(`weekdayLong.${weekday}`)}
              </Checkbox>
            ))}
            {!isNational && (
              <Button size="small" type="link" onClick={() => setWeek(null)}>
                {t("hours.inheritWeek")}
              </Button>
            )}
          </>
        )}
      </fieldset>
    </FormFrame>
  );
}
