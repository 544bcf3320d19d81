// The articles of the step an order stands at: their titles, each opened in place, so that a form that is begun stays as it is.
import { type ArticleRow, knowledgeOperations } from "@bihuan/contract/knowledge.ts";
import { Link } from "@tanstack/react-router";
import { Modal } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { useOperation } from "../../platform/query.ts";
import { may, useSession } from "../../platform/session.ts";
import { Icon } from "../../ui/icon.tsx";
import { Section } from "../../ui/page.tsx";
import { Answer } from "../../ui/states.tsx";
import { ArticleBody } from "./article-body.tsx";
import { Feedback } from "./feedback.tsx";
import styles from "./step-knowledge.module.css";
import { useWords } from "../words.ts";

const MOST_SHOWN = 4;
/** Articles change by the day, not by the minute. */
const STALE_MS = 300_000;

export function StepKnowledge({ flow, subtype, step }: { flow: string; subtype: string | null; step: string | null }) {
  const { t } = useTranslation("knowledge");
  const say = useWords();
  const session = useSession();
  const [open, setOpen] = useState<ArticleRow | null>(null);
  const query = useOperation(
    knowledgeOperations.knowledgeAt,
    { query: { flow, subtype: subtype ?? undefined, step: step ?? undefined } },
    { enabled: step !== null && may(session, "knowledge.read"), staleMs: STALE_MS },
  );
  // What is shown beside the work is about the work: an article that belongs to the step, or else to the kind of business.
  const articles = (query.data?.articles ?? []).slice(0, MOST_SHOWN);
  if (articles.length === 0) return null;
  return (
    <Section title={t("here.title")}>
      <ul className={styles.articles}>
        {articles.map((row) => (
          <li key={row.articleId}>
            <button type="button" className={styles.open} onClick={() => setOpen(row)} aria-haspopup="dialog">
              <Icon name="lamp" size={16} />
              {say(row.title)}
            </button>
          </li>
        ))}
      </ul>
      <Modal
        open={open !== null}
        onCancel={() => setOpen(null)}
        footer={null}
        width={760}
        title={open && say(open.title)}
        destroyOnHidden
      >
        {open && <InPlace row={open} />}
      </Modal>
    </Section>
  );
}

function InPlace({ row: { articleId, version } }: { row: ArticleRow }) {
  const { t } = useTranslation("knowledge");
  const query = useOperation(knowledgeOperations.readArticle, { params: { articleId }, query: { version } });
  return (
    <Answer of={query} lines={8}>
      {(article) => (
        <>
          <ArticleBody kind={article.kind} content={article.shown.content} />
          <Feedback article={article} />
          <p className={styles.full}>
            <Link to="/knowledge/$articleId" params={{ articleId: String(articleId) }} target="_blank">
              {t("here.open")}
            </Link>
          </p>
        </>
      )}
    </Answer>
  );
}
