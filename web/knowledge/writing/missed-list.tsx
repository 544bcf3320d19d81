// What was searched for and not found: written about, or taken off the list.
import { knowledgeOperations } from "@bihuan/contract/knowledge.ts";
import { useNavigate } from "@tanstack/react-router";
import { Button } from "antd";
import { useTranslation } from "react-i18next";
import { useAct, useOperation } from "../../platform/query.ts";
import { type Column, DataTable } from "../../ui/data-table.tsx";
import { Bar } from "../../ui/page.tsx";
import { Answer, Empty, Failure } from "../../ui/states.tsx";
import { InstantText } from "../../ui/time.tsx";

type Missed = { words: string; times: number; firstAt: string; lastAt: string };

export function MissedList() {
  const { t } = useTranslation("knowledge");
  const navigate = useNavigate();
  const query = useOperation(knowledgeOperations.listMissed, {});
  const settle = useAct(knowledgeOperations.settleMissed, { refreshes: [knowledgeOperations.listMissed] });
  const columns: Column<Missed>[] = [
    { key: "words", title: t("missed.words"), render: ({ words }) => words },
    { key: "times", title: t("missed.times"), width: 80, align: "right", render: ({ times }) => times },
    { key: "last", title: t("missed.lastAt"), width: 150, render: ({ lastAt }) => <InstantText at={lastAt} /> },
    {
      key: "acts",
      title: "",
      width: 200,
      align: "right",
      render: ({ words }) => (
        <Bar>
          <Button size="small" onClick={() => void navigate({ to: "/knowledge/new", search: { title: words } })}>
            {t("missed.write")}
          </Button>
          <Button size="small" onClick={() => settle.mutate({ body: { words } })}>
            {t("missed.settle")}
          </Button>
        </Bar>
      ),
    },
  ];
  return (
    <Answer of={query} lines={10}>
      {({ rows }) => (
        <>
          {settle.error && <Failure error={settle.error} />}
          <DataTable
            fill
            keys
            label={t("list.MISSED")}
            columns={columns}
            rows={rows}
            rowKey={({ words }) => words}
            empty={<Empty title={t("list.empty.MISSED")} />}
            foot={rows.length > 0 && t("missed.hint")}
          />
        </>
      )}
    </Answer>
  );
}
