// The clocks of an order: what runs, how long still, who set the limit; each opens its explanation.
import type { ClockView } from "@bihuan/contract/work-order.ts";
import { limitText } from "@bihuan/core/clock/duration-text.ts";
import { Modal, Popover } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { useBilingual } from "../platform/language.ts";
import { Tag } from "../ui/page.tsx";
import { Empty } from "../ui/states.tsx";
import { InstantText } from "../ui/time.tsx";
import { clockKey, oneOfEach, sortClocks } from "./chip-of.ts";
import styles from "./clock-list.module.css";
import { ClockExplained } from "./explanation.tsx";
import { LiveChip } from "./live-chip.tsx";

/** `orderId` null: clocks of a preview, which no order has yet and nothing explains. */
export function ClockList({ orderId, clocks }: { orderId: string | null; clocks: readonly ClockView[] }) {
  const { t } = useTranslation("clock");
  const { live, finished } = sortClocks(clocks);
  const [asked, setAsked] = useState(false);
  const [showsAlike, setShowsAlike] = useState(false);
  if (clocks.length === 0) return <Empty title={t("none")} />;
  // Where none runs any more, those that ran are the list.
  const showsFinished = asked || live.length === 0;
  const { first, alike } = oneOfEach(live);
  const running = showsAlike ? live : first;
  const shown = showsFinished ? [...running, ...finished] : running;
  return (
    <>
      <ul className={styles.list}>
        {shown.map((clock) => (
          <ClockItem key={clockKey(clock)} orderId={orderId} clock={clock} />
        ))}
      </ul>
      {alike > 0 && (
        <button type="button" className={styles.more} onClick={() => setShowsAlike(!showsAlike)} aria-expanded={showsAlike}>
          {t(showsAlike ? "hideAlike" : "showAlike", { count: alike })}
        </button>
      )}
      {finished.length > 0 && live.length > 0 && (
        <button type="button" className={styles.more} onClick={() => setAsked(!asked)} aria-expanded={showsFinished}>
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
        {clock.dueAt && clock.status !== "superseded" && clock.status !== "lapsed" && (
          <>
            {" · "}
            {t("due")} <InstantText end at={clock.dueAt} />
          </>
        )}{" "}
        {clock.dueBeforeExtensionAt && clock.dueBeforeExtensionAt !== clock.dueAt && <Tag>{t("extended")}</Tag>}{" "}
        {clock.provisional && <Tag tone="caution">{t("provisional")}</Tag>}
      </span>
    </li>
  );
}

/** Beside the chip, else wherever there is room; moved along rather than cut off. */
const beside = (points: readonly [string, string]) => ({
  points: [...points],
  offset: [0, 0],
  overflow: { adjustX: true, adjustY: true, shiftX: true, shiftY: true },
});
const placements = {
  leftTop: { ...beside(["tr", "tl"]), offset: [-8, 0] },
  bottomRight: { ...beside(["tr", "br"]), offset: [0, 4] },
};

/** The chip opens the sum: what was counted, what was not, by which rule. On a phone it takes the width of the screen. */
export function ExplainedChip({ orderId, clock, large }: { orderId: string; clock: ClockView; large?: boolean }) {
  const [open, setOpen] = useState(false);
  const say = useBilingual();
  const chip = (onClick: () => void) => <LiveChip clock={clock} {...(large ? { large } : {})} onClick={onClick} />;
  const content = <ClockExplained orderId={orderId} clock={clock} onClose={() => setOpen(false)} />;
  if (window.matchMedia("(max-width: 640px)").matches)
    return (
      <span className={styles.chip}>
        {chip(() => setOpen(true))}
        <Modal
          open={open}
          onCancel={() => setOpen(false)}
          footer={null}
          closable={false}
          centered
          destroyOnHidden
          width="calc(100vw - 16px)"
          aria-label={say(clock.title)}
        >
          {content}
        </Modal>
      </span>
    );
  return (
    <Popover
      open={open}
      onOpenChange={setOpen}
      trigger="click"
      arrow={false}
      placement={large ? "bottomRight" : "leftTop"}
      builtinPlacements={placements}
      styles={{ container: { boxSizing: "border-box", width: 584, maxWidth: "calc(100vw - 16px)" } }}
      destroyOnHidden
      content={content}
    >
      <span className={styles.chip}>{chip(() => undefined)}</span>
    </Popover>
  );
}

/** The clock that matters most, with what it times: a time alone does not say what is due. */
export function MainClock({ orderId, clock }: { orderId: string; clock: ClockView }) {
  const { t } = useTranslation("clock");
  const say = useBilingual();
  const isLive = clock.status === "running" || clock.status === "paused";
  return (
    <div className={styles.main}>
      <span className={styles.mainWhat}>
        {say(clock.title)}
        {isLive && clock.dueAt && (
          <>
            {" · "}
            {t("due")} <InstantText end at={clock.dueAt} />
          </>
        )}
      </span>
      <ExplainedChip large orderId={orderId} clock={clock} />
    </div>
  );
}
