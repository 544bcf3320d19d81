// The pages, one below the other: beside every page, on a telephone behind the menu button.
import { Link } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";
import { may, useSession } from "../platform/session.ts";
import { Icon } from "../ui/icon.tsx";
import { ActingUnitChooser } from "./acting-unit.tsx";
import { destinationsFor } from "./navigation.ts";
import styles from "./shell.module.css";

export function Rail({ isOpen, onHelp }: { isOpen: boolean; onHelp: () => void }) {
  const { t } = useTranslation("shell");
  const session = useSession();
  return (
    <nav id="rail" className={styles.rail} data-open={isOpen} aria-label={t("navigation")}>
      {destinationsFor((permission) => may(session, permission)).map(({ key, to, icon }) => (
        <Link key={key} to={to} className={styles.railItem} activeOptions={{ includeSearch: false }}>
          <Icon name={icon} />
          {t(`rail.${key}`)}
        </Link>
      ))}
      <a className={`${styles.railItem} ${styles.railEnd}`} href="/api/docs" target="_blank" rel="noreferrer">
        <Icon name="book" />
        {t("rail.api")}
      </a>
      <button type="button" className={styles.railItem} onClick={onHelp} aria-keyshortcuts="?">
        <Icon name="keyboard" />
        {t("rail.help")}
      </button>
      {isOpen && (
        <div className={styles.railUnit}>
          <ActingUnitChooser />
        </div>
      )}
    </nav>
  );
}
