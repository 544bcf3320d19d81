// Where the person stands, asked of the telephone once the button is pressed, and never by itself.
import { Button } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { type ControlProps, labelOf } from "./field.tsx";
import styles from "./field.module.css";
import { Icon } from "./icon.tsx";
import { type NotFound, positionText, whyNot } from "./position.ts";

const patienceMs = 15_000;

export function PositionInput(props: { control: ControlProps; value: string; onChange: (value: string | undefined) => void }) {
  const { t } = useTranslation("ui");
  const [asking, setAsking] = useState(false);
  const [failed, setFailed] = useState<NotFound | null>(null);
  const { id, "aria-describedby": described } = props.control;
  const ask = (): void => {
    setFailed(null);
    if (!("geolocation" in navigator)) {
      setFailed("unavailable");
      return;
    }
    setAsking(true);
    navigator.geolocation.getCurrentPosition(
      ({ coords }) => {
        setAsking(false);
        props.onChange(positionText(coords));
      },
      ({ code }) => {
        setAsking(false);
        setFailed(whyNot(code));
      },
      { enableHighAccuracy: true, timeout: patienceMs, maximumAge: 30_000 },
    );
  };
  return (
    <div {...labelOf(props.control)} role="group" id={id} aria-describedby={described} className={styles.position}>
      {props.value !== "" && <output>{props.value}</output>}
      <Button loading={asking} icon={<Icon name="place" size={18} />} onClick={ask}>
        {t(props.value === "" ? "position.take" : "position.again")}
      </Button>
      {props.value !== "" && <Button onClick={() => props.onChange(undefined)}>{t("position.none")}</Button>}
      {failed && (
        <p className={styles.hint} role="status">
          {t(`position.${failed}`)}
        </p>
      )}
    </div>
  );
}
