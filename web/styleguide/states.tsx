// What stands where there is nothing yet, nothing at all, or a refusal; and what was just done, to be taken back.
import { Button } from "antd";
import { useTranslation } from "react-i18next";
import { Section } from "../ui/page.tsx";
import { Empty, Failure, Notice, Skeleton } from "../ui/states.tsx";
import { useUndo } from "../ui/undo.tsx";
import { conflict, failure } from "./form-samples.ts";
import styles from "./styleguide.module.css";

export function States() {
  const { t } = useTranslation("styleguide");
  const offerUndo = useUndo();
  return (
    <>
      <Section title={t("notices")}>
        <div className={styles.stack}>
          <Notice title={t("notice.plain")} />
          <Notice tone="good" title={t("notice.good")} />
          <Notice tone="caution" title={t("notice.caution")}>
            {t("notice.cautionMore")}
          </Notice>
          <Failure error={conflict} />
          <Failure error={failure} onRetry={() => undefined} />
        </div>
      </Section>
      <Section title={t("coming")}>
        <div data-specimen>
          <Skeleton lines={4} />
        </div>
      </Section>
      <Section title={t("nothing")}>
        <Empty title={t("empty.title")} hint={t("empty.hint")}>
          <Button>{t("empty.button")}</Button>
        </Empty>
      </Section>
      <Section title={t("undo.title")}>
        <div className={styles.row}>
          <p className="secondary">{t("undo.note")}</p>
          <Button onClick={() => offerUndo({ done: t("undo.done"), undo: () => undefined })}>{t("undo.try")}</Button>
        </div>
      </Section>
    </>
  );
}
