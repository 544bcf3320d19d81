import { useParams } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";
import { ActionTable } from "../flow/action-table.tsx";
import { FlowDiagram } from "../flow/flow-diagram.tsx";
import { useFlows } from "../flow/use-flows.ts";
import { useBilingual } from "../platform/language.ts";
import { Missing } from "../shell/fallback.tsx";
import { Facts, Page, Section } from "../ui/page.tsx";
import { Answer } from "../ui/states.tsx";

export function FlowPage() {
  const { t } = useTranslation("flow");
  const say = useBilingual();
  const { flowId } = useParams({ from: "/inside/flows/$flowId" });
  const { query } = useFlows();
  return (
    <Answer of={query} lines={12}>
      {({ flows }) => {
        const flow = flows.find(({ id }) => id === flowId);
        if (!flow) return <Missing />;
        return (
          <Page title={say(flow.title)} note={t("version", { version: flow.version })}>
            <Section title={t("drawing")}>
              <FlowDiagram flow={flow} />
              <p className="muted">{t("reading")}</p>
            </Section>
            <Section title={t("rules")}>
              <Facts
                rows={[
                  [t("subtypes"), flow.subtypes.map(({ title }) => say(title)).join(t("separator"))],
                  [t("reviewLevels"), flow.reviewLevels.map(say).join(" › ")],
                  [t("withoutCallback"), flow.noCallbackReasons.map(({ title }) => say(title)).join(t("separator"))],
                ]}
              />
            </Section>
            <Section title={t("actions")} flush>
              <ActionTable flow={flow} />
            </Section>
          </Page>
        );
      }}
    </Answer>
  );
}
