// The story of an order: newest on top, grouped by the step it happened in, each with who, where, and the time since the last.
import type { EventView, OrderView } from "@bihuan/contract/work-order.ts";
import { Button } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { useBilingual } from "../../../platform/language.ts";
import { useSession } from "../../../platform/session.ts";
import { Tag } from "../../../ui/page.tsx";
import { DurationText, InstantText } from "../../../ui/time.tsx";
import { EventFacts, useEventFacts } from "./event-facts.tsx";
import type { OrderWords } from "../../list/order-table.tsx";
import styles from "./timeline.module.css";
import { endingOf, type Group, newestOf, tellStory } from "./timeline-groups.ts";

/** So many events are told at once; the earlier ones on demand. */
const shownAtOnce = 24;

/** What a story is told from. */
type Storied = Pick<OrderView, "events" | "episode" | "flow" | "consultations">;

export function Timeline({ order, words }: { order: Storied; words: OrderWords }) {
  const { t } = useTranslation("work-order");
  const [whole, setWhole] = useState(false);
  const session = useSession();
  const facts = useEventFacts(order.flow);
  // What others add while the page is open is marked, until it is opened anew.
  const [seenSeq] = useState(() => Math.max(0, ...order.events.map(({ seq }) => seq)));
  const isNew = ({ seq, actor }: EventView): boolean =>
    seq > seenSeq && !(actor.kind === "staff" && actor.id === session.staffId);
  const { groups, earlier } = newestOf(tellStory(order.events), whole ? Number.POSITIVE_INFINITY : shownAtOnce);
  const heading = (group: Group<EventView>): string => {
    const ending = group.step === null ? endingOf(group) : null;
    if (ending) return ending === "ELSEWHERE" ? t("closedElsewhere") : t(`status.${ending}`);
    return group.step === null ? t("outOfFlow") : words.step(order.flow, group.step);
  };
  return (
    <div className={styles.story}>
      {groups.map((group) => (
        <section key={group.told[0]?.event.seq} className={styles.group}>
          <span className={styles.line} aria-hidden="true" />
          <div>
            <h3 className={styles.step}>
              {heading(group)}
              {order.episode > 1 && ` · ${t("episode", { episode: group.episode })}`}
            </h3>
            <ol className={styles.events}>
              {group.told.map(({ event, sinceMs }) => (
                <Event key={event.seq} event={event} sinceMs={sinceMs} isNew={isNew(event)} order={order} facts={facts} />
              ))}
            </ol>
          </div>
        </section>
      ))}
      {earlier > 0 && (
        <div>
          <Button onClick={() => setWhole(true)}>{t("earlier", { count: earlier })}</Button>
        </div>
      )}
    </div>
  );
}

function Event({
  event,
  sinceMs,
  isNew,
  order,
  facts,
}: {
  event: EventView;
  sinceMs: number | null;
  isNew: boolean;
  order: Storied;
  facts: ReturnType<typeof useEventFacts>;
}) {
  const { t } = useTranslation("work-order");
  const say = useBilingual();
  return (
    <li>
      <div className={styles.head}>
        <span className={styles.what}>{say(event.title)}</span>
        {isNew && <Tag tone="accent">{t("newEvent")}</Tag>}
        <span>{event.actor.kind === "system" ? t("system") : event.actor.name}</span>
        {event.actingUnit && <span className="muted">{event.actingUnit.name}</span>}
        <span className={styles.when}>
          {sinceMs !== null && sinceMs >= 1_000 && (
            <span className={styles.since} title={t("sinceLast")}>
              +<DurationText spanMs={sinceMs} />
            </span>
          )}{" "}
          <InstantText at={event.at} />
        </span>
      </div>
      <EventFacts order={order} facts={facts(event)} />
    </li>
  );
}
