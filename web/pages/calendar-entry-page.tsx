import { calendarOperations } from "@bihuan/contract/calendar.ts";
import type { RulebookChange } from "@bihuan/contract/clock.ts";
import { useNavigate } from "@tanstack/react-router";
import { Button, Input, InputNumber } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { emptyYear, entryOf, placeOf, readDays, type HolidayRow, type YearForm } from "../calendar/year-entry.ts";
import { DraftDialog } from "../clock/draft-dialog.tsx";
import { useFlows } from "../flow/use-flows.ts";
import { useBilingual } from "../platform/language.ts";
import { useAct, useOperation } from "../platform/query.ts";
import { useNow } from "../platform/ticker.ts";
import { DateInput, DateRangeInput } from "../ui/date-input.tsx";
import { Field, FormFrame } from "../ui/field.tsx";
import { wallClock } from "../ui/format.ts";
import { Page, Section } from "../ui/page.tsx";
import { Answer, Notice } from "../ui/states.tsx";
import { useZone } from "../ui/time.tsx";
import styles from "./calendar-entry-page.module.css";

/** Entering a year the State Council has announced, the way its notice reads. */
export function CalendarEntryPage() {
  const { t } = useTranslation("calendar");
  const query = useOperation(calendarOperations.listCalendars, {});
  const thisYear = wallClock(useNow(3_600_000), useZone()).year;
  return (
    <Page title={t("entry.title")} note={t("entry.note")} narrow>
      <Answer of={query}>
        {({ layers }) => <Entry year={(layers.find(({ unitId }) => unitId === null)?.announcedUntil ?? thisYear) + 1} />}
      </Answer>
    </Page>
  );
}

function Entry({ year }: { year: number }) {
  const { t } = useTranslation("calendar");
  const say = useBilingual();
  const navigate = useNavigate();
  const { words } = useFlows();
  const [form, setForm] = useState<YearForm>(() => emptyYear(year));
  const [changes, setChanges] = useState<readonly RulebookChange[] | null>(null);
  const change = (part: Partial<YearForm>): void => {
    setForm({ ...form, ...part });
    check.reset();
  };
  const check = useAct(calendarOperations.checkCalendarYear, {
    onSuccess: ({ problems }, { body }) => {
      if (problems.length === 0) setChanges([{ kind: "calendar-year", entry: { ...body, extraDays: body.extraDays ?? 0 } }]);
    },
  });
  const entry = entryOf(form);
  return (
    <Section title={t("yearTitle", { year: form.year })}>
      <FormFrame
        columns="fit"
        submit={t("entry.dryRun")}
        pending={check.isPending}
        error={check.error}
        disabled={entry.off.length === 0 || entry.notice.reference === ""}
        onCancel={() => void navigate({ to: "/calendars" })}
        onSubmit={() => check.mutate({ body: entry })}
        foot={<span className="muted">{t("entry.sum", { off: entry.off.length, makeUp: entry.makeUp.length })}</span>}
      >
        <Field label={t("entry.year")} required>
          {(control) => (
            <InputNumber
              {...control}
              min={2000}
              max={2100}
              value={form.year}
              onChange={(next) => next && change({ year: next })}
            />
          )}
        </Field>
        <Field label={t("entry.extraDays")} hint={t("entry.extraDaysHint")}>
          {(control) => (
            <InputNumber
              {...control}
              min={0}
              max={10}
              value={form.extraDays}
              onChange={(next) => change({ extraDays: next ?? 0 })}
            />
          )}
        </Field>
        <Field span="all" label={t("entry.reference")} hint={t("entry.referenceHint")} required>
          {(control) => (
            <Input
              {...control}
              maxLength={200}
              value={form.reference}
              onChange={(event) => change({ reference: event.target.value })}
            />
          )}
        </Field>
        <Field label={t("entry.url")}>
          {(control) => (
            <Input
              {...control}
              type="url"
              maxLength={500}
              value={form.url}
              onChange={(event) => change({ url: event.target.value })}
            />
          )}
        </Field>
        <Field label={t("entry.announcedOn")}>
          {(control) => (
            <DateInput control={control} value={form.announcedOn} onChange={(announcedOn) => change({ announcedOn })} />
          )}
        </Field>
        <div className={styles.holidays}>
          <div className={styles.head} aria-hidden="true">
            <span>{t("entry.name")}</span>
            <span>{t("entry.off")}</span>
            <span>{t("entry.makeUp")}</span>
          </div>
          {form.holidays.map((holiday, at) => (
            <Holiday
              key={at}
              holiday={holiday}
              year={form.year}
              onChange={(next) => change({ holidays: form.holidays.with(at, next) })}
              onRemove={() => change({ holidays: form.holidays.toSpliced(at, 1) })}
            />
          ))}
          <div>
            <Button
              size="small"
              onClick={() => change({ holidays: [...form.holidays, { zh: "", en: "", from: null, to: null, makeUp: [] }] })}
            >
              {t("entry.add")}
            </Button>
          </div>
        </div>
        {check.data && check.data.problems.length > 0 && (
          <div style={{ gridColumn: "1 / -1" }} ref={(shown) => shown?.scrollIntoView({ block: "center" })}>
            <Notice tone="failure" title={t("entry.problems", { count: check.data.problems.length })}>
              <ul>
                {check.data.problems.map(({ place, message }) => (
                  <li key={`${place} ${message.en}`}>
                    <span className="muted">{t(`entry.${placeOf(place)}`)}</span> {say(message)}
                  </li>
                ))}
              </ul>
            </Notice>
          </div>
        )}
      </FormFrame>
      {changes && (
        <DraftDialog
          changes={changes}
          words={words}
          refreshes={[calendarOperations.getCalendarYear, calendarOperations.listCalendars, calendarOperations.getCalendar]}
          onClose={(published) => {
            setChanges(null);
            if (published) void navigate({ to: "/calendars", search: { year: form.year } });
          }}
        />
      )}
    </Section>
  );
}

