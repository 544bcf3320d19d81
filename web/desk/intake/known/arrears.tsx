// What is owed, as the billing system said last: a cut supply and a cut wire are told apart by it.
import type { DeskCard } from "@bihuan/contract/desk-intake.ts";
import { useTranslation } from "react-i18next";
import { useLanguage } from "../../../platform/language.ts";
import { readableDate } from "../../../ui/format.ts";
import { InstantText } from "../../../ui/time.tsx";
import styles from "./known.module.css";

/** Yuan and fen, `1,204.50`. */
const yuan = (fen: number): string => (fen / 100).toLocaleString("en-GB", { minimumFractionDigits: 2, maximumFractionDigits: 2 });

/** Of the account the matter is about; while that is not known, of every account that owes. */
export const owing = ({ accountNo: named, accounts }: DeskCard) =>
  accounts.flatMap(({ accountNo, arrears }) =>
    arrears && (named === null || named === accountNo) ? [{ accountNo, ...arrears }] : [],
  );

export function Arrears({ card }: { card: DeskCard }) {
  const { t } = useTranslation("desk");
  const language = useLanguage();
  return (
    <div className={styles.part}>
      <h3>{t("known.arrears")}</h3>
      {owing(card).length === 0 && <p className="muted">{t("known.noArrears")}</p>}
      {owing(card).map(({ accountNo, since, arrearsFen, asOf }) => (
        <p key={accountNo} className={styles.owing}>
          <strong>{arrearsFen === null ? t("known.owes") : t("known.owesSum", { yuan: yuan(arrearsFen) })}</strong>
          {card.accountNo === null && <code>{accountNo}</code>}
          {since && <span>{t("known.owesSince", { date: readableDate(since, language) })}</span>}
          <span className="muted">
            {t("known.asOf")} <InstantText at={asOf} />
          </span>
        </p>
      ))}
    </div>
  );
}
