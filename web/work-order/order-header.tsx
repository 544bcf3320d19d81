// Number, title, what it is, where it stands, who has it, and the clock that matters most.
import type { OrderView } from "@bihuan/contract/work-order.ts";
import { origins } from "@bihuan/core/flow/intake.ts";
import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { useBilingual } from "../platform/language.ts";
import { Tag } from "../ui/page.tsx";
import { InstantText } from "../ui/time.tsx";
import styles from "./order-header.module.css";
import { OrderNumber } from "./order-number.tsx";
import { Marks, type OrderWords } from "./order-table.tsx";

export function OrderHeader({
  order,
  words,
  chip,
  asPage,
}: {
  order: OrderView;
  words: OrderWords;
  chip: ReactNode;
  asPage: boolean;
}) {
  const { t } = useTranslation("work-order");
  const say = useBilingual();
  const Title = asPage ? "h1" : "h2";
  const facts: [string, ReactNode][] = [
    ...(asPage ? [[t("column.number"), <OrderNumber key="number" orderId={order.orderId} />] as [string, ReactNode]] : []),
    [
      t("column.flow"),
      [words.flow(order.flow), order.subtype && words.subtype(order.flow, order.subtype)].filter(Boolean).join(" · "),
    ],
    [t("column.unit"), order.unit.name],
    [t("column.holder"), order.holder?.name ?? <span className="muted">{t("nobody")}</span>],
    [t("column.origin"), order.origin in origins ? say(origins[order.origin as keyof typeof origins]) : order.origin],
    [t("column.intake"), <InstantText key="intake" at={order.intakeAt} />],
  ];
  return (
    <header className={styles.header}>
      <div className={styles.title}>
        <Title>{order.title}</Title>
        <Tag tone="accent">{order.status === "OPEN" ? words.step(order.flow, order.step) : t(`status.${order.status}`)}</Tag>
        <Marks row={order} />
        {order.identity !== "NAMED" && <Tag tone="strong">{t(`identity.${order.identity as "CONFIDENTIAL"}`)}</Tag>}
      </div>
      {chip}
      <dl className={styles.facts}>
        {facts.map(([name, value]) => (
          <div key={name}>
            <dt>{name}</dt>
            <dd>{value}</dd>
          </div>
        ))}
      </dl>
    </header>
  );
}
