// The frame of pages before the work begins: sign-in, password, set-up.
import { type ReactNode, useEffect } from "react";
import { useTranslation } from "react-i18next";
import { LanguageSwitch } from "./language-switch.tsx";
import { Brand } from "./brand.tsx";
import styles from "./shell.module.css";

export function Bare({
  title,
  lead,
  foot,
  actions,
  children,
}: {
  title: string;
  lead?: ReactNode;
  foot?: ReactNode;
  /** At the top, beside the language. */
  actions?: ReactNode;
  children: ReactNode;
}) {
  const { t } = useTranslation("shell");
  useEffect(() => {
    document.title = t("documentTitle", { page: title });
  }, [t, title]);
  return (
    <div className={styles.bare}>
      <header className={styles.bareTop}>
        <span className={styles.bareBrand}>
          <Brand /> {t("product")}
        </span>
        <span className={styles.bareActions}>
          {actions}
          <LanguageSwitch />
        </span>
      </header>
      <main className={styles.bareBody}>
        <h1 className={styles.bareTitle}>{title}</h1>
        {lead && <p className={styles.bareLead}>{lead}</p>}
        {children}
      </main>
      <footer className={styles.bareFoot}>{foot}</footer>
    </div>
  );
}
