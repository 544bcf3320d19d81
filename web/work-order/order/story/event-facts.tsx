// What was written down with an event, each value as its field means it.
import type { EventView, OrderView } from "@bihuan/contract/work-order.ts";
import { Link } from "@tanstack/react-router";
import { type ReactNode, useEffect, useState } from "react";
import { useTranslation } from "react-i18next";
import { useOrganisation } from "../../../identity/organisation/use-organisation.ts";
import { useBilingual } from "../../../platform/language.ts";
import { fileSize } from "../../../ui/format.ts";
import type { FormField } from "../../../ui/schema-form-model.ts";
import { InstantText } from "../../../ui/time.tsx";
import type { EventFact } from "./event-fields.ts";
import { OrderNumber } from "../../order-number.tsx";
import styles from "./timeline.module.css";

type FactsOf = (event: EventView) => readonly EventFact[];
const nothing: FactsOf = () => [];

/** The labels of old forms come with the definitions of the flows, which only a story needs. */
export function useEventFacts(flow: string): FactsOf {
  const [facts, setFacts] = useState<FactsOf>(() => nothing);
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

/** Names of units: those the order brings with it, and those of the organisation as far as this person sees it. */
function useUnitName({ events, consultations }: Pick<OrderView, "events" | "consultations">): (unitId: number) => string {
  const { query, units } = useOrganisation();
  return (unitId) => {
    const known =
      units.find((unit) => unit.unitId === unitId) ??
      consultations.find(({ unit }) => unit.unitId === unitId)?.unit ??
      events.flatMap(({ unit, actingUnit }) => (actingUnit ? [unit, actingUnit] : [unit])).find((unit) => unit.unitId === unitId);
    return known?.name ?? (query.isLoading ? "" : `#${unitId}`);
  };
}

export function EventFacts({
  order,
  facts,
}: {
  order: Pick<OrderView, "events" | "consultations">;
  facts: readonly EventFact[];
}) {
  const say = useBilingual();
  const unitName = useUnitName(order);
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

function FieldValue({
  field,
  value,
  unitName,
}: {
  field: FormField;
  value: unknown;
  unitName: (unitId: number) => string;
}): ReactNode {
  const { t } = useTranslation(["ui", "work-order"]);
  const say = useBilingual();
  const option = (code: unknown): string => {
    const found = field.options.find((one) => one.code === String(code));
    return found ? say(found.label) : String(code);
  };
  if (typeof value === "boolean") return t(value ? "yes" : "no");
  if (field.kind === "unit" && typeof value === "number") return unitName(value);
  if (field.name === "sizeBytes" && typeof value === "number") return fileSize(value);
  if (Array.isArray(value))
    return value
      .map((one) => (field.kind === "units" && typeof one === "number" ? unitName(one) : option(one)))
      .join(t("work-order:separator"));
  if (field.kind === "date-time" && typeof value === "string") return <InstantText at={value} />;
  if (field.kind === "order" && typeof value === "string")
    return (
      <Link to="/orders/$orderId" params={{ orderId: value }}>
        <OrderNumber orderId={value} />
      </Link>
    );
  return option(value);
}
