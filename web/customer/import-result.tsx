import type { TableImported, TableProblem } from "@bihuan/contract/customer-table.ts";
import { Button } from "antd";
import { useTranslation } from "react-i18next";
import { useBilingual } from "../platform/language.ts";
import { type Column, DataTable } from "../ui/data-table.tsx";
import { Facts, Section } from "../ui/page.tsx";
import { Empty, Notice } from "../ui/states.tsx";

const quoted = (text: string): string => `"${text.replaceAll('"', '""')}"`;

/** What became of a file, or what would: counts, and every row that was refused with its line and reason. */
export function ImportResult({ result }: { result: TableImported }) {
  const { t } = useTranslation("customer");
  const say = useBilingual();
  const columns: Column<TableProblem>[] = [
    { key: "line", title: t("import.line"), width: 90, align: "right", render: ({ line }) => line },
    { key: "column", title: t("import.column"), width: 180, render: ({ column }) => column && say(column) },
    { key: "reason", title: t("import.reason"), wrap: true, render: ({ reason }) => say(reason) },
  ];
  const keep = (): void => {
    const rows = [
      [t("import.line"), t("import.column"), t("import.reason")],
      ...result.problems.map(({ line, column, reason }) => [String(line), column ? say(column) : "", say(reason)]),
    ];
    const address = URL.createObjectURL(
      new Blob([`\uFEFF${rows.map((row) => row.map(quoted).join(",")).join("\r\n")}\r\n`], { type: "text/csv" }),
    );
    const link = document.createElement("a");
    link.href = address;
    link.download = "rejects.csv";
    link.click();
    URL.revokeObjectURL(address);
  };
  const counts: readonly (readonly [string, number])[] = [
    [t("import.rows"), result.rows],
    [t("import.customersCreated"), result.customersCreated],
    [t("import.accountsCreated"), result.accountsCreated],
    [t("import.accountsChanged"), result.accountsChanged],
    [t("import.accountsUnchanged"), result.accountsUnchanged],
    [t("import.areasCreated"), result.areasCreated],
    [t("import.accountsMoved"), result.accountsMoved],
    [t("import.refusedRows"), result.refusedRows],
  ];
  return (
    <>
      <Notice tone={result.loaded ? "good" : "plain"}>{t(result.loaded ? "import.loaded" : "import.checked")}</Notice>
      <Section title={t("import.result")}>
        <Facts rows={counts.filter(([, count]) => count > 0).map(([name, count]) => [name, count.toLocaleString("en")])} />
      </Section>
      <Section
        title={t("import.refused", { count: result.refusedRows })}
        flush
        actions={
          result.problems.length > 0 && (
            <Button size="small" onClick={keep}>
              {t("import.keep")}
            </Button>
          )
        }
      >
        <DataTable
          label={t("import.refusedRows")}
          columns={columns}
          rows={result.problems}
          rowKey={({ line, column, reason }) => `${line} ${column?.en ?? ""} ${reason.en}`}
          empty={<Empty title={t("import.noneRefused")} />}
        />
      </Section>
      {result.remarks.length > 0 && (
        <Section title={t("import.remarks")} flush>
          <DataTable
            label={t("import.remarks")}
            columns={columns}
            rows={result.remarks}
            rowKey={({ line, column, reason }) => `${line} ${column?.en ?? ""} ${reason.en}`}
            empty={null}
          />
        </Section>
      )}
    </>
  );
}
