// One of the panes that stand side by side: the same components in a palette and a language of their own.
import { ConfigProvider } from "antd";
import type { i18n } from "i18next";
import { type ReactNode, useEffect, useState } from "react";
import { I18nextProvider, useTranslation } from "react-i18next";
import { antLocale, type Language, translatorOf } from "../platform/language.ts";
import type { ThemeName } from "../platform/tokens.ts";
import { Skeleton } from "../ui/states.tsx";
import { Themed } from "../ui/themed.tsx";
import styles from "./styleguide.module.css";

export type PaneLook = { readonly theme: ThemeName; readonly language: Language };

export function Pane({ theme, language, children }: PaneLook & { children: ReactNode }) {
  const { t } = useTranslation("styleguide");
  const [translator, setTranslator] = useState<i18n | null>(null);
  useEffect(() => {
    let stands = true;
    void translatorOf(language).then((made) => {
      if (stands) setTranslator(made);
    });
    return () => {
      stands = false;
    };
  }, [language]);
  return (
    <Themed theme={theme}>
      <section
        className={styles.pane}
        lang={language === "zh" ? "zh-CN" : "en"}
        aria-label={`${t(`theme.${theme}`)} · ${t(`language.${language}`)}`}
      >
        <p className={styles.look}>
          {t(`theme.${theme}`)} · {t(`language.${language}`)}
        </p>
        {translator ? (
          <I18nextProvider i18n={translator}>
            <ConfigProvider locale={antLocale(language)}>{children}</ConfigProvider>
          </I18nextProvider>
        ) : (
          <Skeleton lines={20} />
        )}
      </section>
    </Themed>
  );
}
