// What an article says, ready to be read aloud or worked by.
import type { ArticleKind, ArticleContent } from "@bihuan/core/knowledge/article.ts";
import { isTranslated } from "@bihuan/core/knowledge/article.ts";
import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { useLanguage } from "../../platform/language.ts";
import styles from "./article-body.module.css";
import { useWords } from "../words.ts";

export function ArticleBody({ kind, content }: { kind: ArticleKind; content: ArticleContent }) {
  const { t } = useTranslation("knowledge");
  const say = useWords();
  const language = useLanguage();
  const { answer, asks, steps, causes } = content;
  const part = (title: string, children: ReactNode) => (
    <section className={styles.part}>
      <h3>{title}</h3>
      {children}
    </section>
  );
  return (
    <div className={styles.body}>
      {language === "en" && !isTranslated(content) && <p className="muted">{t("notice.onlyChinese")}</p>}
      {answer &&
        part(
          kind === "QUESTION" ? t("part.answer") : t(`answerFor.${kind}`),
          <p className={`running-text ${styles.answer}`}>{say(answer)}</p>,
        )}
      {asks.length > 0 &&
        part(
          t("part.asks"),
          <ul className={styles.asks}>
            {asks.map((ask) => (
              <li key={ask.zh}>{say(ask)}</li>
            ))}
          </ul>,
        )}
      {steps.length > 0 &&
        part(
          t("part.steps"),
          <ol className={styles.steps}>
            {steps.map(({ what, how, byWhen }) => (
              <li key={what.zh}>
                <span className={styles.what}>{say(what)}</span>
                {byWhen && (
                  <span className={styles.byWhen}>
                    <span className="muted">{t("step.byWhen")}</span> {say(byWhen)}
                  </span>
                )}
                {how && <p className={`running-text secondary ${styles.how}`}>{say(how)}</p>}
              </li>
            ))}
          </ol>,
        )}
      {causes.length > 0 &&
        part(
          t("part.causes"),
          <ul className={styles.causes}>
            {causes.map(({ cause, check, remedy }) => (
              <li key={cause.zh}>
                <span className={styles.what}>{say(cause)}</span>
                <dl>
                  {check && (
                    <>
                      <dt>{t("cause.check")}</dt>
                      <dd className="running-text">{say(check)}</dd>
                    </>
                  )}
                  <dt>{t("cause.remedy")}</dt>
                  <dd className="running-text">{say(remedy)}</dd>
                </dl>
              </li>
            ))}
          </ul>,
        )}
    </div>
  );
}
