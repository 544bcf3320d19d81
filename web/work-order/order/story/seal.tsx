// The chain that history hangs on: each event's hash is chained to the one before, so that a change to the past shows.
import type { OrderView } from "@bihuan/contract/work-order.ts";
import { useTranslation } from "react-i18next";
import { DataTable } from "../../../ui/data-table.tsx";
import { Section } from "../../../ui/page.tsx";
import { InstantText } from "../../../ui/time.tsx";

export function Seal({ order }: { order: OrderView }) {
  const { t } = useTranslation("work-order");
  const events = [...order.events].sort((a, b) => b.seq - a.seq);
  const head = events[0];
  return (
    <Section title={t("seal.title")}>
      <details>
        <summary>
          {t("seal.sum", { count: events.length })} {head && <code title={head.hash}>{head.hash.slice(0, 12)}</code>}
        </summary>
        <p className="muted">{t("seal.means")}</p>
        <DataTable
          label={t("seal.title")}
          rows={events}
          rowKey={({ seq }) => seq}
          empty={null}
          columns={[
            { key: "seq", title: "#", width: 48, align: "right", render: ({ seq }) => seq },
            { key: "type", title: t("seal.event"), render: ({ type }) => <code>{type}</code> },
            { key: "at", title: t("seal.at"), width: 130, render: ({ at }) => <InstantText at={at} /> },
            {
              key: "hash",
              title: t("seal.hash"),
              width: 130,
              render: ({ hash }) => <code title={hash}>{hash.slice(0, 12)}</code>,
            },
          ]}
        />
      </details>
    </Section>
  );
}
