// One day of a layer, set differently.
import type { CalendarDay, DateOverride } from "@bihuan/contract/calendar.ts";
import { Button, Input, Radio } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { useLanguage } from "../platform/language.ts";
import { Field, FormFrame } from "../ui/field.tsx";
import { readableDate } from "../ui/format.ts";
import { readHours } from "./hours.ts";

export type DayChange = { readonly set: DateOverride[]; readonly clear: string[] };

export function DayForm({
  day,
  onSubmit,
  onCancel,
}: {
  day: CalendarDay;
  onSubmit: (change: DayChange) => void;
  onCancel: () => void;
}) {
  const { t } = useTranslation("calendar");
  const language = useLanguage();
  const [working, setWorking] = useState(!day.working);
  const [zh, setZh] = useState("");
  const [en, setEn] = useState("");
  const [text, setText] = useState("");
  const hours = text.trim() === "" ? null : readHours(text);
  const wrong = text.trim() !== "" && hours === null;
  const isOwn = day.kind === "OVERRIDE_OFF" || day.kind === "OVERRIDE_WORKING";
  return (
    <FormFrame
      submit={t("hours.dryRun")}
      disabled={zh.trim() === "" || wrong}
      onCancel={onCancel}
      onSubmit={() =>
        onSubmit({
          set: [{ date: day.date, working, name: { zh: zh.trim(), en: en.trim() || zh.trim() }, hours: working ? hours : null }],
          clear: [],
        })
      }
      foot={isOwn && <Button onClick={() => onSubmit({ set: [], clear: [day.date] })}>{t("day.clear")}</Button>}
    >
      <p>{readableDate(day.date, language)}</p>
      <Radio.Group
        optionType="button"
        aria-label={t("day.working")}
        value={working}
        onChange={(event) => setWorking(event.target.value)}
      >
        <Radio.Button value={true}>{t("day.isWorking")}</Radio.Button>
        <Radio.Button value={false}>{t("day.isOff")}</Radio.Button>
      </Radio.Group>
      <Field label={t("day.nameZh")} required>
        {(control) => <Input {...control} maxLength={40} value={zh} onChange={(event) => setZh(event.target.value)} />}
      </Field>
      <Field label={t("day.nameEn")}>
        {(control) => <Input {...control} maxLength={60} value={en} onChange={(event) => setEn(event.target.value)} />}
      </Field>
      {working && (
        <Field label={t("hours.intervals")} hint={t("day.hoursHint")} problem={wrong ? t("hours.wrong") : null}>
          {(control) => (
            <Input
              {...control}
              value={text}
              placeholder="08:30-12:00 14:00-17:30"
              onChange={(event) => setText(event.target.value)}
            />
          )}
        </Field>
      )}
    </FormFrame>
  );
}
