import { clockOperations, type RulebookSummary } from "@bihuan/contract/clock.ts";
import { Button, Modal } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { Differences } from "../clock/differences.tsx";
import { useBilingual } from "../platform/language.ts";
import { useOperationPages } from "../platform/query.ts";
import { type Column, DataTable } from "../ui/data-table.tsx";
import { Page } from "../ui/page.tsx";
import { Answer, Empty } from "../ui/states.tsx";
import { InstantText } from "../ui/time.tsx";

/** Every rulebook there was: who published it, why, what it changed, how far the open orders follow it. */
export function RulebooksPage() {
  const { t } = useTranslation("clock");
  const say = useBilingual();
  const [compared, setCompared] = useState<number | null>(null);
  const pages = useOperationPages(
    clockOperations.listRulebooks,
    {},
    (before) => ({ query: before ? { before: Number(before) } : {} }),
    ({ next }) => (next === null ? null : String(next)),
  );
  const columns: Column<RulebookSummary>[] = [
    { key: "version", title: t("rulebooks.version"), width: 80, render: ({ version }) => version },
    { key: "at", title: t("rulebooks.published"), width: 140, render: ({ publishedAt }) => <InstantText at={publishedAt} /> },
    { key: "by", title: t("rulebooks.by"), width: 120, render: ({ publishedBy }) => publishedBy ?? t("rulebooks.product") },
    {
      key: "note",
      title: t("rulebooks.note"),
      width: 240,
      wrap: true,
      render: ({ version, note }) => (version === 1 ? t("rulebooks.firstNote") : note),
    },
    {
      key: "changes",
      title: t("rulebooks.changes"),
      wrap: true,
      render: ({ changes }) => (
        <ul>
          {changes.map((line) => (
            <li key={line.en}>{say(line)}</li>
          ))}
        </ul>
      ),
    },
    {
      key: "rebinding",
      title: t("rulebooks.rebinding"),
      width: 150,
      render: ({ rebinding: { state, rebound } }) =>
        t(`rulebooks.rebound.${state === "DONE" && rebound === 0 ? "NONE" : state}`, { count: rebound }),
    },
    { key: "hash", title: t("rulebooks.hash"), width: 130, render: ({ hash }) => <code title={hash}>{hash.slice(0, 12)}</code> },
    {
      key: "compare",
      title: "",
      width: 110,
      align: "right",
      render: ({ version }) =>
        version > 1 && (
          <Button size="small" onClick={() => setCompared(version)}>
            {t("rulebooks.compare")}
          </Button>
        ),
    },
  ];
  return (
    <Page fill title={t("rulebooks.title")}>
      <Answer of={pages}>
        {(data) => (
          <DataTable
            fill
            keys
            label={t("rulebooks.title")}
            columns={columns}
            rows={data.pages.flatMap(({ rulebooks }) => rulebooks)}
            rowKey={({ version }) => version}
            empty={<Empty title={t("rulebooks.none")} />}
            more={{ has: pages.hasNextPage, loading: pages.isFetchingNextPage, load: () => void pages.fetchNextPage() }}
          />
        )}
      </Answer>
      <Modal
        open={compared !== null}
        onCancel={() => setCompared(null)}
        footer={null}
        title={t("rulebooks.differences")}
        width={880}
        destroyOnHidden
      >
        {compared !== null && <Differences version={compared} />}
      </Modal>
    </Page>
  );
}
