// What to ask the caller, from the articles of the category, and the articles themselves.
import { knowledgeOperations } from "@bihuan/contract/knowledge.ts";
import { Link } from "@tanstack/react-router";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { useOperation } from "../../../platform/query.ts";
import { may, useSession } from "../../../platform/session.ts";
import { useKnowledgeLive } from "../../../knowledge/refreshes.ts";
import { useWords } from "../../../knowledge/words.ts";
import { Icon } from "../../../ui/icon.tsx";
import type { Category } from "../draft/draft.ts";
import styles from "./questions.module.css";

const MOST_SHOWN = 3;
/** Articles change by the day, not by the minute. */
const STALE_MS = 300_000;

export function Questions({ category }: { category: Category }) {
  const { t } = useTranslation("desk");
  const say = useWords();
  const session = useSession();
  const [all, setAll] = useState(false);
  const query = useOperation(
    knowledgeOperations.knowledgeAt,
    { query: { flow: category.flow, ...(category.subtype === null ? {} : { subtype: category.subtype }) } },
    { enabled: may(session, "knowledge.read"), staleMs: STALE_MS },
  );
  useKnowledgeLive();
  const asks = query.data?.asks ?? [];
  const [article] = query.data?.articles ?? [];
  if (asks.length === 0 && !article) return null;
  return (
    <div className={styles.questions} role="group" aria-label={t("questions.title")}>
      {asks.length > 0 && (
        <ol className={styles.asks}>
          {asks.slice(0, all ? undefined : MOST_SHOWN).map((ask) => (
            <li key={ask.zh}>{say(ask)}</li>
          ))}
        </ol>
      )}
      <p className={styles.foot}>
        {asks.length > MOST_SHOWN && (
          <button type="button" className={styles.more} aria-expanded={all} onClick={() => setAll(!all)}>
            {t(all ? "questions.fewer" : "questions.more", { count: asks.length - MOST_SHOWN })}
          </button>
        )}
        {article && (
          <Link to="/knowledge/$articleId" params={{ articleId: String(article.articleId) }} target="_blank">
            <Icon name="lamp" size={14} /> {say(article.title)}
          </Link>
        )}
      </p>
    </div>
  );
}