function Holiday({
  holiday,
  year,
  onChange,
  onRemove,
}: {
  holiday: HolidayRow;
  year: number;
  onChange: (holiday: HolidayRow) => void;
  onRemove: () => void;
}) {
  const { t } = useTranslation("calendar");
  const start = `${year}-01-01`;
  return (
    <div className={styles.row} role="group" aria-label={holiday.zh || t("entry.name")}>
      <div className={styles.names}>
        <Input
          aria-label={t("entry.nameZh")}
          placeholder={t("entry.nameZh")}
          maxLength={20}
          value={holiday.zh}
          onChange={(event) => onChange({ ...holiday, zh: event.target.value })}
        />
        <Input
          aria-label={t("entry.nameEn")}
          placeholder={t("entry.nameEn")}
          maxLength={40}
          value={holiday.en}
          onChange={(event) => onChange({ ...holiday, en: event.target.value })}
        />
      </div>
      <DateRangeInput
        label={t("entry.off")}
        around={start}
        value={holiday}
        onChange={({ from, to }) => onChange({ ...holiday, from, to })}
      />
      <MakeUpDays holiday={holiday} year={year} onChange={onChange} />
      <Button aria-label={t("entry.remove", { name: holiday.zh })} onClick={onRemove}>
        ×
      </Button>
    </div>
  );
}

function MakeUpDays({ holiday, year, onChange }: { holiday: HolidayRow; year: number; onChange: (holiday: HolidayRow) => void }) {
  const { t } = useTranslation("calendar");
  const [text, setText] = useState(holiday.makeUp.join(" "));
  const days = readDays(text, year);
  return (
    <Input
      aria-label={t("entry.makeUp")}
      placeholder={t("entry.makeUpHint")}
      value={text}
      {...(days === null ? { status: "error" as const, "aria-invalid": true } : {})}
      onChange={(event) => {
        setText(event.target.value);
        onChange({ ...holiday, makeUp: readDays(event.target.value, year) ?? holiday.makeUp });
      }}
    />
  );
}
