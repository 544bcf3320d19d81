// Orders that may be the same matter: rather open that one than take a second one in.
import { type OrderHint, workOrderOperations } from "@bihuan/contract/work-order.ts";
import { Link } from "@tanstack/react-router";
import { Checkbox } from "antd";
import { useTranslation } from "react-i18next";
import { RowChip } from "../../clock/live-chip.tsx";
import { useOperation } from "../../platform/query.ts";
import { useDebounced } from "../../ui/debounce.ts";
import { InstantText } from "../../ui/time.tsx";
import styles from "./hints.module.css";
import type { OrderWords } from "../list/order-table.tsx";

export type Matter = {
  readonly deskUnitId: number;
  readonly customerId?: string | null;
  readonly accountNo?: string | null;
  readonly phone?: string | null;
  readonly address?: string | null;
  readonly transformerArea?: string | null;
};

/** Orders of the last thirty days that share the customer, a number, the address or the transformer area. */
export function useHints(matter: Matter): readonly OrderHint[] {
  const asked = useDebounced(JSON.stringify(matter), 400);
  const body = JSON.parse(asked) as Matter;
  const says = Boolean(body.customerId || body.accountNo || body.phone || body.address || body.transformerArea);
  const query = useOperation(workOrderOperations.intakeHints, { body }, { enabled: says, keepPrevious: true });
  return says ? (query.data?.hints ?? []) : [];
}

export function Hints(props: {
  hints: readonly OrderHint[];
  words: OrderWords;
  linked: readonly string[];
  onLink: (orderId: string, linked: boolean) => void;
}) {
  const { t } = useTranslation("work-order");
  return (
    <ul className={styles.hints}>
      {props.hints.map((hint) => (
        <li key={hint.orderId} className={styles.hint}>
          <div className={styles.line}>
            {hint.open ? (
              <Link
                className={styles.title}
                to="/orders/$orderId"
                params={{ orderId: hint.orderId }}
                target="_blank"
                title={hint.title}
              >
                {hint.title}
              </Link>
            ) : (
              <span className={styles.title}>{t("hint.elsewhere")}</span>
            )}
            {(hint.status === "OPEN" || hint.status === "SUSPENDED") && (
              <RowChip row={{ status: hint.status, dueAt: hint.dueAt, dueFrom: hint.intakeAt, missed: 0, missedInternal: 0 }} />
            )}
          </div>
          <p className={styles.facts}>
            {[
              props.words.flow(hint.flow),
              hint.step === null ? t(`status.${hint.status}`) : props.words.step(hint.flow, hint.step),
              hint.unit.name,
            ].join(" · ")}{" "}
            · <InstantText at={hint.intakeAt} />
          </p>
          <div className={styles.line}>
            <span className={styles.because}>
              {t("hint.same", { what: hint.because.map((reason) => t(`hint.because.${reason}`)).join(t("separator")) })}
            </span>
            {hint.open && (
              <Checkbox
                checked={props.linked.includes(hint.orderId)}
                onChange={(event) => props.onLink(hint.orderId, event.target.checked)}
              >
                {t("hint.link")}
              </Checkbox>
            )}
          </div>
        </li>
      ))}
    </ul>
  );
}
