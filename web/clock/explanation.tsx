// Why a deadline is what it is: a strip of the counted and the skipped time, under it every span, the rule and its source.
import { type ClockExplanation, type ClockView, workOrderOperations } from "@bihuan/contract/work-order.ts";
import { compileZone } from "@bihuan/core/calendar/zone.ts";
import { durationText, limitText, localInstant } from "@bihuan/core/clock/duration-text.ts";
import { Button } from "antd";
import { useRef } from "react";
import { useTranslation } from "react-i18next";
import { useBilingual, useLanguage } from "../platform/language.ts";
import { useOperation } from "../platform/query.ts";
import { useNow } from "../platform/ticker.ts";
import { useHeldFocus } from "../ui/held-focus.ts";
import { Icon } from "../ui/icon.tsx";
import { Facts, Tag } from "../ui/page.tsx";
import { Answer } from "../ui/states.tsx";
import { InstantText, useZone } from "../ui/time.tsx";
import { clockKey } from "./chip-of.ts";
import styles from "./explanation.module.css";
import { stripKind, stripPieces } from "./span-strip.ts";

export function ClockExplained({ orderId, clock, onClose }: { orderId: string; clock: ClockView; onClose: () => void }) {
  const { t } = useTranslation("clock");
  const say = useBilingual();
  const query = useOperation(workOrderOperations.explainClocks, { params: { orderId } });
  const frame = useRef<HTMLDivElement>(null);
  useHeldFocus(frame, onClose);
  return (
    <div
      ref={frame}
      role="dialog"
      tabIndex={-1}
      className={styles.explained}
      aria-label={t("explanation", { title: say(clock.title) })}
    >
      <header className={styles.head}>
        <h3>{say(clock.title)}</h3>
        <Tag>{t(`authority.${clock.authority}`)}</Tag>
        <Button type="text" size="small" aria-label={t("close")} icon={<Icon name="close" size={16} />} onClick={onClose} />
      </header>
      <Answer of={query} lines={5}>
        {({ explanations }) => {
          const found = explanations.find((one) => clockKey(one) === clockKey(clock));
          return found ? <Explanation clock={clock} explanation={found} /> : <p className="muted">{t("notExplained")}</p>;
        }}
      </Answer>
    </div>
  );
}

/** From and to of a span: whole days as dates, the day said once, midnight as 24:00 of the day it ends. */
function Between({ from, to }: { from: string; to: string }) {
  const zone = compileZone(useZone());
  const start = localInstant(zone, Date.parse(from));
  const end = localInstant(zone, Date.parse(to), true);
  const short = (date: string): string => date.slice(5);
  const wholeDays = start.time === "00:00" && end.time === "24:00";
  const range = wholeDays
    ? start.date === end.date
      ? short(start.date)
      : `${short(start.date)} – ${short(end.date)}`
    : `${short(start.date)} ${start.time} – ${start.date === end.date ? "" : `${short(end.date)} `}${end.time}`;
  return (
    <time className={styles.when} dateTime={from}>
      {range}
    </time>
  );
}

export function Explanation({ clock, explanation }: { clock: ClockView; explanation: ClockExplanation }) {
  const { t } = useTranslation("clock");
  const say = useBilingual();
  const language = useLanguage();
  const { ended, source } = explanation;
  const nowMs = useNow(5_000);
  // A clock that is done has its end for a last mark.
  const { pieces, now } = stripPieces(explanation.spans, ended ? Date.parse(ended.at) : nowMs);
  const first = explanation.spans[0];
  const last = explanation.spans.at(-1);
  const inDays = clock.unit === "workingDay" || clock.unit === "calendarDay" ? clock.unit : null;
  return (
    <>
      {/* The strip shows what the list below says; a screen reader hears the list. */}
      <div className={styles.drawn} aria-hidden="true">
        {now !== null && (
          <span
            className={styles.nowName}
            style={{ left: `${now * 100}%` }}
            data-edge={now < 0.06 ? "start" : now > 0.94 ? "end" : undefined}
          >
            {t("nowMark")}
          </span>
        )}
        <div className={styles.strip}>
          {pieces.map(({ index, left, width, kind }) => (
            <span
              key={index}
              className={styles.piece}
              data-kind={kind}
              style={{ left: `${left * 100}%`, width: `${width * 100}%` }}
              title={explanation.spans[index] ? say(explanation.spans[index].text) : undefined}
            />
          ))}
          {now !== null && <span className={styles.now} style={{ left: `${now * 100}%` }} />}
        </div>
        <div className={styles.ends}>
          {first && <InstantText at={first.from} />}
          {last && <InstantText end at={last.to} />}
        </div>
      </div>
      <ul className={styles.spans}>
        {explanation.spans.map((span) => (
          <li key={`${span.from} ${span.to}`} className={span.counted ? undefined : styles.skipped}>
            <span className={styles.swatch} data-kind={stripKind(span)} aria-hidden="true" />
            <Between from={span.from} to={span.to} />
            <span>
              {say(span.text)}
              {span.unit && <span className="muted"> · {span.unit.name}</span>}
            </span>
            <span className={styles.amount}>
              {span.counted
                ? inDays
                  ? say(limitText(span.amount, inDays))
                  : durationText(span.amount * 60_000)[language]
                : t("notCounted")}
            </span>
          </li>
        ))}
      </ul>
      <Facts
        rows={[
          [
            t("ended"),
            ended && (
              <span key="ended">
                <InstantText end at={ended.at} />
                {ended.by && ` · ${say(ended.by)}`} · {say(ended.verdict)}
              </span>
            ),
          ],
          [
            t("rule"),
            clock.amount !== null && clock.unit !== null && (
              <span key="rule">
                {t(clock.limitKind === "average" ? "withinAverage" : "within", {
                  amount: say(limitText(clock.amount, clock.unit)),
                })}
              </span>
            ),
          ],
          [
            t("source"),
            source && [say(source.document), source.article && say(source.article), source.edition].filter(Boolean).join(" · "),
          ],
          [
            t("verification"),
            source && !source.verified && (
              <Tag key="unverified" tone="caution">
                {t("unverified")}
              </Tag>
            ),
          ],
          [t("note"), source?.note && say(source.note)],
          [
            t("pack"),
            clock.rule && `${clock.rule.pack} / ${clock.rule.key} · ${t("rulebook", { version: clock.rule.rulebookVersion })}`,
          ],
          [t("provisionalTitle"), clock.provisional && t("provisionalMeans")],
        ]}
      />
      <details>
        <summary>{t("inWords")}</summary>
        <ul className="secondary">
          {explanation.lines[language].map((line) => (
            <li key={line}>{line}</li>
          ))}
        </ul>
      </details>
    </>
  );
}
