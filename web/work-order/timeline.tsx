// The story of an order: newest on top, grouped by the step it happened in, each with who, where, and the time since the last.
import type { EventView, OrderView } from "@bihuan/contract/work-order.ts";
import { Link } from "@tanstack/react-router";
import { type ReactNode, useEffect, useState } from "react";
import { useTranslation } from "react-i18next";
import { useBilingual } from "../platform/language.ts";
import type { FormField } from "../ui/schema-form-model.ts";
import { DurationText, InstantText } from "../ui/time.tsx";
import type { EventFact } from "./event-fields.ts";
import type { OrderWords } from "./order-table.tsx";
import styles from "./timeline.module.css";
import { tellStory } from "./timeline-groups.ts";

type Facts = (event: EventView) => readonly EventFact[];
const nothing: Facts = () => [];

/** The labels of old forms come with the definitions of the flows, which only a story needs. */
function useFacts(flow: string): Facts {
  const [facts, setFacts] = useState<Facts>(() => nothing);
  useEffect(() => {
    let stands = true;
    void import("./event-fields.ts").then(({ eventFacts }) => {
      if (stands) setFacts(() => (event: EventView) => eventFacts(flow, event));
    });
    return () => {
      stands = false;
    };
  }, [flow]);
  return facts;
}

export function Timeline({
  order,
  words,
  unitName,
}: {
  order: OrderView;
  words: OrderWords;
  unitName: (unitId: number) => string;
}) {
  const { t } = useTranslation("work-order");
  const say = useBilingual();
  const facts = useFacts(order.flow);
  return (
    <div className={styles.story}>
      {tellStory(order.events).map(({ step, episode, told }) => (
        <section key={told[0]?.event.seq} className={styles.group}>
          <span className={styles.line} aria-hidden="true" />
          <div>
            <h3 className={styles.step}>
              {step === null ? t("outOfFlow") : words.step(order.flow, step)}
              {order.episode > 1 && ` · ${t("episode", { episode })}`}
            </h3>
            <ol className={styles.events}>
              {told.map(({ event, sinceMs }) => (
                <li key={event.seq} id={`event-${event.seq}`}>
                  <div className={styles.head}>
                    <span className={styles.what}>{say(event.title)}</span>
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
                  <EventFacts facts={facts(event)} unitName={unitName} />
                </li>
              ))}
            </ol>
          </div>
        </section>
      ))}
    </div>
  );
}

function EventFacts({ facts, unitName }: { facts: readonly EventFact[]; unitName: (unitId: number) => string }) {
  const say = useBilingual();
  if (facts.length === 0) return null;
  return (
    <dl className={styles.facts}>
      {facts.map(({ field, value }) => [
        <dt key={`${field.name} name`}>{say(field.label)}</dt>,
        <dd key={field.name}>
          <FieldValue field={field} value={value} unitName={unitName} />
        </dd>,
      ])}
    </dl>
  );
}

/** One value as its field means it. */
export function FieldValue({
  field,
  value,
  unitName,
}: {
  field: FormField;
  value: unknown;
  unitName: (unitId: number) => string;
}): ReactNode {
  const { t } = useTranslation("ui");
  const say = useBilingual();
  const option = (code: unknown): string => {
    const found = field.options.find((one) => one.code === String(code));
    return found ? say(found.label) : String(code);
  };
  if (typeof value === "boolean") return t(value ? "yes" : "no");
  if (field.kind === "unit" && typeof value === "number") return unitName(value);
  if (Array.isArray(value))
    return value.map((one) => (field.kind === "units" && typeof one === "number" ? unitName(one) : option(one))).join("、");
  if (field.kind === "date-time" && typeof value === "string") return <InstantText at={value} />;
  if (field.kind === "order" && typeof value === "string")
    return (
      <Link to="/orders/$orderId" params={{ orderId: value }}>
        {value}
      </Link>
    );
  return option(value);
}
