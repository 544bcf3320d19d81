import { useTranslation } from "react-i18next";
import { chooseLanguage, useLanguage } from "../platform/language.ts";
import styles from "./shell.module.css";

/** Named in the language it leads to, so that who cannot read this one finds it. */
export function LanguageSwitch() {
  const { t } = useTranslation("shell");
  const language = useLanguage();
  const other = language === "zh" ? "en" : "zh";
  return (
    <button
      type="button"
      className={styles.textButton}
      lang={other}
      title={t("languageLabel")}
      onClick={() => void chooseLanguage(other)}
    >
      {t("language")}
    </button>
  );
}
