// The middle column: what is known already. An order under way is told, urged or linked, so that no second one is opened.
import type { DeskCard, OpenOrder } from "@bihuan/contract/desk-intake.ts";
import { Link } from "@tanstack/react-router";
import { Checkbox } from "antd";
import { useTranslation } from "react-i18next";
import { RowChip } from "../../../clock/live-chip.tsx";
import type { FlowWords } from "../../../flow/use-flows.ts";
import { useBilingual } from "../../../platform/language.ts";
import { Section, Tag } from "../../../ui/page.tsx";
import { InstantText } from "../../../ui/time.tsx";
import { Hints } from "../../../work-order/intake/hints.tsx";
import { Arrears, owing } from "./arrears.tsx";
import styles from "./known.module.css";
import { UrgeButton, type Urging } from "./urge.tsx";

export function Known(props: {
  card: DeskCard;
  words: FlowWords;
  urging: Urging;
  linked: readonly string[];
  onLink: (orderId: string, on: boolean) => void;
}) {
  const { t } = useTranslation(["desk", "work-order"]);
  const { card, words, urging, linked, onLink } = props;
  return (
    <Section title={t("known.title")}>
      <div className={styles.parts}>
        {card.outages.length > 0 && <Outages card={card} />}
        {owing(card).length > 0 && <Arrears card={card} />}
        <div className={styles.part}>
          <h3>{t("known.openOrders", { count: card.openOrders.length + card.openOrdersMore })}</h3>
          {card.openOrders.length === 0 && <p className="muted">{t("known.noOpenOrders")}</p>}
          <ul className={styles.orders}>
            {card.openOrders.map((open, at) => (
              <OrderUnderWay
                key={open.order.orderId}
                open={open}
                words={words}
                urging={urging}
                isFirst={at === 0}
                linked={linked.includes(open.order.orderId)}
                onLink={(on) => onLink(open.order.orderId, on)}
              />
            ))}
          </ul>
          {card.openOrdersMore > 0 && (
            <Link to="/orders" search={{ customer: card.customerId }} target="_blank">
              {t("known.more", { count: card.openOrdersMore })}
            </Link>
          )}
        </div>
        {card.hints.length > 0 && (
          <div className={styles.part}>
            <h3>{t("known.repeats", { count: card.hints.length, days: card.hintsWithinDays })}</h3>
            <Hints hints={card.hints} words={words} linked={linked} onLink={onLink} />
          </div>
        )}
        {/* What there is nothing of is said too, after what there is. */}
        {owing(card).length === 0 && <Arrears card={card} />}
        {card.outages.length === 0 && <Outages card={card} />}
      </div>
    </Section>
  );
}

function OrderUnderWay(props: {
  open: OpenOrder;
  words: FlowWords;
  urging: Urging;
  isFirst: boolean;
  linked: boolean;
  onLink: (on: boolean) => void;
}) {
  const { t } = useTranslation(["desk", "work-order"]);
  const say = useBilingual();
  const { open, words } = props;
  const { order } = open;
  return (
    <li className={styles.order}>
      <div className={styles.line}>
        <Link
          to="/orders/$orderId"
          params={{ orderId: order.orderId }}
          target="_blank"
          className={styles.title}
          title={order.title}
        >
          {order.title || words.flow(order.flow)}
        </Link>
        <RowChip row={order} />
      </div>
      <p className={styles.facts}>
        {[words.flow(order.flow), words.step(order.flow, order.step), order.unit.name].join(" · ")} ·{" "}
        <InstantText at={order.intakeAt} /> {order.urges > 0 && <Tag>{t("work-order:mark.urged", { count: order.urges })}</Tag>}
      </p>
      <p className={styles.tell}>
        <span className={styles.tellMark}>{t("known.tell")}</span>
        {say(open.progress)}
      </p>
      <div className={styles.acts}>
        <UrgeButton open={open} urging={props.urging} isFirst={props.isFirst} />
        <Checkbox checked={props.linked} onChange={(event) => props.onLink(event.target.checked)}>
          {t("work-order:hint.link")}
        </Checkbox>
      </div>
    </li>
  );
}

function Outages({ card }: { card: DeskCard }) {
  const { t } = useTranslation("desk");
  const say = useBilingual();
  if (card.outages.length === 0)
    return (
      <div className={styles.part}>
        <h3>{t("known.outages")}</h3>
        <p className="muted">{t("known.noOutages")}</p>
      </div>
    );
  return (
    <div className={styles.part}>
      <h3>{t("known.outages")}</h3>
      <ul className={styles.orders}>
        {card.outages.map(({ outageId, kind, title, from, until, cause, told }) => (
          <li key={outageId} className={styles.order}>
            <div className={styles.line}>
              <Tag tone="strong">{t(`known.outageKind.${kind}`)}</Tag>
              <span className={styles.title}>{say(title)}</span>
            </div>
            <p className={styles.facts}>
              <InstantText at={from} /> – {until ? <InstantText end at={until} /> : t("known.untilUnknown")}
              {cause && ` · ${say(cause)}`}
            </p>
            <p className={styles.tell}>
              <span className={styles.tellMark}>{t("known.tell")}</span>
              {say(told)}
            </p>
          </li>
        ))}
      </ul>
    </div>
  );
}
