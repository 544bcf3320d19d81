// What was found, a row each: why it is shown, and what tells it from its namesakes.
import type { FoundAccount, FoundOrder } from "@bihuan/contract/desk-intake.ts";
import { customerCategoryTitles, importanceTitles, specialNeedTitles } from "@bihuan/core/customer/codes.ts";
import { useTranslation } from "react-i18next";
import { RowChip } from "../../../clock/live-chip.tsx";
import { useFlows } from "../../../flow/use-flows.ts";
import { useBilingual } from "../../../platform/language.ts";
import { Tag } from "../../../ui/page.tsx";
import { InstantText } from "../../../ui/time.tsx";
import styles from "./search-box.module.css";

/** What the agent must not overlook. */
export function Marks({ row }: { row: Pick<FoundAccount, "importance" | "specialNeeds"> }) {
  const say = useBilingual();
  return (
    <>
      {row.importance !== "ORDINARY" && <Tag tone="strong">{say(importanceTitles[row.importance])}</Tag>}
      {row.specialNeeds.map((need) => (
        <Tag key={need} tone="caution">
          {say(specialNeedTitles[need])}
        </Tag>
      ))}
    </>
  );
}

export function AccountFound({ row }: { row: FoundAccount }) {
  const { t } = useTranslation("desk");
  const say = useBilingual();
  // Namesakes: the character and the end of the address that tell this one from the others.
  const name = row.apart?.name ?? row.customerName;
  const address = row.apart?.address ?? row.address;
  return (
    <>
      <span className={styles.head}>
        <strong>{name}</strong>
        <code>{row.accountNo}</code>
        <Marks row={row} />
        {row.openOrders > 0 && <Tag tone="accent">{t("find.openOrders", { count: row.openOrders })}</Tag>}
        {row.tolerant && <Tag tone="caution">{t("find.tolerant")}</Tag>}
      </span>
      <span className={styles.facts}>
        {[address, row.phone, say(customerCategoryTitles[row.category]), row.transformerArea?.name, row.unit.name]
          .filter(Boolean)
          .join(" · ")}
        {row.lastContactAt && (
          <>
            {" · "}
            {t("find.lastContact")} <InstantText at={row.lastContactAt} />
          </>
        )}
      </span>
    </>
  );
}

export function OrderFound({ found: { order } }: { found: FoundOrder }) {
  const { t } = useTranslation("work-order");
  const { words } = useFlows();
  return (
    <>
      <span className={styles.head}>
        <strong>{order.title || words.flow(order.flow)}</strong>
        <code>{order.orderId}</code>
        <RowChip row={order} />
      </span>
      <span className={styles.facts}>
        {[
          words.flow(order.flow),
          order.step === null ? t(`status.${order.status}`) : words.step(order.flow, order.step),
          order.contactName,
          order.address,
          order.unit.name,
        ]
          .filter(Boolean)
          .join(" · ")}
      </span>
    </>
  );
}
