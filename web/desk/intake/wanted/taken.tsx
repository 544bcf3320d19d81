// The demand was taken in: its number, whose it is, what is due first, and what to tell the caller. One key begins the next one.
import { workOrderOperations } from "@bihuan/contract/work-order.ts";
import { Link } from "@tanstack/react-router";
import { Button } from "antd";
import { useTranslation } from "react-i18next";
import { sortClocks } from "../../../clock/chip-of.ts";
import { LiveChip } from "../../../clock/live-chip.tsx";
import { useBilingual } from "../../../platform/language.ts";
import { useOperation } from "../../../platform/query.ts";
import { Section } from "../../../ui/page.tsx";
import { Answer, Notice } from "../../../ui/states.tsx";
import { InstantText } from "../../../ui/time.tsx";
import { Sentence } from "../../../work-order/intake/sentence.tsx";
import { OrderNumber } from "../../../work-order/order-number.tsx";
import styles from "./consequence.module.css";

export type TakenOrder = { readonly orderId: string; readonly unit: string; readonly linkFailed: boolean };

export function Taken({ taken, onNext }: { taken: TakenOrder; onNext: () => void }) {
  const { t } = useTranslation(["desk", "work-order"]);
  const say = useBilingual();
  const { orderId, unit, linkFailed } = taken;
  const order = useOperation(workOrderOperations.readOrder, { params: { orderId } });
  return (
    <Section title={t("taken.title")}>
      <div className={styles.taken} role="status">
        <p className={styles.number}>
          <OrderNumber orderId={orderId} />
        </p>
        <p>{t("taken.unit", { unit })}</p>
        <Answer of={order} lines={3}>
          {({ clocks }) => {
            const [first] = sortClocks(clocks).live;
            return (
              <>
                {first?.dueAt && (
                  <p>
                    {t("taken.first", { what: say(first.title) })} <InstantText end at={first.dueAt} /> <LiveChip clock={first} />
                  </p>
                )}
                <Sentence unit={unit} clocks={clocks} />
              </>
            );
          }}
        </Answer>
        {linkFailed && <Notice tone="caution">{t("work-order:hint.linkFailed")}</Notice>}
        <p className={styles.line}>
          {/* The keyboard stands here: Enter begins the next call. */}
          <Button type="primary" autoFocus onClick={onNext} aria-keyshortcuts="F2">
            {t("taken.next")}
          </Button>
          <kbd>↵</kbd>
          <Link to="/orders/$orderId" params={{ orderId }}>
            {t("taken.open")}
          </Link>
        </p>
      </div>
    </Section>
  );
}
