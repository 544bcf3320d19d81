// The chip of a clock in every state, as a picture, as a button, large, and as a printer without colour shows it.
import { useTranslation } from "react-i18next";
import { Explanation } from "../clock/explanation.tsx";
import { useBilingual } from "../platform/language.ts";
import { ClockChip } from "../ui/clock-chip.tsx";
import { Section } from "../ui/page.tsx";
import { chips, sampleClock, sampleExplanation } from "./clock-samples.ts";
import styles from "./styleguide.module.css";

export function Chips() {
  const { t } = useTranslation("styleguide");
  const say = useBilingual();
  return (
    <Section title={t("chips")}>
      <dl className={styles.states}>
        {chips.flatMap(({ state, text, usedShare, means }) => [
          <dt key={`${state} name`}>{say(means)}</dt>,
          <dd key={state}>
            <ClockChip state={state} text={say(text)} usedShare={usedShare} title={t("chipTitle")} />
            <ClockChip state={state} text={say(text)} usedShare={usedShare} title={t("chipTitle")} onClick={() => undefined} />
            <ClockChip large state={state} text={say(text)} usedShare={usedShare} title={t("chipTitle")} />
            <span className={styles.grey}>
              <ClockChip state={state} text={say(text)} usedShare={usedShare} title={t("chipTitle")} />
            </span>
          </dd>,
        ])}
      </dl>
    </Section>
  );
}

export function Explained({ nowMs }: { nowMs: number }) {
  const { t } = useTranslation("styleguide");
  return (
    <Section title={t("explained")}>
      <div className={styles.explained}>
        <Explanation clock={sampleClock(nowMs)} explanation={sampleExplanation(nowMs)} />
      </div>
    </Section>
  );
}
