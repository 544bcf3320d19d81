// One box for whatever a caller says: telephone, account, name, address, order number. The arrow keys choose among what was found,
// Enter takes it, also before it is shown.
import { deskIntakeOperations, type FoundAccount, type FoundOrder } from "@bihuan/contract/desk-intake.ts";
import { type KeyboardEvent, type RefObject, useEffect, useId, useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import { useOperation } from "../../../platform/query.ts";
import { useDebounced } from "../../../ui/debounce.ts";
import { Icon } from "../../../ui/icon.tsx";
import { Failure } from "../../../ui/states.tsx";
import { AccountFound, OrderFound } from "./found.tsx";
import styles from "./search-box.module.css";

export type Found =
  | { readonly kind: "account"; readonly row: FoundAccount }
  | { readonly kind: "order"; readonly row: FoundOrder };

/** Numbers are found by four of their digits, names by their first character or two initials. */
const isEnough = (words: string): boolean => (/^[\d\s-]+$/.test(words) ? words.length >= 4 : /\p{Script=Han}|../u.test(words));
const none: readonly Found[] = [];

export function SearchBox(props: {
  input: RefObject<HTMLInputElement | null>;
  autoFocus: boolean;
  /** A number that several customers have: it is looked for at once, and the agent asks whose it is. */
  proposed: string | null;
  onChoose: (found: Found) => void;
  /** Enter where nobody was found or asked for: the demand goes on without a customer. In: what was typed. */
  onPass: (words: string) => void;
}) {
  const { t } = useTranslation("desk");
  const id = useId();
  const { onChoose, onPass } = props;
  const [words, setWords] = useState("");
  const [active, setActive] = useState(0);
  const [open, setOpen] = useState(false);
  const [hurried, setHurried] = useState(false);
  const [known, setKnown] = useState<string | null>(null);
  if (props.proposed !== known) {
    setKnown(props.proposed);
    if (props.proposed !== null && words === "") {
      setWords(props.proposed);
      setOpen(true);
    }
  }
  const typed = words.trim();
  const text = useDebounced(typed, 120);
  const query = useOperation(deskIntakeOperations.findAtDesk, { body: { text } }, { enabled: isEnough(text) });
  const data = isEnough(typed) && isEnough(text) ? query.data : undefined;
  const found: readonly Found[] = data
    ? [
        ...data.orders.map((row) => ({ kind: "order" as const, row })),
        ...data.accounts.map((row) => ({ kind: "account" as const, row })),
      ]
    : none;
  // What is shown answers what is typed: only then does Enter take something.
  const answered = !isEnough(typed) || (text === typed && (query.data !== undefined || query.error !== null));

  const done = (): void => {
    setWords("");
    setActive(0);
    setOpen(false);
    setHurried(false);
  };
  const take = (one: Found): void => {
    done();
    onChoose(one);
  };
  const pass = (): void => {
    done();
    onPass(typed);
  };
  // Enter pressed before the answer came: the only one found is taken, several are left to choose from.
  const hurry = useRef(() => undefined as void);
  hurry.current = () => {
    setHurried(false);
    const [first, second] = found;
    if (first && !second) take(first);
    else if (!first && !query.error) pass();
  };
  useEffect(() => {
    if (hurried && answered) hurry.current();
  }, [hurried, answered]);

  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.nativeEvent.isComposing || event.ctrlKey || event.metaKey) return;
    if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      event.preventDefault();
      setOpen(true);
      if (found.length > 0) setActive((active + (event.key === "ArrowDown" ? 1 : found.length - 1)) % found.length);
    } else if (event.key === "Escape" && typed !== "") {
      event.preventDefault();
      done();
    } else if (event.key === "Enter") {
      event.preventDefault();
      const one = found[active];
      if (!answered) setHurried(true);
      else if (one) take(one);
      else if (!query.error && (typed === "" || isEnough(typed))) pass();
    }
  };
  const shown = open && typed !== "" && (found.length > 0 || (answered && isEnough(typed)));
  return (
    <div className={styles.search} onBlur={(event) => event.currentTarget.contains(event.relatedTarget) || setOpen(false)}>
      <Icon name="search" size={16} />
      <input
        ref={props.input}
        autoFocus={props.autoFocus}
        className={styles.input}
        role="combobox"
        aria-expanded={found.length > 0 && shown}
        aria-controls={id}
        aria-autocomplete="list"
        aria-activedescendant={found.length > 0 ? `${id}-${active}` : undefined}
        autoComplete="off"
        spellCheck={false}
        value={words}
        maxLength={100}
        onFocus={() => setOpen(true)}
        onChange={(event) => {
          setWords(event.target.value);
          setActive(0);
          setOpen(true);
        }}
        onKeyDown={onKeyDown}
        placeholder={t("find.placeholder")}
        aria-label={t("find.label")}
        aria-keyshortcuts="F2"
      />
      <kbd>F2</kbd>
      <div className={styles.layer} hidden={!shown}>
        {query.error && <Failure error={query.error} onRetry={() => void query.refetch()} />}
        <div id={id} role="listbox" aria-label={t("find.found")} hidden={found.length === 0}>
          {found.map((one, at) => (
            <button
              key={one.kind === "order" ? one.row.order.orderId : `${one.row.customerId} ${one.row.accountNo}`}
              id={`${id}-${at}`}
              type="button"
              role="option"
              tabIndex={-1}
              aria-selected={at === active}
              className={styles.row}
              // The focus stays in the box: its loss closes the list.
              onMouseDown={(event) => event.preventDefault()}
              onClick={() => take(one)}
            >
              {one.kind === "order" ? <OrderFound found={one.row} /> : <AccountFound row={one.row} />}
            </button>
          ))}
        </div>
        {data && data.more > 0 && (
          <p className={styles.note}>{t(data.moreAtLeast ? "find.moreAtLeast" : "find.more", { count: data.more })}</p>
        )}
        {data && answered && found.length === 0 && (
          <p className={styles.note} role="status">
            {t("find.none")}
          </p>
        )}
      </div>
    </div>
  );
}
