// The same flow in words: every action, who may take it, from where, to where.
import type { FlowView } from "@bihuan/contract/flow.ts";
import { useTranslation } from "react-i18next";
import { useBilingual } from "../platform/language.ts";
import { type Column, DataTable } from "../ui/data-table.tsx";
import { CLOSED } from "./layout.ts";
import { useRoleName } from "./use-role-name.ts";

type Action = FlowView["actions"][number];

export function ActionTable({ flow }: { flow: FlowView }) {
  const { t } = useTranslation("flow");
  const say = useBilingual();
  const roleName = useRoleName();
  const stepTitle = (key: string): string => {
    if (key === CLOSED) return t("closed");
    const step = flow.steps.find((one) => one.key === key);
    return step ? say(step.title) : key;
  };
  const columns: Column<Action>[] = [
    { key: "title", title: t("action"), width: 160, render: ({ title }) => say(title) },
    { key: "by", title: t("by"), width: 260, wrap: true, render: ({ by }) => by.map(roleName).join(t("separator")) },
    {
      key: "from",
      title: t("from"),
      wrap: true,
      render: ({ from }) =>
        from.length === 0 ? <span className="muted">{t("anyStep")}</span> : from.map(stepTitle).join(t("separator")),
    },
    {
      key: "to",
      title: t("to"),
      width: 260,
      wrap: true,
      render: ({ outcomes }) => {
        const targets = [...new Set(outcomes.flatMap(({ to }) => (to === null ? [] : [to])))];
        return targets.length === 0 ? <span className="muted">{t("stays")}</span> : targets.map(stepTitle).join(t("separator"));
      },
    },
  ];
  return <DataTable label={t("actions")} columns={columns} rows={flow.actions} rowKey={({ key }) => key} empty={null} />;
}
