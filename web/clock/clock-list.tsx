// The clocks of an order: what runs, how long still, who set the limit; each opens its explanation.
import type { ClockView } from "@bihuan/contract/work-order.ts";
import { limitText } from "@bihuan/core/clock/duration-text.ts";
import { Popover } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { useBilingual } from "../platform/language.ts";
import { Tag } from "../ui/page.tsx";
import { Empty } from "../ui/states.tsx";
import { InstantText } from "../ui/time.tsx";
import { clockKey, sortClocks } from "./chip-of.ts";
import styles from "./clock-list.module.css";
import { ClockExplained } from "./explanation.tsx";
import { LiveChip } from "./live-chip.tsx";

/** `orderId` null: clocks of a preview, which no order has yet and nothing explains. */
export function ClockList({ orderId, clocks }: { orderId: string | null; clocks: readonly ClockView[] }) {
  const { t } = useTranslation("clock");
  const { live, finished } = sortClocks(clocks);
  const [showsFinished, setShowsFinished] = useState(live.length === 0);
  if (clocks.length === 0) return <Empty title={t("none")} />;
  const shown = showsFinished ? [...live, ...finished] : live;
  return (
    <>
      <ul className={styles.list}>
        {shown.map((clock) => (
          <ClockItem key={clockKey(clock)} orderId={orderId} clock={clock} />
        ))}
      </ul>
      {finished.length > 0 && live.length > 0 && (
        <button
          type="button"
          className={styles.more}
          onClick={() => setShowsFinished(!showsFinished)}
          aria-expanded={showsFinished}
        >
          {t(showsFinished ? "hideFinished" : "showFinished", { count: finished.length })}
        </button>
      )}
    </>
  );
}

function ClockItem({ orderId, clock }: { orderId: string | null; clock: ClockView }) {
  const { t } = useTranslation("clock");
  const say = useBilingual();
  const chip = <LiveChip clock={clock} />;
  return (
    <li className={styles.clock}>
      <span className={styles.title}>
        {say(clock.title)}
        {clock.round > 1 && <span className="muted"> {t("round", { round: clock.round })}</span>}
      </span>
      {orderId === null ? chip : <ExplainedChip orderId={orderId} clock={clock} />}
      <span className={styles.facts}>
        {t(`authority.${clock.authority}`)}
        {clock.amount !== null && clock.unit !== null && ` · ${say(limitText(clock.amount, clock.unit))}`}
        {clock.limitKind === "average" && ` · ${t("target")}`}
        {clock.dueAt && clock.status !== "superseded" && (
          <>
            {" · "}
            {t("due")} <InstantText end at={clock.dueAt} />
          </>
        )}{" "}
        {clock.dueBeforeExtensionAt && <Tag>{t("extended")}</Tag>}{" "}
        {clock.provisional && <Tag tone="caution">{t("provisional")}</Tag>}
      </span>
    </li>
  );
}

/** The chip opens the sum: what was counted, what was not, by which rule. */
export function ExplainedChip({ orderId, clock, large }: { orderId: string; clock: ClockView; large?: boolean }) {
  const [open, setOpen] = useState(false);
  return (
    <Popover
      open={open}
      onOpenChange={setOpen}
      trigger="click"
      placement="bottomRight"
      styles={{ container: { width: 560, maxWidth: "calc(100vw - 32px)" } }}
      destroyOnHidden
      content={<ClockExplained orderId={orderId} clock={clock} onClose={() => setOpen(false)} />}
    >
      <span>
        <LiveChip clock={clock} {...(large ? { large } : {})} onClick={() => undefined} />
      </span>
    </Popover>
  );
}
