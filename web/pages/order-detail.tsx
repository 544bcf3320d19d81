import { type OrderView, workOrderOperations } from "@bihuan/contract/work-order.ts";
import { useQueryClient } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { useEffect } from "react";
import { useTranslation } from "react-i18next";
import { reasonTitle, sortClocks } from "../clock/chip-of.ts";
import { ClockList, MainClock } from "../clock/clock-list.tsx";
import { isConnection, PlanPanel } from "../connection/plan-panel.tsx";
import { useSeen } from "../desk/work/use-seen.ts";
import { useFlows } from "../flow/use-flows.ts";
import { StepKnowledge } from "../knowledge/reading/step-knowledge.tsx";
import { useBilingual } from "../platform/language.ts";
import { useLive } from "../platform/live.ts";
import { useOperation } from "../platform/query.ts";
import { readAgain } from "../platform/read-again.ts";
import { Icon } from "../ui/icon.tsx";
import { Section } from "../ui/page.tsx";
import { usePhone } from "../ui/media.ts";
import { Answer, Notice, Skeleton } from "../ui/states.tsx";
import { InstantText } from "../ui/time.tsx";
import { Actions } from "../work-order/order/acts/actions.tsx";
import { Attachments } from "../work-order/order/aside/attachments.tsx";
import { OrderHeader } from "../work-order/order/header/order-header.tsx";
import { hasRelations, Relations } from "../work-order/order/aside/relations.tsx";
import { PhoneBar } from "../work-order/order/phone/phone-bar.tsx";
import { Seal } from "../work-order/order/story/seal.tsx";
import { StepStrip } from "../work-order/order/header/step-strip.tsx";
import { Timeline } from "../work-order/order/story/timeline.tsx";
import { Contact } from "../work-order/order/aside/unmask.tsx";
import styles from "./order-detail.module.css";

/** An order in full, on a page of its own or beside a list: what there is room for decides the columns. */
export function OrderDetail({
  orderId,
  asPage = false,
  onTitle,
}: {
  orderId: string;
  asPage?: boolean;
  onTitle?: (title: string) => void;
}) {
  const client = useQueryClient();
  const query = useOperation(workOrderOperations.readOrder, { params: { orderId } });
  useLive((change) => {
    if (change === "everything" || change.id !== orderId) return;
    readAgain(client, [workOrderOperations.readOrder, workOrderOperations.explainClocks], { params: { orderId } });
  });
  const flows = useFlows();
  useSeen(orderId, query.data?.version);
  const title = query.data?.title;
  useEffect(() => {
    if (title !== undefined) onTitle?.(title);
  }, [title, onTitle]);
  return (
    <Answer of={query} skeleton={<OrderSkeleton />}>
      {/* Without the flows' words its steps would be told by their codes. */}
      {(order) => (
        <Answer of={flows.query} skeleton={<OrderSkeleton />}>
          {() => <Detail order={order} asPage={asPage} />}
        </Answer>
      )}
    </Answer>
  );
}

/** An order that is on its way: the columns stand where they will. */
function OrderSkeleton() {
  return (
    <div className={styles.detail}>
      <div className={styles.top}>
        <Skeleton lines={3} />
      </div>
      <div className={styles.columns}>
        <div className={`${styles.aside} ${styles.coming}`}>
          <Skeleton lines={4} />
          <Skeleton lines={8} />
        </div>
        <div className={`${styles.story} ${styles.coming}`}>
          <Skeleton lines={14} />
        </div>
      </div>
    </div>
  );
}

function Detail({ order, asPage }: { order: OrderView; asPage: boolean }) {
  const { t } = useTranslation("work-order");
  const say = useBilingual();
  const { flows, words } = useFlows();
  const flow = flows.find(({ id }) => id === order.flow);
  const { live, finished } = sortClocks(order.clocks);
  const main = live[0] ?? finished.find(({ status }) => status === "missed") ?? finished[0];
  const suspension = order.suspension;
  const phone = usePhone();
  return (
    <div className={styles.detail}>
      <div className={styles.top}>
        <OrderHeader
          order={order}
          words={words}
          asPage={asPage}
          clock={main && <MainClock orderId={order.orderId} clock={main} />}
        />
        {flow && <StepStrip order={order} steps={flow.steps.map(({ key, title }) => ({ key, title: say(title) }))} />}
      </div>
      {suspension && (
        <Notice
          tone="caution"
          title={t("suspended", {
            reason: say(reasonTitle(suspension.reason) ?? { zh: suspension.reason, en: suspension.reason }),
          })}
        >
          {t("suspendedUntil")} <InstantText at={suspension.until} />
        </Notice>
      )}
      <div className={styles.columns}>
        {/* First for the keyboard and for whoever listens: what there is to do; the story stands beside it or below. */}
        <div className={styles.aside}>
          {!phone && (
            <div className={styles.acts}>
              <Section title={t("actions")}>
                <Actions order={order} flows={flows} />
              </Section>
            </div>
          )}
          {isConnection(order) && <PlanPanel order={order} />}
          <div className={styles.clocks}>
            <Section title={t("clocks")}>
              <ClockList orderId={order.orderId} clocks={order.clocks} />
            </Section>
          </div>
          <div className={styles.customer}>
            <Section
              title={t("contact.title")}
              actions={
                order.customerId &&
                order.customer?.open !== false && (
                  <Link to="/customers/$customerId" params={{ customerId: order.customerId }}>
                    {t("contact.file")}
                  </Link>
                )
              }
            >
              <Contact order={order} />
            </Section>
          </div>
          <StepKnowledge flow={order.flow} subtype={order.subtype} step={order.step} />
          {hasRelations(order) && <Relations order={order} />}
          <div className={styles.files}>
            <Attachments order={order} />
          </div>
          {order.closing.length > 0 && order.status !== "ARCHIVED" && (
            <Section title={t("closing.title")}>
              <ul className={styles.closing}>
                {order.closing.map(({ key, title, met }) => (
                  <li key={key} className={styles.condition}>
                    <Icon name={met ? "check" : "close"} size={16} title={t(met ? "closing.met" : "closing.open")} />
                    <span className={met ? "secondary" : undefined}>{say(title)}</span>
                  </li>
                ))}
              </ul>
            </Section>
          )}
        </div>
        <div className={styles.story}>
          <Section title={t("story")}>
            <Timeline order={order} words={words} />
          </Section>
          <Seal order={order} />
        </div>
      </div>
      {phone && <PhoneBar order={order} flows={flows} />}
    </div>
  );
}
