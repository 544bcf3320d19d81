// Did this help: one answer a person and version, changed at any time; what was missing goes to the editors.
import { type ArticleView, knowledgeOperations } from "@bihuan/contract/knowledge.ts";
import { Button, Input } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { useAct } from "../../platform/query.ts";
import { Field, FormFrame } from "../../ui/field.tsx";
import { Bar } from "../../ui/page.tsx";
import { Failure } from "../../ui/states.tsx";
import { InstantText } from "../../ui/time.tsx";
import styles from "./article.module.css";
import { articleReadings } from "../refreshes.ts";

export function Feedback({ article }: { article: ArticleView }) {
  const { t } = useTranslation("knowledge");
  const [asking, setAsking] = useState(false);
  const [remark, setRemark] = useState("");
  const give = useAct(knowledgeOperations.giveFeedback, { refreshes: articleReadings });
  const { mine, helped, notHelped, remarks } = article.feedback;
  // Apart from the answer itself, so that a remark is never lost behind an answer that is still on its way.
  const tell = useAct(knowledgeOperations.giveFeedback, {
    refreshes: articleReadings,
    onSuccess: () => {
      setAsking(false);
      setRemark("");
    },
  });
  const params = { articleId: article.articleId, version: article.shown.version };
  const say = (answer: boolean): void => {
    setAsking(!answer);
    give.mutate({ params, body: { helped: answer } });
  };
  return (
    <div className={styles.feedback}>
      {article.actions.feedback && (
        <Bar>
          <span>{t("feedback.title")}</span>
          <Button
            size="small"
            type={mine === true ? "primary" : "default"}
            aria-pressed={mine === true}
            onClick={() => say(true)}
          >
            {t("feedback.yes")}
          </Button>
          <Button
            size="small"
            type={mine === false ? "primary" : "default"}
            aria-pressed={mine === false}
            onClick={() => say(false)}
          >
            {t("feedback.no")}
          </Button>
          {give.isSuccess && (
            <span className="muted" role="status">
              {t("feedback.thanks")}
            </span>
          )}
        </Bar>
      )}
      {give.error && <Failure error={give.error} />}
      {asking && (
        <FormFrame
          submit={t("feedback.send")}
          pending={tell.isPending}
          error={tell.error}
          disabled={remark.trim() === ""}
          onCancel={() => setAsking(false)}
          onSubmit={() => tell.mutate({ params, body: { helped: false, remark } })}
        >
          <Field label={t("feedback.missing")} hint={t("feedback.missingHint")}>
            {(control) => (
              <Input {...control} autoFocus maxLength={200} value={remark} onChange={(event) => setRemark(event.target.value)} />
            )}
          </Field>
        </FormFrame>
      )}
      {helped + notHelped > 0 && <p className="muted">{t("feedback.tally", { helped, notHelped })}</p>}
      {remarks.length > 0 && (
        <>
          <h3>{t("feedback.remarks")}</h3>
          <ul className={styles.remarks}>
            {remarks.map(({ remark: words, at }) => (
              <li key={`${at} ${words}`}>
                {words}{" "}
                <span className="muted">
                  <InstantText at={at} />
                </span>
              </li>
            ))}
          </ul>
        </>
      )}
    </div>
  );
}
