// The line above everything: who is on the telephone, how long already, and what nobody may overlook about them.
import type { CallView } from "@bihuan/contract/call.ts";
import type { DeskCard } from "@bihuan/contract/desk-intake.ts";
import { areaClassTitles, customerCategoryTitles, importanceTitles, specialNeedTitles } from "@bihuan/core/customer/codes.ts";
import { useTranslation } from "react-i18next";
import { useBilingual } from "../../../platform/language.ts";
import { useNow } from "../../../platform/ticker.ts";
import { Icon } from "../../../ui/icon.tsx";
import styles from "./call.module.css";
import { talkText } from "./talk-text.ts";

export function CallTimer({ call }: { call: Pick<CallView, "startedAt" | "endedAt"> }) {
  const { t } = useTranslation("desk");
  const now = useNow();
  const endMs = call.endedAt === null ? now : Date.parse(call.endedAt);
  return (
    <span className={styles.timer} data-over={call.endedAt !== null}>
      <Icon name="phone" size={16} />
      <span className={styles.figure}>{talkText(endMs - Date.parse(call.startedAt))}</span>
      {t(call.endedAt === null ? "call.talking" : "call.over")}
    </span>
  );
}

export function CallerBar(props: {
  call: CallView | undefined;
  card: DeskCard | undefined;
  account: DeskCard["accounts"][number] | undefined;
}) {
  const { t } = useTranslation("desk");
  const say = useBilingual();
  const { call, card, account } = props;
  const area = account?.transformerArea
    ? t("who.inArea", { area: account.transformerArea.name, areaClass: say(areaClassTitles[account.areaClass]) })
    : account && say(areaClassTitles[account.areaClass]);
  const facts = [card?.name, account && say(customerCategoryTitles[account.category]), area].filter(Boolean);
  const grave = card !== undefined && (card.importance !== "ORDINARY" || card.specialNeeds.length > 0);
  return (
    <section className={styles.caller} aria-label={t("call.caller")}>
      <p className={styles.line}>
        {call && <strong className={styles.number}>{t("call.from", { phone: call.phone ?? t("call.withheld") })}</strong>}
        {facts.length > 0 ? (
          facts.map((fact) => <span key={fact}>{fact}</span>)
        ) : (
          <span className="muted">{t(call ? "call.nobodyYet" : "call.idle")}</span>
        )}
      </p>
      {grave && (
        <p className={styles.grave} role="status">
          <Icon name="warning" size={18} />
          {card.importance !== "ORDINARY" && (
            <strong>{t("who.important", { what: say(importanceTitles[card.importance]) })}</strong>
          )}
          {card.specialNeeds.map(({ kind, note }) => (
            <span key={kind}>
              <strong>{say(specialNeedTitles[kind])}</strong>
              {note && ` ${note}`}
            </span>
          ))}
        </p>
      )}
      {call && <CallTimer call={call} />}
    </section>
  );
}
