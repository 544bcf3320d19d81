// Finding the customer: one box for number, name, address and telephone. The arrow keys choose among what was found, Enter takes it.
import { type AccountRow, customerOperations } from "@bihuan/contract/customer.ts";
import { customerCategoryTitles, specialNeedTitles } from "@bihuan/core/customer/codes.ts";
import { Button } from "antd";
import { type KeyboardEvent, useEffect, useId, useState } from "react";
import { useTranslation } from "react-i18next";
import { useBilingual } from "../platform/language.ts";
import { useOperation } from "../platform/query.ts";
import { useDebounced } from "../ui/debounce.ts";
import { Icon } from "../ui/icon.tsx";
import { Tag } from "../ui/page.tsx";
import { Failure } from "../ui/states.tsx";
import { TextInput } from "../ui/text-input.tsx";
import styles from "./account-search.module.css";

type Props = {
  readonly chosen: AccountRow | null;
  readonly onChoose: (row: AccountRow | null) => void;
  /** Enter where no customer was found or asked for: the demand goes on without one. In: what was typed. */
  readonly onPass: (words: string) => void;
};

/** Numbers are found by four of their digits, names by their first character or two initials. */
const isEnough = (words: string): boolean => (/^[\d-]+$/.test(words) ? words.length >= 4 : /\p{Script=Han}|../u.test(words));
const none: readonly AccountRow[] = [];

export function AccountSearch({ chosen, onChoose, onPass }: Props) {
  return chosen ? <ChosenAccount row={chosen} onChange={() => onChoose(null)} /> : <Search onChoose={onChoose} onPass={onPass} />;
}

function Search({ onChoose, onPass }: Pick<Props, "onChoose" | "onPass">) {
  const { t } = useTranslation("customer");
  const id = useId();
  const [words, setWords] = useState("");
  const [active, setActive] = useState(0);
  const [hurried, setHurried] = useState(false);
  const typed = words.trim();
  const text = useDebounced(typed, 150);
  const found = useOperation(customerOperations.searchCustomers, { body: { text, limit: 8 } }, { enabled: isEnough(text) });
  const rows = (isEnough(typed) && isEnough(text) && found.data?.rows) || none;
  // What is shown answers what is typed: only then does Enter take something.
  const answered = !isEnough(typed) || (text === typed && (found.data !== undefined || found.error !== null));

  // Enter pressed before the answer came: the only one found is taken, several are left to choose from.
  useEffect(() => {
    if (!hurried || !answered) return;
    setHurried(false);
    const [first, second] = rows;
    if (first && !second) onChoose(first);
    else if (!first && !found.error) onPass(typed);
  }, [hurried, answered, rows, found.error, typed, onChoose, onPass]);

  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.nativeEvent.isComposing || event.ctrlKey || event.metaKey) return;
    if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      event.preventDefault();
      if (rows.length > 0) setActive((active + (event.key === "ArrowDown" ? 1 : rows.length - 1)) % rows.length);
    } else if (event.key === "Enter") {
      event.preventDefault();
      const row = rows[active];
      if (!answered) setHurried(true);
      else if (row) onChoose(row);
      else if (!found.error && (typed === "" || isEnough(typed))) onPass(typed);
    }
  };
  return (
    <div className={styles.search}>
      <TextInput
        autoFocus
        role="combobox"
        aria-expanded={rows.length > 0}
        aria-controls={id}
        aria-autocomplete="list"
        aria-activedescendant={rows.length > 0 ? `${id}-${active}` : undefined}
        autoComplete="off"
        value={words}
        onChange={(event) => {
          setWords(event.target.value);
          setActive(0);
        }}
        onKeyDown={onKeyDown}
        prefix={<Icon name="search" size={16} />}
        placeholder={t("search.placeholder")}
        aria-label={t("search.label")}
      />
      {found.error && <Failure error={found.error} onRetry={() => void found.refetch()} />}
      <div id={id} className={styles.found} role="listbox" aria-label={t("title")} hidden={rows.length === 0}>
        {rows.map((row, at) => (
          <button
            key={row.accountNo}
            id={`${id}-${at}`}
            type="button"
            role="option"
            tabIndex={-1}
            aria-selected={at === active}
            className={styles.row}
            onMouseDown={(event) => event.preventDefault()}
            onClick={() => onChoose(row)}
          >
            <strong>{row.customerName}</strong> <code>{row.accountNo}</code> <Marks row={row} />
            <span className={styles.note}>{[row.address, row.phone, row.unit.name].filter(Boolean).join(" · ")}</span>
          </button>
        ))}
      </div>
      {isEnough(typed) && answered && found.data && rows.length === 0 && (
        <p className="muted" role="status">
          {t("search.none")}
        </p>
      )}
    </div>
  );
}

/** What the agent must not overlook. */
function Marks({ row }: { row: AccountRow }) {
  const { t } = useTranslation("customer");
  const say = useBilingual();
  return (
    <>
      {row.importance !== "ORDINARY" && <Tag tone="strong">{t(`importance.${row.importance}`)}</Tag>}{" "}
      {row.specialNeeds.map((need) => (
        <Tag key={need} tone="caution">
          {say(specialNeedTitles[need])}
        </Tag>
      ))}
    </>
  );
}

/** Who it is, in two lines. */
function ChosenAccount({ row, onChange }: { row: AccountRow; onChange: () => void }) {
  const { t } = useTranslation("customer");
  const say = useBilingual();
  const area = row.transformerArea?.name;
  return (
    <div className={styles.chosen}>
      <div className={styles.chosenHead}>
        <strong>{row.customerName}</strong>
        <code>{row.accountNo}</code>
        <Marks row={row} />
        <Button size="small" type="link" onClick={onChange}>
          {t("search.another")}
        </Button>
      </div>
      <p className={styles.facts}>
        {[
          say(customerCategoryTitles[row.category]),
          row.address,
          row.phone,
          area ? `${area} (${t(`areaClass.${row.areaClass}`)})` : t(`areaClass.${row.areaClass}`),
          row.unit.name,
        ]
          .filter(Boolean)
          .join(" · ")}
      </p>
    </div>
  );
}
