// Lists: with rows, with a row that stands open, on their way, empty.
import { Button } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { useBilingual } from "../platform/language.ts";
import { ClockChip } from "../ui/clock-chip.tsx";
import { ColumnChooser, type Column, DataTable } from "../ui/data-table.tsx";
import { Facts, Section } from "../ui/page.tsx";
import { Empty } from "../ui/states.tsx";
import { TableSkeleton } from "../ui/table-skeleton.tsx";
import { chips } from "./clock-samples.ts";

type Row = (typeof chips)[number];

export function Lists() {
  const { t } = useTranslation("styleguide");
  const say = useBilingual();
  const [shown, setShown] = useState<readonly string[]>(["clock", "title", "count"]);
  const columns: Column<Row>[] = [
    {
      key: "clock",
      title: t("table.clock"),
      width: 180,
      sort: { is: "ascending", choose: () => undefined },
      render: ({ state, text, usedShare }) => (
        <ClockChip state={state} text={say(text)} usedShare={usedShare} title={t("chipTitle")} />
      ),
    },
    { key: "title", title: t("table.title"), render: ({ means }) => <a href="#content">{say(means)}</a> },
    {
      key: "count",
      title: t("table.count"),
      width: 90,
      align: "right",
      render: ({ usedShare }) => Math.round(usedShare * 1_000),
    },
  ];
  const visible = columns.filter(({ key }) => shown.includes(key));
  return (
    <>
      <Section
        flush
        title={t("table.full")}
        actions={
          <ColumnChooser columns={columns} shown={shown} onChange={(next) => setShown(next ?? columns.map(({ key }) => key))} />
        }
      >
        <DataTable
          label={t("table.full")}
          columns={visible}
          rows={chips.slice(0, 5)}
          rowKey={({ state }) => state}
          currentKey="coordinate"
          empty={null}
          more={{ has: true, loading: false, load: () => undefined }}
        />
      </Section>
      <Section flush title={t("table.coming")}>
        <div data-specimen>
          <TableSkeleton columns={columns} rows={3} />
        </div>
      </Section>
      <Section flush title={t("table.empty")}>
        <DataTable
          label={t("table.empty")}
          columns={columns}
          rows={[]}
          rowKey={({ state }) => state}
          empty={
            <Empty title={t("empty.title")} hint={t("empty.hint")}>
              <Button>{t("empty.button")}</Button>
            </Empty>
          }
        />
      </Section>
      <Section title={t("facts.title")}>
        <Facts
          rows={[
            [t("facts.name"), t("facts.nameValue")],
            [t("facts.number"), "3201 0044 71"],
            [t("facts.absent"), null],
          ]}
        />
      </Section>
    </>
  );
}
