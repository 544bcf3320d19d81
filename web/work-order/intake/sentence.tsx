// The sentence to read to the caller: taken in, by whom it is handled, and what law or a promise gives them, by when.
import type { ClockView } from "@bihuan/contract/work-order.ts";
import { useTranslation } from "react-i18next";
import { useLanguage } from "../../platform/language.ts";
import { nowMs } from "../../platform/time.ts";
import { spokenEnd } from "../../ui/format.ts";
import { useZone } from "../../ui/time.tsx";
import styles from "./sentence.module.css";
import { toldLimits } from "./told-limits.ts";

/** In: the unit by name, and the clocks of the order or of the preview. */
export function Sentence({ unit, clocks }: { unit: string; clocks: readonly ClockView[] }) {
  const { t } = useTranslation("work-order");
  const language = useLanguage();
  const zone = useZone();
  const limits = toldLimits(clocks).map(({ slot, authority, dueAt }) =>
    t(`preview.limit.${authority}`, {
      what: t(`preview.what.${slot}`),
      due: spokenEnd(Date.parse(dueAt), nowMs(), zone, language),
    }),
  );
  return (
    <p className={styles.sentence}>
      <span className={styles.mark}>{t("preview.sayTitle")}</span>
      {t("preview.say", { unit, limits: limits.join("") })}
    </p>
  );
}
