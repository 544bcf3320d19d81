// Articles as a list: one line each, the title first, then what it says.
import type { ArticleRow } from "@bihuan/contract/knowledge.ts";
import { articleKindTitles } from "@bihuan/core/knowledge/article.ts";
import { Link } from "@tanstack/react-router";
import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { useBilingual } from "../../platform/language.ts";
import { type Column, DataTable } from "../../ui/data-table.tsx";
import { Tag } from "../../ui/page.tsx";
import styles from "./article-table.module.css";
import { usePlaceWords, useWords } from "../words.ts";

type Props = {
  readonly label: string;
  readonly rows: readonly ArticleRow[];
  readonly empty: ReactNode;
  readonly stale?: boolean;
  /** True where versions in hand are listed: the link opens the version, and its state is told. */
  readonly byVersion?: boolean;
  readonly onOpen: (row: ArticleRow) => void;
  readonly more?: { readonly has: boolean; readonly loading: boolean; readonly load: () => void };
};

export function ArticleTable({ byVersion = false, ...props }: Props) {
  const { t } = useTranslation("knowledge");
  const say = useWords();
  const sayBoth = useBilingual();
  const place = usePlaceWords();
  const columns: Column<ArticleRow>[] = [
    { key: "kind", title: t("column.kind"), width: 96, render: ({ kind }) => <Tag>{sayBoth(articleKindTitles[kind])}</Tag> },
    {
      key: "title",
      title: t("column.title"),
      render: ({ articleId, version, title, excerpt }) => (
        <div className={styles.said}>
          <Link
            to="/knowledge/$articleId"
            params={{ articleId: String(articleId) }}
            search={byVersion ? { version } : {}}
            className={styles.title}
          >
            {say(title)}
          </Link>
          {excerpt && <span className={styles.excerpt}>{say(excerpt)}</span>}
        </div>
      ),
    },
    {
      key: "places",
      title: t("column.places"),
      width: 210,
      render: ({ links }) => <Places words={[...new Set(links.map(place))]} />,
    },
    { key: "unit", title: t("column.unit"), width: 140, render: ({ unit }) => unit.name },
    ...(byVersion
      ? ([
          {
            key: "standing",
            title: t("column.standing"),
            width: 130,
            render: ({ standing }) => t(`standing.${standing}`),
          },
          {
            key: "until",
            title: t("column.until"),
            width: 110,
            render: ({ holdsTo }) => holdsTo && <time dateTime={holdsTo}>{holdsTo}</time>,
          },
        ] satisfies Column<ArticleRow>[])
      : ([
          {
            key: "since",
            title: t("column.since"),
            width: 110,
            render: ({ holdsFrom }) => holdsFrom && <time dateTime={holdsFrom}>{holdsFrom}</time>,
          },
        ] satisfies Column<ArticleRow>[])),
    {
      key: "helped",
      title: t("column.helped"),
      width: 90,
      align: "right",
      render: ({ helped, notHelped }) =>
        helped + notHelped > 0 && (
          <span title={t("feedback.tally", { helped, notHelped })}>
            {helped}
            <span className="muted"> / {helped + notHelped}</span>
          </span>
        ),
    },
  ];
  return <DataTable fill keys columns={columns} rowKey={({ articleId, version }) => `${articleId} ${version}`} {...props} />;
}

/** The first place, and how many more; all of them on hover. */
const Places = ({ words }: { words: readonly string[] }) => (
  <span title={words.join("\n")}>
    {words[0]}
    {words.length > 1 && <span className="muted"> +{words.length - 1}</span>}
  </span>
);
