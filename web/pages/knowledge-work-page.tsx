import { type ArticleRow, knowledgeOperations } from "@bihuan/contract/knowledge.ts";
import { useNavigate, useSearch } from "@tanstack/react-router";
import { Button } from "antd";
import { useTranslation } from "react-i18next";
import { ArticleTable } from "../knowledge/reading/article-table.tsx";
import { MissedList } from "../knowledge/writing/missed-list.tsx";
import { useKnowledgeLive } from "../knowledge/refreshes.ts";
import { type WorkList, workLists } from "../knowledge/search.ts";
import { useOperation } from "../platform/query.ts";
import { Page, Tabs } from "../ui/page.tsx";
import { Answer, Empty } from "../ui/states.tsx";

/** What editors and approvers have to do. */
export function KnowledgeWorkPage() {
  const { t } = useTranslation("knowledge");
  const navigate = useNavigate();
  const { list = "SUBMITTED" } = useSearch({ from: "/inside/knowledge/work" });
  const asked = list === "MISSED" ? "SUBMITTED" : list;
  const query = useOperation(knowledgeOperations.listEditorialWork, { query: { list: asked } }, { keepPrevious: true });
  const missed = useOperation(knowledgeOperations.listMissed, {});
  useKnowledgeLive();
  const counts: Partial<Record<WorkList, number>> = { ...query.data?.counts, MISSED: missed.data?.rows.length ?? 0 };
  const open = ({ articleId, version }: ArticleRow) =>
    void navigate({ to: "/knowledge/$articleId", params: { articleId: String(articleId) }, search: { version } });
  return (
    <Page
      fill
      title={t("work")}
      actions={
        <>
          <Button onClick={() => void navigate({ to: "/knowledge" })}>{t("title")}</Button>
          <Button type="primary" onClick={() => void navigate({ to: "/knowledge/new" })}>
            {t("new")}
          </Button>
        </>
      }
    >
      <div style={{ padding: "0 24px", overflowX: "auto" }}>
        <Tabs
          label={t("work")}
          value={list}
          onChange={(next) => void navigate({ to: "/knowledge/work", search: { list: next }, replace: true })}
          tabs={workLists.map((key) => ({
            key,
            title: (
              <span style={{ whiteSpace: "nowrap" }}>
                {t(`list.${key}`)} {counts[key] ? <span className="muted">{counts[key]}</span> : null}
              </span>
            ),
          }))}
        />
      </div>
      {list === "MISSED" ? (
        <MissedList />
      ) : (
        <Answer of={query} lines={12}>
          {({ rows }) => (
            <ArticleTable
              byVersion
              label={t(`list.${list}`)}
              rows={rows}
              stale={query.isPlaceholderData}
              onOpen={open}
              empty={<Empty title={t(`list.empty.${list}`)} />}
            />
          )}
        </Answer>
      )}
    </Page>
  );
}
