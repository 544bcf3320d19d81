import { type ArticleView, knowledgeOperations } from "@bihuan/contract/knowledge.ts";
import { articleKindTitles } from "@bihuan/core/knowledge/article.ts";
import { Link, useNavigate, useParams, useSearch } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";
import { ArticleAbout, ArticleVersions } from "../knowledge/reading/article-about.tsx";
import { ArticleActs } from "../knowledge/reading/article-acts.tsx";
import styles from "../knowledge/reading/article.module.css";
import { ArticleBody } from "../knowledge/reading/article-body.tsx";
import { ArticleFiles } from "../knowledge/reading/article-files.tsx";
import { Feedback } from "../knowledge/reading/feedback.tsx";
import { useKnowledgeLive } from "../knowledge/refreshes.ts";
import { useWords } from "../knowledge/words.ts";
import { useBilingual } from "../platform/language.ts";
import { useOperation } from "../platform/query.ts";
import { Page, Section, Tag } from "../ui/page.tsx";
import { Answer, Notice } from "../ui/states.tsx";

export function KnowledgeArticlePage() {
  const { articleId } = useParams({ from: "/inside/knowledge/$articleId" });
  const { version } = useSearch({ from: "/inside/knowledge/$articleId" });
  const query = useOperation(knowledgeOperations.readArticle, {
    params: { articleId },
    query: version === undefined ? {} : { version },
  });
  useKnowledgeLive();
  return (
    <Answer of={query} lines={12}>
      {(article) => <Article key={article.shown.version} article={article} />}
    </Answer>
  );
}

function Article({ article }: { article: ArticleView }) {
  const { t } = useTranslation("knowledge");
  const say = useWords();
  const sayBoth = useBilingual();
  const navigate = useNavigate();
  const { shown } = article;
  // After an act the version in question may be in force, or gone: what stands now is shown.
  const seeCurrent = () =>
    void navigate({ to: "/knowledge/$articleId", params: { articleId: String(article.articleId) }, search: {}, replace: true });
  return (
    <Page
      title={say(shown.content.title)}
      note={shown.standing !== "IN_FORCE" && <Tag tone="caution">{t(`standing.${shown.standing}`)}</Tag>}
      actions={<ArticleActs article={article} onDone={seeCurrent} />}
    >
      <Notices article={article} />
      <div className={styles.columns}>
        <div className={styles.main}>
          <Section title={sayBoth(articleKindTitles[article.kind])}>
            <ArticleBody kind={article.kind} content={shown.content} />
            {(article.actions.feedback || shown.standing === "IN_FORCE") && <Feedback article={article} />}
          </Section>
        </div>
        <div className={styles.aside}>
          <ArticleFiles article={article} />
          <ArticleAbout article={article} />
          <ArticleVersions article={article} />
        </div>
      </div>
    </Page>
  );
}

/** What has to be known before it is read: that it is not in force, why it came back, what it changes, who may approve it. */
function Notices({ article }: { article: ArticleView }) {
  const { t } = useTranslation("knowledge");
  const { shown, changedParts, versions, ownWords } = article;
  if (shown.standing === "IN_FORCE") return null;
  const decided = { name: shown.decidedBy ?? "", reason: shown.reason ?? "" };
  const current = versions.find(({ standing }) => standing === "IN_FORCE");
  return (
    <Notice
      tone={shown.standing === "DRAFT" || shown.standing === "SUBMITTED" ? "plain" : "caution"}
      title={t(`notice.${shown.standing}`)}
      action={
        current && (
          <Link
            to="/knowledge/$articleId"
            params={{ articleId: String(article.articleId) }}
            search={{ version: current.version }}
          >
            {t("notice.current")}
          </Link>
        )
      }
    >
      {shown.reason !== null && (
        <p>{shown.standing === "WITHDRAWN" ? t("notice.withdrawn", decided) : t("notice.returned", decided)}</p>
      )}
      {changedParts.length > 0 && (
        <p>{t("notice.changed", { parts: changedParts.map((part) => t(`part.${part}`)).join(t("facts.separator")) })}</p>
      )}
      {ownWords && <p>{t("notice.ownWords")}</p>}
    </Notice>
  );
}
