// Another call, and drafts that were put aside: offered, never forced upon whoever is writing.
import type { CallRow } from "@bihuan/contract/call.ts";
import { Button } from "antd";
import { useTranslation } from "react-i18next";
import { Icon } from "../../../ui/icon.tsx";
import { useKeys } from "../../../ui/keys.ts";
import type { Draft } from "../draft/draft.ts";
import { CallTimer } from "./caller-bar.tsx";
import styles from "./call.module.css";

export function Offers(props: {
  waiting: readonly CallRow[];
  aside: readonly Draft[];
  onAnswer: (call: CallRow) => void;
  onTakeUp: (draft: Draft) => void;
  onDiscard: (draft: Draft) => void;
}) {
  const { t } = useTranslation("desk");
  const { waiting, aside } = props;
  const [call] = waiting;
  const [draft] = aside;
  useKeys({
    F4: {
      does: t("keys.answer"),
      run: (event) => {
        event.preventDefault();
        if (call) props.onAnswer(call);
      },
    },
    F9: {
      does: t("keys.takeUp"),
      run: (event) => {
        event.preventDefault();
        if (draft) props.onTakeUp(draft);
      },
    },
  });
  if (!call && !draft) return null;
  return (
    <ul className={styles.offers} aria-label={t("offers.title")} aria-live="polite">
      {waiting.map((one, at) => (
        <li key={one.callNo} className={styles.offer}>
          <strong>{t("offers.call", { phone: one.phone ?? t("call.withheld") })}</strong>
          <CallTimer call={one} />
          <Button size="small" type="primary" onClick={() => props.onAnswer(one)}>
            {t("offers.answer")}
            {at === 0 && <kbd>F4</kbd>}
          </Button>
        </li>
      ))}
      {aside.map((one, at) => (
        <li key={one.id} className={styles.offer} data-kind="aside">
          <span>{t("offers.aside", { label: one.label || t("offers.unnamed") })}</span>
          <Button size="small" onClick={() => props.onTakeUp(one)}>
            {t("offers.takeUp")}
            {at === 0 && <kbd>F9</kbd>}
          </Button>
          <Button
            size="small"
            type="text"
            aria-label={t("offers.discard", { label: one.label })}
            onClick={() => props.onDiscard(one)}
          >
            <Icon name="close" size={14} />
          </Button>
        </li>
      ))}
    </ul>
  );
}
