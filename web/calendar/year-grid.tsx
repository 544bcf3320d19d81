// A year at a glance: twelve months; holidays, make-up days and a layer's own days told by form and letter as well as by colour.
import type { CalendarDay, CalendarYear } from "@bihuan/contract/calendar.ts";
import { useTranslation } from "react-i18next";
import { useBilingual, useLanguage } from "../platform/language.ts";
import { useNow } from "../platform/ticker.ts";
import { readableDate, wallClock, wallDate } from "../ui/format.ts";
import { useZone } from "../ui/time.tsx";
import { monthsOf } from "./months.ts";
import styles from "./year-grid.module.css";

const weekdays = [1, 2, 3, 4, 5, 6, 7] as const;

export function YearGrid({ year, onDay }: { year: CalendarYear; onDay?: ((day: CalendarDay) => void) | undefined }) {
  const { t } = useTranslation("calendar");
  const today = wallDate(wallClock(useNow(60_000), useZone()));
  return (
    <div className={styles.months}>
      {monthsOf(year.days).map(({ month, weeks, workingDays }) => (
        <table key={month} className={styles.month}>
          <caption>
            <strong>{t(`month.${month as 1}`)}</strong> <span className="muted">{t("workingDays", { count: workingDays })}</span>
          </caption>
          <thead>
            <tr>
              {weekdays.map((weekday) => (
                <th key={weekday} scope="col">
                  {t(`weekday.${weekday}`)}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {weeks.map((week, at) => (
              <tr key={at}>
                {week.map((day, column) => (
                  <td key={day?.date ?? column}>{day && <Day day={day} isToday={day.date === today} onDay={onDay} />}</td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      ))}
    </div>
  );
}

function Day({ day, isToday, onDay }: { day: CalendarDay; isToday: boolean; onDay: ((day: CalendarDay) => void) | undefined }) {
  const { t } = useTranslation("calendar");
  const say = useBilingual();
  const language = useLanguage();
  const parts = [
    readableDate(day.date, language),
    t(`kind.${day.kind}`),
    day.name && say(day.name),
    day.hours.map(({ from, to }) => `${from}–${to}`).join(" "),
    day.provisional && t("provisional"),
  ];
  const text = parts.filter(Boolean).join(" · ");
  const shared = {
    className: styles.day,
    title: text,
    "data-kind": day.kind,
    "data-working": day.working,
    "data-provisional": day.provisional && !day.working,
    "data-today": isToday,
  };
  const content = (
    <>
      {Number(day.date.slice(8))}
      <Mark kind={day.kind} />
    </>
  );
  return onDay ? (
    <button type="button" {...shared} aria-label={text} onClick={() => onDay(day)}>
      {content}
    </button>
  ) : (
    <span {...shared}>{content}</span>
  );
}

/** 休 and 班 stand on every printed calendar in China. */
function Mark({ kind }: { kind: CalendarDay["kind"] }) {
  const { t } = useTranslation("calendar");
  const mark =
    kind === "HOLIDAY" || kind === "OVERRIDE_OFF"
      ? t("mark.off")
      : kind === "MAKE_UP" || kind === "OVERRIDE_WORKING"
        ? t("mark.working")
        : null;
  return mark && <span className={styles.mark} data-mark={mark} aria-hidden="true" />;
}

export function Legend() {
  const { t } = useTranslation("calendar");
  return (
    <ul className={styles.legend}>
      {(["WORKING", "WEEKEND", "HOLIDAY", "MAKE_UP", "OVERRIDE_OFF", "OVERRIDE_WORKING"] as const).map((kind) => (
        <li key={kind}>
          <span
            className={styles.day}
            data-kind={kind}
            data-working={kind === "WORKING" || kind === "MAKE_UP" || kind === "OVERRIDE_WORKING"}
            aria-hidden="true"
          >
            8<Mark kind={kind} />
          </span>
          {t(`kind.${kind}`)}
        </li>
      ))}
    </ul>
  );
}
