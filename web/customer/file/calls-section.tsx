import { callOperations } from "@bihuan/contract/call.ts";
import { Link } from "@tanstack/react-router";
import { Button } from "antd";
import { useTranslation } from "react-i18next";
import { useOperationPages } from "../../platform/query.ts";
import { Section } from "../../ui/page.tsx";
import { Answer } from "../../ui/states.tsx";
import { DurationText, InstantText } from "../../ui/time.tsx";
import styles from "./file.module.css";

/** Calls of a customer, the newest first, with who took them and what came of them. */
export function CallsSection({ customerId }: { customerId: string }) {
  const { t } = useTranslation("customer");
  const pages = useOperationPages(
    callOperations.listCallsOfCustomer,
    { customerId },
    (after) => ({ params: { customerId }, query: { limit: 10, ...(after ? { after } : {}) } }),
    ({ next }) => next,
  );
  const calls = pages.data?.pages.flatMap((page) => page.calls) ?? [];
  return (
    <Section title={t("calls.title")}>
      <Answer of={pages} lines={3}>
        {() =>
          calls.length === 0 ? (
            <p className="muted">{t("calls.none")}</p>
          ) : (
            <ul className={styles.list}>
              {calls.map(({ callNo, startedAt, talkSeconds, agent, phone, queue, orderIds }) => (
                <li key={callNo}>
                  <div className={styles.line}>
                    <InstantText at={startedAt} />
                    <span>{phone ?? t("calls.withheld")}</span>
                    <span className="muted">
                      {[agent.name, queue].filter(Boolean).join(" · ")}{" "}
                      {talkSeconds !== null && <DurationText spanMs={talkSeconds * 1000} />}
                    </span>
                  </div>
                  {orderIds.map((orderId) => (
                    <Link key={orderId} to="/orders/$orderId" params={{ orderId }}>
                      {orderId}
                    </Link>
                  ))}
                </li>
              ))}
            </ul>
          )
        }
      </Answer>
      {pages.hasNextPage && (
        <Button size="small" loading={pages.isFetchingNextPage} onClick={() => void pages.fetchNextPage()}>
          {t("more")}
        </Button>
      )}
    </Section>
  );
}
