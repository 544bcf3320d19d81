// What this person may do with the order now: first what the flow and its clocks ask for, then the rest, then what a rule forbids
// just now. The keys 1 to 9 reach the first ones.
import type { FlowView } from "@bihuan/contract/flow.ts";
import { type AllowedAction, type ClockView, type OrderView, workOrderOperations } from "@bihuan/contract/work-order.ts";
import { useQueryClient } from "@tanstack/react-query";
import { Button, Dropdown } from "antd";
import { useEffect, useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import { LiveChip } from "../../../clock/live-chip.tsx";
import { useRoleName } from "../../../flow/use-role-name.ts";
import { useBilingual } from "../../../platform/language.ts";
import { operationKey } from "../../../platform/query.ts";
import { nowMs } from "../../../platform/time.ts";
import { useKeys } from "../../../ui/keys.ts";
import { Failure } from "../../../ui/states.tsx";
import { InstantText } from "../../../ui/time.tsx";
import { ActionForm, type Opened } from "../form/action-form.tsx";
import styles from "./actions.module.css";
import { useActOnOrder } from "./use-act-on-order.ts";
import { whatToDo } from "./what-to-do.ts";
import { asksNothing, type Offer, whatNext } from "./what-next.ts";

/** So many other buttons stand side by side; the rest are in the menu behind them. */
const shownAtOnce = 5;

export function Actions({ order, flows }: { order: OrderView; flows: readonly FlowView[] }) {
  const { t } = useTranslation("work-order");
  const say = useBilingual();
  const [opened, setOpened] = useState<Opened | null>(null);
  const frame = useRef<HTMLDivElement>(null);
  const { send, sent, error, reset } = useActOnOrder(order);
  useRefreshWhenLifted(order);
  // Files have a place of their own on the page.
  const actions = order.actions.filter(({ key }) => key !== "attach");
  const { next, others } = whatNext(actions, order.clocks, flows.find(({ id }) => id === order.flow) ?? null);

  const open = (action: AllowedAction): void => {
    reset();
    setOpened({ action, seenSeq: Math.max(0, ...order.events.map(({ seq }) => seq)) });
  };
  // Closed, the form leaves the focus where the next action will stand.
  const close = (): void => {
    setOpened(null);
    requestAnimationFrame(() => frame.current?.focus());
  };
  const reach = (action: AllowedAction, place: number): void =>
    asksNothing(action) ? frame.current?.querySelectorAll<HTMLElement>("[data-next]")[place]?.focus() : open(action);
  useKeys(
    Object.fromEntries(
      next.slice(0, 9).map(({ action }, place) => [
        String(place + 1),
        {
          does: say(action.title),
          act: true,
          run: (event: KeyboardEvent) => {
            event.preventDefault();
            reach(action, place);
          },
        },
      ]),
    ),
    opened === null,
  );

  return (
    <div ref={frame} tabIndex={-1} className={styles.panel}>
      {opened ? (
        <ActionForm key={opened.action.key} order={order} opened={opened} flows={flows} onClose={close} />
      ) : (
        <>
          {next.length > 0 && (
            <ol className={styles.next}>
              {next.map((offer, place) => (
                <NextAction
                  key={offer.action.key}
                  offer={offer}
                  place={place}
                  pending={sent === offer.action.key}
                  onDo={() => (asksNothing(offer.action) ? send(offer.action, {}) : open(offer.action))}
                  onNote={() => open(offer.action)}
                />
              ))}
            </ol>
          )}
          {error && <Failure error={error} />}
          {next.length === 0 && <Waiting order={order} flows={flows} />}
          <OtherActions actions={others} onChoose={open} />
          {order.withheld.length > 0 && <Withheld order={order} />}
          {order.requests.length > 0 && !next.some(({ action }) => action.key === "decide") && (
            <p className="muted">
              {t("requestsWait", { kinds: order.requests.map(({ kind }) => t(`request.${kind}`)).join(t("separator")) })}
            </p>
          )}
        </>
      )}
      <span className="visually-hidden" role="status">
        {sent && say(order.actions.find(({ key }) => key === sent)?.title ?? { zh: "", en: "" })}
      </span>
    </div>
  );
}

/** One thing to do, with the clock that it stops: by when, and why. Where nothing has to be filled in, one stroke does it. */
function NextAction(props: {
  offer: Offer<AllowedAction, ClockView>;
  place: number;
  pending: boolean;
  onDo: () => void;
  onNote: () => void;
}) {
  const { t } = useTranslation("work-order");
  const say = useBilingual();
  const { action, clock } = props.offer;
  return (
    <li className={styles.offer}>
      <Button
        data-next
        type={action.tone === "primary" ? "primary" : "default"}
        loading={props.pending}
        onClick={props.onDo}
        {...(props.place < 9 ? { "aria-keyshortcuts": String(props.place + 1) } : {})}
      >
        {say(action.title)}
      </Button>
      {props.place < 9 && <kbd aria-hidden="true">{props.place + 1}</kbd>}
      {clock && (
        <div className={styles.by}>
          <LiveChip clock={clock} />
          <span className={styles.why}>
            {say(clock.title)}
            {clock.dueAt && (
              <>
                {" · "}
                <InstantText end at={clock.dueAt} />
              </>
            )}
          </span>
        </div>
      )}
      {asksNothing(action) && (
        <Button type="link" size="small" className={styles.note ?? ""} onClick={props.onNote}>
          {t("withNote")}
        </Button>
      )}
    </li>
  );
}

function OtherActions({ actions, onChoose }: { actions: readonly AllowedAction[]; onChoose: (action: AllowedAction) => void }) {
  const { t } = useTranslation("work-order");
  const say = useBilingual();
  if (actions.length === 0) return null;
  // What ends the order is never in the way.
  const common = actions.filter(({ tone }) => tone !== "danger");
  const shown = common.slice(0, shownAtOnce);
  const behind = actions.filter((action) => !shown.includes(action));
  return (
    <div className={styles.others}>
      {shown.map((action) => (
        <Button key={action.key} onClick={() => onChoose(action)}>
          {say(action.title)}
        </Button>
      ))}
      {behind.length > 0 && (
        <Dropdown
          trigger={["click"]}
          menu={{
            items: behind.map((action) => ({
              key: action.key,
              label: say(action.title),
              danger: action.tone === "danger",
              onClick: () => onChoose(action),
            })),
          }}
        >
          <Button>{t("moreActions")}</Button>
        </Dropdown>
      )}
    </div>
  );
}

/** Nothing asks for this person: who has to act instead. */
function Waiting({ order, flows }: { order: OrderView; flows: readonly FlowView[] }) {
  const { t } = useTranslation("work-order");
  const say = useBilingual();
  const roleName = useRoleName();
  const step = flows.find(({ id }) => id === order.flow)?.steps.find(({ key }) => key === order.step);
  return (
    <>
      {order.actions.length === 0 && <p className="muted">{t("noActions")}</p>}
      {step && order.status === "OPEN" && order.withheld.length === 0 && (
        <p className="secondary">
          {t("waitsFor", {
            step: say(step.title),
            unit: order.unit.name,
            who: order.holder?.name ?? step.by.map(roleName).join(t("separator")),
          })}
        </p>
      )}
    </>
  );
}

/** What a rule forbids just now, and from when on it is allowed. */
function Withheld({ order }: { order: OrderView }) {
  const { t } = useTranslation("work-order");
  const say = useBilingual();
  return (
    <section className={styles.withheld} aria-label={t("withheld.title")}>
      <h3>{t("withheld.title")}</h3>
      <ul>
        {order.withheld.map(({ key, title, refusal }) => (
          <li key={key}>
            <strong>{say(title)}</strong>
            <span>
              {say(refusal.titles)}
              {refusal.untilAt && (
                <span>
                  {t("withheld.and")}
                  {t("withheld.from")} <InstantText at={refusal.untilAt} />
                </span>
              )}
            </span>
            {!refusal.untilAt && <span className="muted">{say(whatToDo(refusal.details))}</span>}
          </li>
        ))}
      </ul>
    </section>
  );
}

/** What time alone lifts is asked for again when its time has come. */
function useRefreshWhenLifted({ orderId, withheld }: OrderView): void {
  const client = useQueryClient();
  const lifts = withheld.flatMap(({ refusal }) => (refusal.untilAt ? [Date.parse(refusal.untilAt)] : []));
  const first = lifts.length > 0 ? Math.min(...lifts) : null;
  useEffect(() => {
    if (first === null) return;
    // A second later, so that it is over by the server's clock too; a day at most, as far as timers reach.
    const timer = setTimeout(
      () =>
        void client.invalidateQueries({
          queryKey: operationKey(workOrderOperations.readOrder, { params: { orderId } }),
        }),
      Math.min(Math.max(first - nowMs(), 0) + 1_000, 86_400_000),
    );
    return () => clearTimeout(timer);
  }, [client, orderId, first]);
}
