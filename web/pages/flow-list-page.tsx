import { Link, useNavigate } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";
import type { FlowView } from "@bihuan/contract/flow.ts";
import { useFlows } from "../flow/use-flows.ts";
import { useBilingual } from "../platform/language.ts";
import { type Column, DataTable } from "../ui/data-table.tsx";
import { Page, Tag } from "../ui/page.tsx";
import { Answer, Empty } from "../ui/states.tsx";

export function FlowListPage() {
  const { t } = useTranslation("flow");
  const say = useBilingual();
  const navigate = useNavigate();
  const { query } = useFlows();
  /** The way an order usually goes: without arbitration and merging, which stand beside it. */
  const way = ({ steps }: FlowView): string =>
    steps
      .filter(({ key, at }) => at !== "above" && key !== "merged")
      .map(({ title }) => say(title))
      .join(" › ");
  const columns: Column<FlowView>[] = [
    {
      key: "title",
      title: t("flow"),
      width: 220,
      render: ({ id, title, takesIn }) => (
        <>
          <Link to="/flows/$flowId" params={{ flowId: id }}>
            {say(title)}
          </Link>{" "}
          {!takesIn && <Tag>{t("imported")}</Tag>}
        </>
      ),
    },
    {
      key: "steps",
      title: t("steps"),
      render: (flow) => <span title={way(flow)}>{way(flow)}</span>,
    },
    {
      key: "subtypes",
      title: t("subtypes"),
      width: 200,
      render: ({ subtypes }) => subtypes.map(({ title }) => say(title)).join(t("separator")),
    },
    { key: "clocks", title: t("clocks"), width: 90, align: "right", render: ({ slots }) => slots.length },
    { key: "actions", title: t("actions"), width: 90, align: "right", render: ({ actions }) => actions.length },
  ];
  return (
    <Page fill title={t("title")} note={t("note")}>
      <Answer of={query}>
        {({ flows }) => (
          <DataTable
            fill
            keys
            label={t("title")}
            columns={columns}
            rows={flows}
            rowKey={({ id }) => id}
            onOpen={({ id }) => void navigate({ to: "/flows/$flowId", params: { flowId: id } })}
            empty={<Empty title={t("none")} />}
          />
        )}
      </Answer>
    </Page>
  );
}
