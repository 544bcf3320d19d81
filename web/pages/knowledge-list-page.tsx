import { type ArticleRow, knowledgeOperations } from "@bihuan/contract/knowledge.ts";
import { articleKinds, articleKindTitles } from "@bihuan/core/knowledge/article.ts";
import { roleDefinitions, roles } from "@bihuan/core/identity/roles.ts";
import { useNavigate, useSearch } from "@tanstack/react-router";
import { Button } from "antd";
import { useTranslation } from "react-i18next";
import { useFlows } from "../flow/use-flows.ts";
import { ArticleTable } from "../knowledge/reading/article-table.tsx";
import { useKnowledgeLive } from "../knowledge/refreshes.ts";
import type { KnowledgeSearch } from "../knowledge/search.ts";
import { useBilingual } from "../platform/language.ts";
import { useAct, useOperation, useOperationPages } from "../platform/query.ts";
import { present } from "../platform/search.ts";
import { may, useSession } from "../platform/session.ts";
import { useDebounced } from "../ui/debounce.ts";
import { FilterSelect } from "../ui/filter-select.tsx";
import { Page } from "../ui/page.tsx";
import { SearchInput } from "../ui/search-input.tsx";
import { Answer, Empty, Notice } from "../ui/states.tsx";

/** A search that has rested so long is finished: what it did not find is worth telling the editors. */
const FINISHED_MS = 1500;
const posts = roles.filter((role) => roleDefinitions[role].permissions.includes("knowledge.read"));

export function KnowledgeListPage() {
  const { t } = useTranslation("knowledge");
  const say = useBilingual();
  const session = useSession();
  const navigate = useNavigate();
  const { flows } = useFlows();
  const search = useSearch({ from: "/inside/knowledge" });
  const go = (change: Partial<Record<keyof KnowledgeSearch, unknown>>) =>
    void navigate({ to: "/knowledge", search: { ...search, ...change } as KnowledgeSearch, replace: true });
  const filter = present({ kind: search.kind, flow: search.flow, role: search.role });
  const text = search.text ?? "";
  useKnowledgeLive();
  const pages = useOperationPages(
    knowledgeOperations.searchKnowledge,
    search,
    (after) => ({ body: { text, ...filter, after, limit: 30 } }),
    ({ next }) => next,
  );
  const found = pages.data?.pages[0];
  const rows = pages.data?.pages.flatMap((page) => page.rows) ?? [];
  const rested = useDebounced(text, FINISHED_MS);
  const inVain = text !== "" && rested === text && !pages.isPlaceholderData && found?.rows.length === 0;
  useOperation(
    knowledgeOperations.searchKnowledge,
    { body: { text, finished: true } },
    { enabled: inVain && Object.keys(filter).length === 0, staleMs: Number.POSITIVE_INFINITY },
  );
  const open = ({ articleId }: ArticleRow) =>
    void navigate({ to: "/knowledge/$articleId", params: { articleId: String(articleId) } });
  const edits = may(session, "knowledge.edit");
  return (
    <Page
      fill
      title={t("title")}
      filters={
        <>
          <SearchInput
            autoFocus
            width={300}
            value={search.text}
            onSearch={(words) => go({ text: words })}
            placeholder={t("search.placeholder")}
            label={t("search.label")}
          />
          <FilterSelect
            label={t("filter.kind")}
            width={120}
            value={search.kind}
            onChange={(kind) => go({ kind })}
            options={articleKinds.map((value) => ({ value, label: say(articleKindTitles[value]) }))}
          />
          <FilterSelect
            label={t("filter.flow")}
            width={160}
            value={search.flow}
            onChange={(flow) => go({ flow })}
            options={flows.filter(({ takesIn }) => takesIn).map(({ id, title }) => ({ value: id, label: say(title) }))}
          />
          <FilterSelect
            label={t("filter.role")}
            width={140}
            value={search.role}
            onChange={(role) => go({ role })}
            options={posts.map((value) => ({ value, label: say(roleDefinitions[value].title) }))}
          />
        </>
      }
      actions={
        edits && (
          <>
            <Button onClick={() => void navigate({ to: "/knowledge/work" })}>{t("work")}</Button>
            <Button type="primary" onClick={() => void navigate({ to: "/knowledge/new" })}>
              {t("new")}
            </Button>
          </>
        )
      }
    >
      {found?.fit === "near" && rows.length > 0 && (
        <div style={{ padding: "8px 16px" }}>
          <Notice action={<TellMissing key={text} words={text} label={t("search.notMeant")} />}>{t("search.near")}</Notice>
        </div>
      )}
      <Answer of={pages} lines={14}>
        {() => (
          <ArticleTable
            label={t("title")}
            rows={rows}
            stale={pages.isPlaceholderData}
            onOpen={open}
            empty={
              text === "" && Object.keys(filter).length === 0 ? (
                <Empty title={t("search.empty")} hint={t("search.emptyHint")} />
              ) : (
                <Empty title={t("search.nothing", { words: text })} hint={t("search.nothingHint")} />
              )
            }
            more={{ has: pages.hasNextPage, loading: pages.isFetchingNextPage, load: () => void pages.fetchNextPage() }}
          />
        )}
      </Answer>
    </Page>
  );
}

/** What was found is not what was meant: the editors are told what was looked for. */
function TellMissing({ words, label }: { words: string; label: string }) {
  const { t } = useTranslation("knowledge");
  const tell = useAct(knowledgeOperations.reportMissing);
  return tell.isSuccess ? (
    <span className="muted" role="status">
      {t("search.told")}
    </span>
  ) : (
    <Button size="small" loading={tell.isPending} onClick={() => tell.mutate({ body: { text: words } })}>
      {label}
    </Button>
  );
}
