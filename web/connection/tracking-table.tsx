// The columns of the process tracking table: who applied, where it stands, and every node with its day.
import type { ConnectionRow, TrackedNode } from "@bihuan/contract/connection.ts";
import { type TrackedSlot, trackedSlots } from "@bihuan/core/connection/tracking.ts";
import { Link } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";
import { useLanguage } from "../platform/language.ts";
import { useNow } from "../platform/ticker.ts";
import { ClockChip } from "../ui/clock-chip.tsx";
import type { Column } from "../ui/data-table.tsx";
import { exactInstant } from "../ui/format.ts";
import { useZone } from "../ui/time.tsx";
import { nodeLook, shortDay } from "./node-look.ts";
import type { TrackingSearch } from "./search.ts";
import styles from "./tracking-table.module.css";

export type TrackingWords = {
  readonly flow: (id: string) => string;
  readonly step: (flowId: string, step: string | null) => string;
};
export type TrackingSort = "due" | "intake";

/** In: what flows are called, the table's address, the order it stands in and how to change it. */
export function useTrackingColumns(
  words: TrackingWords,
  search: TrackingSearch,
  sorting: { readonly by: TrackingSort; readonly choose: (by: TrackingSort) => void },
): Column<ConnectionRow>[] {
  const { t } = useTranslation("connection");
  const language = useLanguage();
  const zone = useZone();
  return [
    {
      key: "title",
      title: t("column.title"),
      render: (row) => (
        <span className={styles.application}>
          <Link
            to="/connections"
            search={{ ...search, open: row.orderId }}
            replace={search.open !== undefined}
            title={`${row.title} · ${words.flow(row.flow)} · ${row.deskUnit.name}`}
          >
            {row.title}
          </Link>
          <span className="muted">{words.flow(row.flow)}</span>
        </span>
      ),
    },
    {
      key: "step",
      title: t("column.step"),
      width: language === "zh" ? 96 : 116,
      render: ({ flow, step, unit }) => <span title={unit.name}>{words.step(flow, step)}</span>,
    },
    {
      key: "intake",
      named: true,
      title: t("column.intake"),
      width: 72,
      sort: {
        is: sorting.by === "intake" ? "descending" : null,
        choose: () => sorting.choose(sorting.by === "intake" ? "due" : "intake"),
      },
      render: ({ intakeAt }) => (
        <time className="secondary" dateTime={intakeAt} title={exactInstant(Date.parse(intakeAt), zone)}>
          {shortDay(intakeAt, zone, language)}
        </time>
      ),
    },
    { key: "age", title: t("column.age"), width: 60, align: "right", render: ({ ageDays }) => t("days", { count: ageDays }) },
    {
      key: "documents",
      named: true,
      title: t("column.documents"),
      width: language === "zh" ? 60 : 72,
      align: "right",
      render: ({ missingDocuments }) => (missingDocuments === 0 ? "" : t("missing", { count: missingDocuments })),
    },
    ...trackedSlots.map(
      (slot): Column<ConnectionRow> => ({
        key: slot,
        named: true,
        title: t(`node.${slot}`),
        width: language === "zh" ? 90 : 100,
        render: ({ nodes }) => <NodeCell slot={slot} node={nodes[slot]} />,
      }),
    ),
    {
      key: "wanted",
      named: true,
      title: t("column.wanted"),
      width: language === "zh" ? 112 : 104,
      align: "right",
      render: ({ wantedOn }) => <span className="secondary">{wantedOn ?? ""}</span>,
    },
  ];
}

function NodeCell({ slot, node }: { slot: TrackedSlot; node: TrackedNode | undefined }) {
  const { t } = useTranslation("connection");
  const language = useLanguage();
  const zone = useZone();
  const nowMs = useNow(60_000);
  const look = node ? nodeLook(node, nowMs, zone) : null;
  if (!node || look === null) return <span className={styles.none} role="img" aria-label={t("nodeState.NONE")} />;
  const day = (at: string | null, asEnd: boolean) => (at === null ? null : shortDay(at, zone, language, asEnd));
  const exact = (at: string | null) => (at === null ? "–" : exactInstant(Date.parse(at), zone));
  const text = node.state === "PAUSED" ? t("nodeState.PAUSED") : (day(node.actualAt, false) ?? day(node.dueAt, true) ?? "–");
  return (
    <ClockChip
      state={look}
      usedShare={0}
      text={text}
      title={`${t(`node.${slot}`)} ${t(`nodeState.${node.state}`)}`}
      exact={t("nodeExact", { state: t(`nodeState.${node.state}`), due: exact(node.dueAt), actual: exact(node.actualAt) })}
    />
  );
}
