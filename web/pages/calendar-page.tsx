import { type CalendarDay, type CalendarLayer, type CalendarYear, calendarOperations } from "@bihuan/contract/calendar.ts";
import type { RulebookChange } from "@bihuan/contract/clock.ts";
import { useNavigate, useSearch } from "@tanstack/react-router";
import { Button, Modal } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { DayForm } from "../calendar/day-form.tsx";
import { hoursText } from "../calendar/hours.ts";
import { HoursForm } from "../calendar/hours-form.tsx";
import { holidaysOf } from "../calendar/months.ts";
import { Legend, YearGrid } from "../calendar/year-grid.tsx";
import { DraftDialog } from "../clock/draft-dialog.tsx";
import { useFlows } from "../flow/use-flows.ts";
import { UnitPicker } from "../identity/organisation/unit-picker.tsx";
import { useOrganisation } from "../identity/organisation/use-organisation.ts";
import { useBilingual } from "../platform/language.ts";
import { useOperation } from "../platform/query.ts";
import { present } from "../platform/search.ts";
import { may, useSession } from "../platform/session.ts";
import { useNow } from "../platform/ticker.ts";
import { wallClock } from "../ui/format.ts";
import { Icon } from "../ui/icon.tsx";
import { Facts, Page, Section, Tag } from "../ui/page.tsx";
import { Answer, Notice } from "../ui/states.tsx";
import { useZone } from "../ui/time.tsx";
import styles from "./calendar-page.module.css";

export function CalendarPage() {
  const { t } = useTranslation("calendar");
  const session = useSession();
  const navigate = useNavigate();
  const search = useSearch({ from: "/inside/calendars" });
  const thisYear = wallClock(useNow(3_600_000), useZone()).year;
  const year = search.year ?? thisYear;
  const go = (change: { year?: number | undefined; unit?: number | undefined }) =>
    void navigate({ to: "/calendars", search: present({ ...search, ...change }), replace: true });
  const query = useOperation(
    calendarOperations.getCalendarYear,
    { params: { year }, query: search.unit ? { unitId: search.unit } : {} },
    { keepPrevious: true },
  );
  const [day, setDay] = useState<CalendarDay | null>(null);
  const [changes, setChanges] = useState<readonly RulebookChange[] | null>(null);
  const { words } = useFlows();
  const edits = may(session, "calendar.edit");
  const unitId = search.unit ?? null;
  return (
    <Page
      title={t("title")}
      actions={
        <>
          <Button
            aria-label={t("before", { year: year - 1 })}
            icon={<Icon name="left" size={16} />}
            onClick={() => go({ year: year - 1 })}
          />
          <strong className={styles.year}>{year}</strong>
          <Button
            aria-label={t("after", { year: year + 1 })}
            icon={<Icon name="right" size={16} />}
            onClick={() => go({ year: year + 1 })}
          />
          <div style={{ width: 220 }}>
            <UnitPicker
              id="calendar-unit"
              aria-label={t("unit")}
              placeholder={t("unit")}
              value={search.unit}
              onChange={(unit) => go({ unit })}
            />
          </div>
          {edits && (
            <Button type="primary" onClick={() => void navigate({ to: "/calendars/enter-year" })}>
              {t("enterYear")}
            </Button>
          )}
        </>
      }
    >
      <Answer of={query} lines={14}>
        {(answer) => (
          <div className={styles.split}>
            <Section
              title={t("yearTitle", { year: answer.year })}
              actions={<span className="muted">{t("workingDays", { count: answer.workingDays })}</span>}
            >
              <div className={styles.year12}>
                {!answer.announced && (
                  <Notice tone="caution" title={t("notAnnounced", { year: answer.year })}>
                    {t("notAnnouncedHint")}
                  </Notice>
                )}
                <YearGrid year={answer} onDay={edits ? setDay : undefined} />
                <Legend />
              </div>
            </Section>
            <div className={styles.aside}>
              <Holidays year={answer} />
              <Layers unitId={unitId} keys={answer.layers} edits={edits} onChange={setChanges} />
            </div>
          </div>
        )}
      </Answer>
      <Modal
        open={day !== null}
        onCancel={() => setDay(null)}
        footer={null}
        title={t(unitId === null ? "day.national" : "day.unit")}
        width={420}
        destroyOnHidden
      >
        {day && (
          <DayForm
            day={day}
            onCancel={() => setDay(null)}
            onSubmit={(change) => {
              setDay(null);
              setChanges([{ kind: "calendar-dates", unitId, ...change }]);
            }}
          />
        )}
      </Modal>
      {changes && (
        <DraftDialog
          changes={changes}
          words={words}
          refreshes={[calendarOperations.getCalendarYear, calendarOperations.listCalendars, calendarOperations.getCalendar]}
          onClose={() => setChanges(null)}
        />
      )}
    </Page>
  );
}

