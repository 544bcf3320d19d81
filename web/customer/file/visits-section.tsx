// Visits to a customer: those to come and those that were made, with what was said and what followed.
import { type CustomerVisit, customerFileOperations } from "@bihuan/contract/customer-file.ts";
import type { CustomerFile } from "@bihuan/contract/customer.ts";
import { occasionTitles, satisfactionTitles, visitStateTitles } from "@bihuan/core/customer/file/records.ts";
import { Link } from "@tanstack/react-router";
import { Button } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { useBilingual } from "../../platform/language.ts";
import { useOperationPages } from "../../platform/query.ts";
import { Section, Tag } from "../../ui/page.tsx";
import { Answer } from "../../ui/states.tsx";
import { InstantText } from "../../ui/time.tsx";
import styles from "./file.module.css";
import { CancelVisit, VisitForm } from "./visit-form.tsx";

export function VisitsSection({ file }: { file: CustomerFile }) {
  const { t } = useTranslation("customer");
  const { customerId } = file;
  const [entering, setEntering] = useState<"PLANNED" | "DONE" | null>(null);
  const pages = useOperationPages(
    customerFileOperations.listCustomerVisits,
    { customerId },
    (after) => ({ params: { customerId }, query: { limit: 10, ...(after ? { after } : {}) } }),
    ({ next }) => next,
  );
  const visits = pages.data?.pages.flatMap((page) => page.visits) ?? [];
  return (
    <Section
      title={t("visits.title")}
      actions={
        file.actions.record &&
        entering === null && (
          <>
            <Button size="small" onClick={() => setEntering("PLANNED")}>
              {t("visits.plan")}
            </Button>
            <Button size="small" onClick={() => setEntering("DONE")}>
              {t("visits.enter")}
            </Button>
          </>
        )
      }
    >
      <div className={styles.stack}>
        {entering && <VisitForm customerId={customerId} state={entering} visit={null} onDone={() => setEntering(null)} />}
        <Answer of={pages} lines={3}>
          {() =>
            visits.length === 0 ? (
              <p className="muted">{t("visits.none")}</p>
            ) : (
              <ul className={styles.list}>
                {visits.map((visit) => (
                  <VisitLine key={`${visit.customerId} ${visit.visitNo}`} visit={visit} />
                ))}
              </ul>
            )
          }
        </Answer>
        {pages.hasNextPage && (
          <div>
            <Button size="small" loading={pages.isFetchingNextPage} onClick={() => void pages.fetchNextPage()}>
              {t("more")}
            </Button>
          </div>
        )}
      </div>
    </Section>
  );
}

function VisitLine({ visit }: { visit: CustomerVisit }) {
  const { t } = useTranslation("customer");
  const say = useBilingual();
  const [doing, setDoing] = useState<"PLANNED" | "DONE" | "CANCELLED" | null>(null);
  const done = () => setDoing(null);
  const { state, orderId } = visit;
  return (
    <li>
      <div className={styles.line}>
        <Tag tone={state === "PLANNED" ? "accent" : "strong"}>{say(visitStateTitles[state])}</Tag>
        <span>{say(occasionTitles[visit.occasion])}</span>
        <span className="muted">
          {visit.visitedAt ? <InstantText at={visit.visitedAt} /> : visit.plannedOn} · {visit.visitor.name}
        </span>
        {visit.satisfaction && <Tag>{say(satisfactionTitles[visit.satisfaction])}</Tag>}
      </div>
      {visit.place && <p className="muted">{visit.place}</p>}
      {visit.said && <p className={styles.body}>{visit.said}</p>}
      {visit.reason && <p className="muted">{t("visits.because", { reason: visit.reason })}</p>}
      {orderId && (
        <p>
          {t("visits.followedBy")}{" "}
          <Link to="/orders/$orderId" params={{ orderId }}>
            {orderId}
          </Link>
        </p>
      )}
      {visit.mayChange && doing === null && (
        <div className={styles.line}>
          <Button size="small" onClick={() => setDoing("DONE")}>
            {t("visits.complete")}
          </Button>
          <Button size="small" onClick={() => setDoing("PLANNED")}>
            {t("visits.move")}
          </Button>
          <Button size="small" onClick={() => setDoing("CANCELLED")}>
            {t("visits.cancel")}
          </Button>
        </div>
      )}
      {doing === "CANCELLED" && <CancelVisit visit={visit} onDone={done} />}
      {(doing === "DONE" || doing === "PLANNED") && (
        <VisitForm customerId={visit.customerId} state={doing} visit={visit} onDone={done} />
      )}
    </li>
  );
}
