// Importing a list: choose the file, see every problem with its line, then apply. Nothing is applied while there is a problem.
import type { CsvUpload, ImportResult } from "@bihuan/contract/identity.ts";
import type { Operation } from "@bihuan/contract/operation.ts";
import { Button, Modal } from "antd";
import { useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import type { z } from "zod";
import { useBilingual, useLanguage } from "../../platform/language.ts";
import { useAct } from "../../platform/query.ts";
import { type Column, DataTable } from "../../ui/data-table.tsx";
import { Bar } from "../../ui/page.tsx";
import { Failure, Notice } from "../../ui/states.tsx";
import { csvAddress, decodeCsv } from "./csv-file.ts";

type Result = z.infer<typeof ImportResult>;
/** The head of the file, in the language of the screen. */
type Columns = Readonly<Record<"zh" | "en", string>>;
type Problem = Result["problems"][number];
type ImportOperation = Operation & { readonly body: typeof CsvUpload; readonly response: typeof ImportResult };

export function CsvImport(props: {
  operation: ImportOperation;
  title: string;
  columns: Columns;
  /** What the codes in the columns mean, and lines to begin with. */
  help?: string;
  sample: readonly string[];
  refreshes: readonly Operation[];
}) {
  const [open, setOpen] = useState(false);
  return (
    <>
      <Button onClick={() => setOpen(true)}>{props.title}</Button>
      <Modal open={open} onCancel={() => setOpen(false)} footer={null} title={props.title} width={720} destroyOnHidden>
        <ImportDialog {...props} onDone={() => setOpen(false)} />
      </Modal>
    </>
  );
}

function ImportDialog(props: {
  operation: ImportOperation;
  title: string;
  columns: Columns;
  help?: string;
  sample: readonly string[];
  refreshes: readonly Operation[];
  onDone: () => void;
}) {
  const { t } = useTranslation("identity");
  const say = useBilingual();
  const language = useLanguage();
  const columnName = (column: string): string =>
    props.columns[language].split(",")[props.columns.en.split(",").indexOf(column)] ?? column;
  const input = useRef<HTMLInputElement>(null);
  const [file, setFile] = useState<{ name: string; csv: string } | null>(null);
  const check = useAct(props.operation);
  const apply = useAct(props.operation, { refreshes: props.refreshes });
  const result = apply.data ?? check.data;

  const choose = async (chosen: File | undefined): Promise<void> => {
    if (!chosen) return;
    const csv = decodeCsv(new Uint8Array(await chosen.arrayBuffer()));
    setFile({ name: chosen.name, csv });
    apply.reset();
    check.mutate({ body: { csv, dryRun: true } });
  };
  const columns: Column<Problem>[] = [
    {
      key: "line",
      title: t("import.line"),
      width: 72,
      align: "right",
      render: ({ line }) => (line === 0 ? t("import.file") : line),
    },
    { key: "column", title: t("import.column"), width: 140, render: ({ column }) => column && columnName(column) },
    { key: "reason", title: t("import.reason"), wrap: true, render: ({ reason }) => say(reason) },
  ];
  const ready = check.data !== undefined && check.data.problems.length === 0 && !apply.data?.applied;
  return (
    <div style={{ display: "grid", gap: 16 }}>
      <div className="secondary">
        <p>
          {t("import.columns")}
          <br />
          <code>{props.columns[language]}</code>
        </p>
        {props.help && <p>{props.help}</p>}
      </div>
      <Bar>
        <input
          ref={input}
          type="file"
          accept=".csv,text/csv"
          hidden
          onChange={(event) => void choose(event.target.files?.[0])}
          aria-label={t("import.choose")}
        />
        <Button onClick={() => input.current?.click()} loading={check.isPending}>
          {t("import.choose")}
        </Button>
        <Button href={csvAddress([props.columns[language], ...props.sample])} download={`${props.title}.csv`}>
          {t("import.template")}
        </Button>
        <span className="secondary">{file?.name}</span>
      </Bar>
      {(check.error ?? apply.error) && <Failure error={check.error ?? apply.error} />}
      {result && (
        <Notice
          tone={result.problems.length > 0 ? "failure" : "good"}
          title={t(result.applied ? "import.applied" : result.problems.length > 0 ? "import.refused" : "import.checked")}
        >
          {t("import.sum", {
            created: result.created,
            changed: result.changed,
            unchanged: result.unchanged,
            problems: result.problems.length,
          })}
        </Notice>
      )}
      {result && result.problems.length > 0 && (
        <div style={{ maxHeight: 320, overflow: "auto" }}>
          <DataTable
            label={t("import.problems")}
            columns={columns}
            rows={result.problems}
            rowKey={({ line, column, reason }) => `${line} ${column} ${reason.en}`}
            empty={null}
          />
        </div>
      )}
      <Bar>
        <Button
          type="primary"
          disabled={!ready || !file}
          loading={apply.isPending}
          onClick={() => file && apply.mutate({ body: { csv: file.csv, dryRun: false } })}
        >
          {t("import.apply")}
        </Button>
        {apply.data?.applied && <Button onClick={props.onDone}>{t("import.close")}</Button>}
      </Bar>
    </div>
  );
}
