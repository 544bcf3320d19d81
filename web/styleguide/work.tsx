// What a page of work is put together from: the steps, the story, an article.
import type { OrderView } from "@bihuan/contract/work-order.ts";
import { useTranslation } from "react-i18next";
import { useFlows } from "../flow/use-flows.ts";
import { ArticleBody } from "../knowledge/reading/article-body.tsx";
import { useBilingual } from "../platform/language.ts";
import { Section } from "../ui/page.tsx";
import { StepStrip } from "../work-order/order/header/step-strip.tsx";
import { Timeline } from "../work-order/order/story/timeline.tsx";
import { sampleArticle, sampleEvents, sampleStrip } from "./order-samples.ts";

export function Work({ nowMs }: { nowMs: number }) {
  const { t } = useTranslation("styleguide");
  const say = useBilingual();
  const { flows, words } = useFlows();
  const flow = flows.find(({ id }) => id === "fault-repair");
  const order: Pick<OrderView, "events" | "episode" | "flow" | "consultations"> = {
    events: sampleEvents(nowMs),
    episode: 1,
    flow: "fault-repair",
    consultations: [],
  };
  return (
    <>
      <Section title={t("strip")}>
        <StepStrip order={sampleStrip(nowMs)} steps={(flow?.steps ?? []).map(({ key, title }) => ({ key, title: say(title) }))} />
      </Section>
      <Section title={t("story")}>
        <Timeline order={order} words={words} />
      </Section>
      <Section title={t("article")}>
        <ArticleBody kind="FAULT" content={sampleArticle} />
      </Section>
    </>
  );
}