/** The year as the notice reads. */
function Holidays({ year }: { year: CalendarYear }) {
  const { t } = useTranslation("calendar");
  const say = useBilingual();
  const holidays = holidaysOf(year.days);
  const short = (date: string): string => date.slice(5);
  return (
    <Section title={t("holidays")}>
      {holidays.length === 0 && <p className="muted">{t("noHolidays")}</p>}
      <ul className={styles.holidays}>
        {holidays.map(({ name, from, to, days, makeUp }) => (
          <li key={from}>
            <strong>{say(name)}</strong>
            <span>
              {short(from)}
              {from !== to && ` – ${short(to)}`} <span className="muted">{t("days", { count: days })}</span>
            </span>
            {makeUp.length > 0 && <span className="muted">{t("makeUp", { dates: makeUp.map(short).join(t("comma")) })}</span>}
          </li>
        ))}
      </ul>
      {year.notice && (
        <p className="muted" style={{ marginTop: 8 }}>
          {year.notice.urls[0] ? (
            <a href={year.notice.urls[0]} target="_blank" rel="noreferrer">
              {year.notice.reference}
            </a>
          ) : (
            year.notice.reference
          )}
        </p>
      )}
    </Section>
  );
}

/** The layers in force here, the national one first; the hours of each. */
function Layers(props: {
  unitId: number | null;
  keys: readonly string[];
  edits: boolean;
  onChange: (changes: readonly RulebookChange[]) => void;
}) {
  const { t } = useTranslation("calendar");
  const say = useBilingual();
  const { units } = useOrganisation();
  const query = useOperation(calendarOperations.listCalendars, {});
  const [editing, setEditing] = useState<CalendarLayer | null>(null);
  const layers = (query.data?.layers ?? []).filter(({ key }) => props.keys.includes(key));
  const unitName = units.find((unit) => unit.unitId === props.unitId)?.name;
  const own = layers.find(({ unitId }) => unitId === props.unitId);
  const fresh: CalendarLayer | null =
    own || props.unitId === null || !unitName
      ? null
      : {
          key: `unit-${props.unitId}`,
          unitId: props.unitId,
          title: { zh: unitName, en: unitName },
          zone: null,
          hours: null,
          week: null,
          overrideCount: 0,
          announcedUntil: null,
          updatedAt: "1970-01-01T00:00:00Z",
          updatedBy: null,
        };
  return (
    <Section title={t("layers")}>
      <ul className={styles.layers}>
        {[...layers, ...(fresh ? [fresh] : [])].map((layer) => (
          <li key={layer.key}>
            <div className={styles.layerHead}>
              <strong>{say(layer.title)}</strong>
              {layer.announcedUntil && <Tag>{t("announcedUntil", { year: layer.announcedUntil })}</Tag>}
              {props.edits && layer.unitId === props.unitId && (
                <Button size="small" onClick={() => setEditing(layer)}>
                  {t("hours.edit")}
                </Button>
              )}
            </div>
            <Facts
              rows={[
                [t("hours.intervals"), layer.hours ? hoursText(layer.hours) : t("hours.inherited")],
                [
                  t("hours.week"),
                  layer.week
                    ? layer.week
                        .map((works, at) => (works ? t(`weekdayLong.${(at + 1) as 1}`) : null))
                        .filter((one) => one !== null)
                        .join(" ")
                    : t("hours.inherited"),
                ],
                [t("zone"), layer.zone],
                [t("overrides"), layer.overrideCount > 0 && t("days", { count: layer.overrideCount })],
              ]}
            />
          </li>
        ))}
      </ul>
      <Modal
        open={editing !== null}
        onCancel={() => setEditing(null)}
        footer={null}
        title={t("hours.title")}
        width={480}
        destroyOnHidden
      >
        {editing && (
          <HoursForm
            layer={editing}
            onCancel={() => setEditing(null)}
            onSubmit={({ hours, week }) => {
              setEditing(null);
              props.onChange([{ kind: "calendar-hours", unitId: editing.unitId, hours, week }]);
            }}
          />
        )}
      </Modal>
    </Section>
  );
}
