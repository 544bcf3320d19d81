// Where an article comes from: who issued, wrote and approved it, while it holds, where it is shown, and the versions there were.
import type { ArticleView } from "@bihuan/contract/knowledge.ts";
import { Link } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";
import { useRoleName } from "../../flow/use-role-name.ts";
import { Facts, Section } from "../../ui/page.tsx";
import styles from "./article.module.css";
import { usePlaceWords, useWords } from "../words.ts";

export function ArticleAbout({ article }: { article: ArticleView }) {
  const { t } = useTranslation("knowledge");
  const say = useWords();
  const place = usePlaceWords();
  const role = useRoleName();
  const { shown, unit } = article;
  const comma = t("facts.separator");
  const from = shown.holdsFrom ?? shown.validFrom;
  const to = shown.holdsTo ?? shown.validTo;
  const valid =
    from === null ? t("facts.notYet") : to === null ? t("facts.validOpen", { from }) : t("facts.validSpan", { from, to });
  return (
    <Section title={t("facts.title")}>
      <Facts
        rows={[
          [t("facts.unit"), unit.name],
          [t("facts.version"), t("facts.versionNo", { version: shown.version })],
          [t("facts.valid"), valid],
          [t("part.source"), shown.content.source && say(shown.content.source)],
          [t("facts.authors"), shown.authors.length > 0 ? shown.authors.join(comma) : t("facts.imported")],
          [t("facts.approvedBy"), shown.holdsFrom !== null && shown.standing !== "WITHDRAWN" && shown.decidedBy],
          [t("facts.note"), shown.note],
          [t("facts.roles"), shown.roles.length > 0 ? shown.roles.map(role).join(comma) : t("facts.everybody")],
          [
            t("facts.places"),
            shown.links.length > 0 && (
              <ul key="places">
                {shown.links.map((link) => (
                  <li key={JSON.stringify(link)}>{place(link)}</li>
                ))}
              </ul>
            ),
          ],
          [t("facts.keywords"), shown.content.keywords.join(comma)],
        ]}
      />
    </Section>
  );
}

export function ArticleVersions({ article }: { article: ArticleView }) {
  const { t } = useTranslation("knowledge");
  if (article.versions.length < 2) return null;
  return (
    <Section title={t("versions")}>
      <ul className={styles.versions}>
        {article.versions.map(({ version, standing, holdsFrom, note }) => (
          <li key={version}>
            {version === article.shown.version ? (
              <strong aria-current="page">{t("facts.versionNo", { version })}</strong>
            ) : (
              <Link to="/knowledge/$articleId" params={{ articleId: String(article.articleId) }} search={{ version }}>
                {t("facts.versionNo", { version })}
              </Link>
            )}{" "}
            <span className="muted">
              {t(`standing.${standing}`)} {holdsFrom}
            </span>
            {note && <p className="secondary">{note}</p>}
          </li>
        ))}
      </ul>
    </Section>
  );
}
