// The steps of the flow across the top, with the time each took; coloured only where the order was late.
import type { ClockView, OrderView } from "@bihuan/contract/work-order.ts";
import { useEffect, useRef } from "react";
import { useTranslation } from "react-i18next";
import { useNow } from "../../../platform/ticker.ts";
import { useScrollFocus } from "../../../ui/scroll-focus.ts";
import { DurationText } from "../../../ui/time.tsx";
import styles from "./step-strip.module.css";
import { stepTimes } from "./step-times.ts";

/** A clock that ended so made nobody late. */
const noDelay: ReadonlySet<string> = new Set(["met", "superseded", "lapsed"]);

type StripClock = Pick<ClockView, "limitKind" | "status" | "dueAt" | "stoppedAt" | "episode">;

export function StepStrip({
  order,
  steps,
}: {
  order: Pick<OrderView, "events" | "episode" | "step"> & { readonly clocks: readonly StripClock[] };
  steps: readonly { readonly key: string; readonly title: string }[];
}) {
  const { t } = useTranslation("work-order");
  const nowMs = useNow(10_000);
  const late = order.clocks
    .filter(({ limitKind, status, dueAt }) => limitKind === "max" && dueAt !== null && !noDelay.has(status))
    .map(({ episode, dueAt, stoppedAt }) => ({
      episode,
      dueAtMs: Date.parse(dueAt ?? ""),
      stoppedAtMs: stoppedAt === null ? null : Date.parse(stoppedAt),
    }));
  const times = stepTimes({ steps: steps.map(({ key }) => key), events: order.events, late, episode: order.episode, nowMs });
  // Where not all of them fit, the one it stands in is in sight.
  const strip = useRef<HTMLOListElement>(null);
  useScrollFocus(strip);
  useEffect(() => {
    const now = strip.current?.querySelector<HTMLElement>("[aria-current=step]");
    if (strip.current && now) strip.current.scrollLeft = now.offsetLeft + now.offsetWidth - strip.current.clientWidth + 24;
  }, [order.step]);
  const title = (key: string): string => steps.find((step) => step.key === key)?.title ?? key;
  return (
    <ol ref={strip} className={styles.strip} aria-label={t("steps")}>
      {times.map(({ step, state, spentMs, visits, late: isLate, aside }) => (
        <li
          key={step}
          className={styles.step}
          data-state={state}
          data-late={isLate}
          data-aside={aside}
          aria-current={state === "now" ? "step" : undefined}
        >
          <span className={styles.name} title={title(step)}>
            {title(step)}
            {visits > 1 && <span className="muted"> ×{visits}</span>}
          </span>
          <span className={styles.time}>
            {state !== "ahead" && <DurationText spanMs={spentMs} />} {isLate && <span className={styles.late}>{t("late")}</span>}
          </span>
        </li>
      ))}
    </ol>
  );
}
