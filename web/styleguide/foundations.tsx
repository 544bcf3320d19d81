// What everything is made of: colours, distances, letters, signs.
import { useTranslation } from "react-i18next";
import { customProperties, palettes, shape, spacing, type ThemeName, typeScale } from "../platform/tokens.ts";
import { Icon, iconNames } from "../ui/icon.tsx";
import { Section } from "../ui/page.tsx";
import { DurationText, InstantText } from "../ui/time.tsx";
import styles from "./styleguide.module.css";

const minute = 60_000;

export function Colours({ theme }: { theme: ThemeName }) {
  const { t } = useTranslation("styleguide");
  const colours = customProperties(palettes[theme]).filter(([, value]) => value.startsWith("#"));
  return (
    <Section title={t("colours")}>
      <ul className={styles.swatches}>
        {colours.map(([name, value]) => (
          <li key={name} className={styles.swatch}>
            <span className={styles.colour} style={{ background: value }} aria-hidden="true" />
            <span>{name.slice(2)}</span>
            <code className="muted">{value}</code>
          </li>
        ))}
      </ul>
    </Section>
  );
}

export function Measures() {
  const { t } = useTranslation("styleguide");
  return (
    <Section title={t("measures")}>
      <div className={styles.stack}>
        <p className="secondary">
          {t("measuresNote", { row: shape.row, control: shape.control, touch: shape.touch, radius: shape.radius })}
        </p>
        <dl className={styles.states}>
          {spacing.flatMap((distance) => [
            <dt key={`${distance} name`} className="number">
              {distance}
            </dt>,
            <dd key={distance}>
              <span className={styles.measure} style={{ width: distance }} aria-hidden="true" />
            </dd>,
          ])}
        </dl>
      </div>
    </Section>
  );
}

export function Letters({ nowMs }: { nowMs: number }) {
  const { t } = useTranslation("styleguide");
  return (
    <Section title={t("letters")}>
      <div className={styles.stack}>
        <dl className={styles.type}>
          {Object.values(typeScale).flatMap(({ size, line }) => [
            <dt key={`${size} name`} className="muted number">
              {size}/{line}
            </dt>,
            <dd key={size} style={{ fontSize: size, lineHeight: `${line}px` }}>
              {t("letterSample")}
            </dd>,
          ])}
        </dl>
        <p className="running-text">{t("running")}</p>
        <p className={styles.row}>
          <DurationText spanMs={135 * minute} /> <DurationText spanMs={3 * 1_440 * minute + 60 * minute} />
          <InstantText at={nowMs} /> <InstantText at={nowMs - 40 * 1_440 * minute} />
        </p>
      </div>
    </Section>
  );
}

export function Signs() {
  const { t } = useTranslation("styleguide");
  return (
    <Section title={t("signs")}>
      <ul className={styles.icons}>
        {iconNames.map((name) => (
          <li key={name}>
            <Icon name={name} /> {name}
          </li>
        ))}
      </ul>
    </Section>
  );
}
