// Finding the customer: one box for number, name, address and telephone; the arrow keys choose among what was found.
import { type AccountRow, customerOperations } from "@bihuan/contract/customer.ts";
import { customerCategoryTitles, specialNeedTitles } from "@bihuan/core/customer/codes.ts";
import { Button } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { useBilingual } from "../platform/language.ts";
import { useOperation } from "../platform/query.ts";
import { useDebounced } from "../ui/debounce.ts";
import { Facts, Tag } from "../ui/page.tsx";
import { Failure } from "../ui/states.tsx";
import { TextInput } from "../ui/text-input.tsx";
import styles from "./account-search.module.css";

export function AccountSearch({ chosen, onChoose }: { chosen: AccountRow | null; onChoose: (row: AccountRow | null) => void }) {
  const { t } = useTranslation("customer");
  const [words, setWords] = useState("");
  const text = useDebounced(words.trim());
  const found = useOperation(
    customerOperations.searchCustomers,
    { body: { text, limit: 8 } },
    { enabled: text.length >= 2 && chosen === null },
  );
  if (chosen) return <ChosenAccount row={chosen} onChange={() => onChoose(null)} />;
  const rows = text.length >= 2 ? (found.data?.rows ?? []) : [];
  return (
    <div className={styles.search}>
      <TextInput
        value={words}
        onChange={(event) => setWords(event.target.value)}
        onPressEnter={(event) => {
          event.preventDefault();
          if (rows[0]) onChoose(rows[0]);
        }}
        placeholder={t("search.placeholder")}
        aria-label={t("search.label")}
      />
      {found.error && <Failure error={found.error} />}
      {rows.length > 0 && (
        <ul className={styles.found}>
          {rows.map((row) => (
            <li key={row.accountNo}>
              <button type="button" className={styles.row} onClick={() => onChoose(row)}>
                <strong>{row.customerName}</strong> <code>{row.accountNo}</code>
                <span className={styles.note}>{[row.address, row.phone, row.unit.name].filter(Boolean).join(" · ")}</span>
              </button>
            </li>
          ))}
        </ul>
      )}
      {text.length >= 2 && found.data && rows.length === 0 && <p className="muted">{t("search.none")}</p>}
    </div>
  );
}

/** Who it is, with what the agent must not overlook. */
function ChosenAccount({ row, onChange }: { row: AccountRow; onChange: () => void }) {
  const { t } = useTranslation("customer");
  const say = useBilingual();
  return (
    <div className={styles.chosen}>
      <div className={styles.chosenHead}>
        <strong>{row.customerName}</strong>
        <code>{row.accountNo}</code>
        {row.importance !== "ORDINARY" && <Tag tone="strong">{t(`importance.${row.importance}`)}</Tag>}
        {row.specialNeeds.map((need) => (
          <Tag key={need} tone="caution">
            {say(specialNeedTitles[need])}
          </Tag>
        ))}
        <Button size="small" type="link" onClick={onChange}>
          {t("search.another")}
        </Button>
      </div>
      <Facts
        rows={[
          [t("account.category"), say(customerCategoryTitles[row.category])],
          [t("account.address"), row.address],
          [t("account.area"), row.transformerArea && `${row.transformerArea.name} (${t(`areaClass.${row.areaClass}`)})`],
          [t("account.unit"), row.unit.name],
          [t("contact.phone"), row.phone],
        ]}
      />
    </div>
  );
}
