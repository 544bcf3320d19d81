// Instants and spans on the screen: short to read, exact on hover and for machines.
import { createContext, useContext } from "react";
import { useLanguage } from "../platform/language.ts";
import { useNow } from "../platform/ticker.ts";
import { durationParts, exactInstant, shortInstant } from "./format.ts";
import styles from "./time.module.css";

/** IANA zone in which this person reads the time: that of their home unit. */
export const DisplayZone = createContext("Asia/Shanghai");
export const useZone = (): string => useContext(DisplayZone);

const epoch = (at: string | number): number => (typeof at === "number" ? at : Date.parse(at));

/** An instant, as ISO text or epoch ms. `end`: the end of a period, where midnight is 24:00 of the day it ends. */
export function InstantText({ at, end = false }: { at: string | number; end?: boolean }) {
  const language = useLanguage();
  const zone = useZone();
  const now = useNow(60_000);
  const atMs = epoch(at);
  return (
    <time className={styles.instant} dateTime={new Date(atMs).toISOString()} title={exactInstant(atMs, zone)}>
      {shortInstant(atMs, now, zone, language, end)}
    </time>
  );
}

/** A span in ms, its units smaller and greyer than its numbers. */
export function DurationText({ spanMs }: { spanMs: number }) {
  const language = useLanguage();
  return (
    <span className={styles.duration}>
      {durationParts(spanMs, language).map(({ value, unit }) => (
        <span key={unit} className={styles.part}>
          {value}
          <span className={styles.unit}>{unit}</span>
        </span>
      ))}
    </span>
  );
}
