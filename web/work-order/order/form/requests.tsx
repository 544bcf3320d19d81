// What waits for a decision, in words: who asks for what, until when, why, and what it would change.
import type { OrderView } from "@bihuan/contract/work-order.ts";
import { useTranslation } from "react-i18next";
import { InstantText } from "../../../ui/time.tsx";
import styles from "../acts/actions.module.css";
import { EventFacts, useEventFacts } from "../story/event-facts.tsx";
import { useStops } from "./stops.ts";

/** `only`: the number of the request that is being decided; all of them where none is chosen. */
export function Requests({ order, only }: { order: OrderView; only?: unknown }) {
  const { t } = useTranslation("work-order");
  const facts = useEventFacts(order.flow);
  const { whole } = useStops();
  const chosen = order.requests.filter(({ seq }) => seq === only);
  return (chosen.length > 0 ? chosen : order.requests).map(({ seq, kind, by, data }) => {
    const event = order.events.find((one) => one.seq === seq);
    const reason = kind === "suspension" && order.suspensionReasons.find(({ code }) => code === data["reason"]);
    return (
      <section key={seq} className={styles.request} aria-label={t("request.line", { kind: t(`request.${kind}`), name: by.name })}>
        <p className={styles.requestHead}>
          <strong>{t(`request.${kind}`)}</strong> {by.name} {event && <InstantText at={event.at} />}
        </p>
        {event && <EventFacts order={order} facts={facts(event)} />}
        {reason && <p className="secondary">{whole(reason.stops)}</p>}
      </section>
    );
  });
}
