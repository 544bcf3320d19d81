// At the foot of a telephone, under the thumb: what comes next, by when, the camera, and everything else.
import type { FlowView } from "@bihuan/contract/flow.ts";
import type { AllowedAction, OrderView } from "@bihuan/contract/work-order.ts";
import { Button } from "antd";
import { useEffect, useState } from "react";
import { useTranslation } from "react-i18next";
import { LiveChip } from "../../../clock/live-chip.tsx";
import { useBilingual } from "../../../platform/language.ts";
import { Icon } from "../../../ui/icon.tsx";
import { Sheet } from "../../../ui/sheet.tsx";
import { Failure } from "../../../ui/states.tsx";
import { Actions } from "../acts/actions.tsx";
import { useActOnOrder } from "../acts/use-act-on-order.ts";
import { asksNothing, whatNext } from "../acts/what-next.ts";
import { ActionForm, type Opened } from "../form/action-form.tsx";
import { PhotoButton } from "../photos/photo-button.tsx";
import { usePhotos } from "../photos/use-photos.ts";
import styles from "./phone-bar.module.css";

/** So many of the next steps stand side by side; all of them are behind the other actions. */
const shownAtOnce = 2;

export function PhoneBar({ order, flows }: { order: OrderView; flows: readonly FlowView[] }) {
  const { t } = useTranslation("work-order");
  const say = useBilingual();
  const [opened, setOpened] = useState<Opened | "all" | null>(null);
  const { send, sent, error, reset } = useActOnOrder(order);
  const { waiting } = usePhotos(order.orderId);
  const actions = order.actions.filter(({ key }) => key !== "attach");
  const { next } = whatNext(actions, order.clocks, flows.find(({ id }) => id === order.flow) ?? null);
  const first = next[0];
  const mayAttach = actions.length < order.actions.length;
  const isEmpty = actions.length === 0 && order.withheld.length === 0 && !mayAttach;
  useFoot(!isEmpty);
  if (isEmpty) return null;
  const open = (action: AllowedAction): void => {
    reset();
    setOpened({ action, seenSeq: Math.max(0, ...order.events.map(({ seq }) => seq)) });
  };
  const close = (): void => setOpened(null);
  return (
    <>
      <section className={styles.bar} aria-label={t("actions")}>
        {error && <Failure error={error} />}
        {first?.clock && (
          <p className={styles.by}>
            <LiveChip clock={first.clock} /> <span className="muted">{say(first.clock.title)}</span>
          </p>
        )}
        <div className={styles.buttons}>
          {mayAttach && (
            <span className={styles.camera}>
              <PhotoButton orderId={order.orderId} iconOnly />
              {waiting.length > 0 && (
                <span className={styles.count} aria-hidden="true">
                  {waiting.length}
                </span>
              )}
            </span>
          )}
          <Button
            {...(first ? { "aria-label": t("moreActions"), title: t("moreActions") } : { className: styles.next ?? "" })}
            icon={<Icon name="more" size={20} />}
            onClick={() => {
              reset();
              setOpened("all");
            }}
          >
            {first ? null : t("moreActions")}
          </Button>
          {/* The tightest first, under the thumb: on the right. */}
          {next
            .slice(0, shownAtOnce)
            .reverse()
            .map(({ action }) => (
              <Button
                key={action.key}
                type={action === first?.action ? "primary" : "default"}
                className={styles.next ?? ""}
                loading={sent === action.key}
                onClick={() => (asksNothing(action) ? send(action, {}) : open(action))}
              >
                {say(action.title)}
              </Button>
            ))}
        </div>
      </section>
      <Sheet
        open={opened !== null}
        onClose={close}
        title={opened === "all" || opened === null ? t("actions") : say(opened.action.title)}
      >
        {opened === "all" ? (
          <Actions order={order} flows={flows} />
        ) : (
          opened && <ActionForm key={opened.action.key} order={order} opened={opened} flows={flows} onClose={close} headless />
        )}
      </Sheet>
    </>
  );
}

/** What floats over the page stands above the bar. */
function useFoot(stands: boolean): void {
  useEffect(() => {
    if (!stands) return;
    const { style } = document.documentElement;
    style.setProperty("--foot", "96px");
    return () => {
      style.removeProperty("--foot");
    };
  }, [stands]);
}
