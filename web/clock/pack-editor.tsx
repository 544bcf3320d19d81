// The text of a rule pack: edited, checked with every problem at its line, then dry-run.
import { clockOperations, type PackProblem } from "@bihuan/contract/clock.ts";
import { Button } from "antd";
import { useEffect, useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import { useBilingual } from "../platform/language.ts";
import { useAct } from "../platform/query.ts";
import { type Column, DataTable } from "../ui/data-table.tsx";
import { Bar } from "../ui/page.tsx";
import { Failure, Notice } from "../ui/states.tsx";
import styles from "./pack-editor.module.css";

export function PackEditor({ yaml, editable, onDryRun }: { yaml: string; editable: boolean; onDryRun: (yaml: string) => void }) {
  const { t } = useTranslation("clock");
  const say = useBilingual();
  const [text, setText] = useState(yaml);
  const area = useRef<HTMLTextAreaElement>(null);
  const check = useAct(clockOperations.checkRulePack);
  useEffect(() => setText(yaml), [yaml]);
  const problems = check.data?.problems ?? [];
  const errors = problems.filter(({ severity }) => severity === "error");
  const lines = text.split("\n").length;
  const edited = text !== yaml;

  const toLine = (line: number): void => {
    const at =
      text
        .split("\n")
        .slice(0, line - 1)
        .join("\n").length + (line > 1 ? 1 : 0);
    area.current?.focus();
    area.current?.setSelectionRange(at, at);
    area.current?.parentElement?.scrollTo({ top: (line - 4) * 20 });
  };
  const columns: Column<PackProblem>[] = [
    {
      key: "line",
      title: t("packPage.line"),
      width: 72,
      align: "right",
      render: ({ line }) => (
        <button type="button" onClick={() => toLine(line)}>
          {line}
        </button>
      ),
    },
    { key: "severity", title: "", width: 72, render: ({ severity }) => t(`packPage.${severity}`) },
    { key: "path", title: t("packPage.place"), width: 220, render: ({ path }) => <code>{path}</code> },
    { key: "message", title: t("packPage.problem"), wrap: true, render: ({ message }) => say(message) },
  ];
  return (
    <div className={styles.editor}>
      {editable && <p className="secondary">{t("packPage.yamlHint")}</p>}
      <div className={styles.text}>
        <div className={styles.lines} aria-hidden="true">
          {Array.from({ length: lines }, (_, at) => (
            <div key={at} data-severity={problems.find(({ line }) => line === at + 1)?.severity}>
              {at + 1}
            </div>
          ))}
        </div>
        <textarea
          ref={area}
          className={styles.area}
          aria-label={t("packPage.yaml")}
          value={text}
          readOnly={!editable}
          rows={lines}
          spellCheck={false}
          wrap="off"
          onChange={(event) => {
            setText(event.target.value);
            check.reset();
          }}
        />
      </div>
      {editable && (
        <Bar>
          <Button loading={check.isPending} onClick={() => check.mutate({ body: { yaml: text } })}>
            {t("packPage.check")}
          </Button>
          <Button type="primary" disabled={!edited || errors.length > 0} onClick={() => onDryRun(text)}>
            {t("packPage.dryRun")}
          </Button>
          {edited ? (
            <Button onClick={() => setText(yaml)}>{t("packPage.reset")}</Button>
          ) : (
            <span className="muted">{t("packPage.unchanged")}</span>
          )}
        </Bar>
      )}
      {check.error && <Failure error={check.error} />}
      {check.data && problems.length === 0 && (
        <Notice tone="good" title={t("packPage.noProblems", { count: check.data.rules.length })} />
      )}
      {problems.length > 0 && (
        <>
          <Notice tone={errors.length > 0 ? "failure" : "caution"} title={t("packPage.problems", { count: problems.length })} />
          <DataTable
            label={t("packPage.problem")}
            columns={columns}
            rows={problems}
            rowKey={({ line, column, path, message }) => `${line} ${column} ${path} ${message.en}`}
            empty={null}
          />
        </>
      )}
    </div>
  );
}
