import { type AccessEntry, accessActions, identityOperations } from "@bihuan/contract/identity.ts";
import { useNavigate, useSearch } from "@tanstack/react-router";
import { Select } from "antd";
import { useTranslation } from "react-i18next";
import type { z } from "zod";
import type { AccessLogSearch } from "../identity/access-log/access-log-search.ts";
import { actorName, detailText, recordText, type Words } from "../identity/access-log/access-words.ts";
import { useOrganisation } from "../identity/organisation/use-organisation.ts";
import { useBilingual, useLanguage } from "../platform/language.ts";
import { useOperationPages } from "../platform/query.ts";
import { useClearing } from "../ui/clearing.tsx";
import { useNow } from "../platform/ticker.ts";
import { type Column, DataTable } from "../ui/data-table.tsx";
import { DateInput } from "../ui/date-input.tsx";
import { instantOfWall, shortInstant } from "../ui/format.ts";
import { Page } from "../ui/page.tsx";
import { SearchInput } from "../ui/search-input.tsx";
import { Answer, Empty } from "../ui/states.tsx";
import { InstantText, useZone } from "../ui/time.tsx";

type Entry = z.infer<typeof AccessEntry>;
const dayMs = 86_400_000;

export function AccessLogPage() {
  const { t } = useTranslation("identity");
  const clearing = useClearing();
  const zone = useZone();
  const say = useBilingual();
  const language = useLanguage();
  const now = useNow(60_000);
  const { units } = useOrganisation();
  const navigate = useNavigate();
  const search = useSearch({ from: "/inside/access-log" });
  const filter = (change: Partial<Record<keyof AccessLogSearch, unknown>>) =>
    void navigate({ to: "/access-log", search: { ...search, ...change } as AccessLogSearch, replace: true });

  const midnight = (date: string | undefined, plusMs = 0): string | undefined => {
    const atMs = date ? instantOfWall(`${date} 00:00`, zone) : null;
    return atMs === null ? undefined : new Date(atMs + plusMs).toISOString();
  };
  const from = midnight(search.from);
  const to = midnight(search.to, dayMs);
  const pages = useOperationPages(
    identityOperations.readAccessLog,
    search,
    (cursor) => ({
      query: {
        limit: 100,
        ...(from ? { from } : {}),
        ...(to ? { to } : {}),
        ...(search.action ? { action: search.action } : {}),
        ...(search.account && search.account.length >= 2 ? { account: search.account } : {}),
        ...(cursor ? { cursor } : {}),
      },
    }),
    ({ next }) => next,
  );
  const words: Words = {
    language,
    t,
    say,
    unitName: (unitId) => units.find((unit) => unit.unitId === unitId)?.name ?? `#${unitId}`,
    instant: (at) => shortInstant(Date.parse(at), now, zone, language),
  };
  const columns: Column<Entry>[] = [
    { key: "at", title: t("log.at"), width: 150, render: ({ at }) => <InstantText at={at} /> },
    { key: "action", title: t("log.action"), width: 170, render: ({ action }) => t(`log.actions.${action}`) },
    {
      key: "who",
      title: t("log.who"),
      width: 190,
      render: (entry) => (
        <>
          {actorName(entry, words)} <span className="muted">{entry.account}</span>
        </>
      ),
    },
    { key: "address", title: t("session.address"), width: 140, render: ({ address }) => address },
    {
      key: "record",
      title: t("log.record"),
      width: 250,
      wrap: true,
      render: (entry) => recordText(entry, words),
    },
    {
      key: "reason",
      title: t("log.reason"),
      wrap: true,
      render: (entry) => detailText(entry, words),
    },
  ];
  return (
    <Page
      fill
      title={t("log.title")}
      note={t("log.note")}
      filters={
        <>
          <DateInput
            label={t("log.from")}
            width={140}
            value={search.from}
            onChange={(from) => filter({ from: from ?? undefined })}
          />
          <DateInput label={t("log.to")} width={140} value={search.to} onChange={(to) => filter({ to: to ?? undefined })} />
          <Select
            allowClear={clearing}
            showSearch={{ optionFilterProp: "label" }}
            style={{ width: 200 }}
            placeholder={t("log.action")}
            aria-label={t("log.action")}
            value={search.action ?? null}
            onChange={(action) => filter({ action: action ?? undefined })}
            options={accessActions.map((value) => ({ value, label: t(`log.actions.${value}`) }))}
          />
          <SearchInput
            width={200}
            value={search.account}
            onSearch={(account) => filter({ account })}
            placeholder={t("account")}
            label={t("account")}
          />
        </>
      }
    >
      <Answer of={pages} lines={14}>
        {(data) => (
          <DataTable
            fill
            keys
            label={t("log.title")}
            columns={columns}
            rows={data.pages.flatMap(({ entries }) => entries)}
            rowKey={({ accessId }) => accessId}
            stale={pages.isPlaceholderData}
            empty={<Empty title={t("log.none")} hint={t("log.noneHint")} />}
            more={{ has: pages.hasNextPage, loading: pages.isFetchingNextPage, load: () => void pages.fetchNextPage() }}
          />
        )}
      </Answer>
    </Page>
  );
}
