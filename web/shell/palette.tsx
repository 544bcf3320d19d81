// One search box for everything: actions, orders, customers, addresses, pages. Arrow keys choose, Enter opens.
import { type KeyboardEvent, useEffect, useId, useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import { Icon } from "../ui/icon.tsx";
import { keyCaps } from "../ui/keys.ts";
import { type Entry, groups, useEntries } from "./palette-entries.ts";
import styles from "./palette.module.css";

export function Palette({ onClose }: { onClose: () => void }) {
  const { t } = useTranslation("shell");
  const listId = useId();
  const dialog = useRef<HTMLDialogElement>(null);
  const list = useRef<HTMLDivElement>(null);
  const [text, setText] = useState("");
  const [at, setAt] = useState(0);
  const { entries, pending, pagesOnly } = useEntries(text);
  const chosen = Math.min(at, Math.max(0, entries.length - 1));

  useEffect(() => {
    const shown = dialog.current;
    shown?.showModal();
    // A click beside the dialog is a click on the dialog itself: its content covers all of it.
    const beside = (event: MouseEvent): void => {
      if (event.target === shown) shown?.close();
    };
    shown?.addEventListener("click", beside);
    return () => shown?.removeEventListener("click", beside);
  }, []);
  useEffect(() => {
    list.current?.querySelector("[aria-selected=true]")?.scrollIntoView({ block: "nearest" });
  }, [chosen]);

  const open = (entry: Entry | undefined): void => {
    if (!entry) return;
    onClose();
    // What it does may ask where the focus is: by then it is where it was.
    requestAnimationFrame(() => void entry.open());
  };
  const onKey = (event: KeyboardEvent): void => {
    const step = event.key === "ArrowDown" ? 1 : event.key === "ArrowUp" ? -1 : 0;
    if (step !== 0) {
      event.preventDefault();
      setAt((chosen + step + entries.length) % Math.max(1, entries.length));
    } else if (event.key === "Enter" && !event.nativeEvent.isComposing) {
      event.preventDefault();
      open(entries[chosen]);
    }
  };
  const option = (entry: Entry) => {
    const place = entries.indexOf(entry);
    return (
      <button
        key={entry.id}
        type="button"
        id={`${listId}-${place}`}
        role="option"
        tabIndex={-1}
        aria-selected={place === chosen}
        className={styles.entry}
        onMouseMove={() => setAt(place)}
        onClick={() => open(entry)}
      >
        <Icon name={entry.icon} size={18} />
        <span className={styles.title}>{entry.title}</span>
        <span className={styles.note}>{entry.note}</span>
        {entry.keyName && keyCaps(entry.keyName).map((cap) => <kbd key={cap}>{cap}</kbd>)}
      </button>
    );
  };

  return (
    <dialog ref={dialog} className={styles.palette} aria-label={t("search.label")} onCancel={onClose} onClose={onClose}>
      <div className={styles.line}>
        <Icon name="search" />
        <input
          className={styles.input}
          value={text}
          onChange={(event) => {
            setText(event.target.value);
            setAt(0);
          }}
          onKeyDown={onKey}
          placeholder={t(pagesOnly ? "search.pagesOnly" : "search.placeholder")}
          aria-label={t(pagesOnly ? "search.pagesOnly" : "search.label")}
          role="combobox"
          aria-expanded={entries.length > 0}
          aria-controls={listId}
          aria-activedescendant={entries[chosen] ? `${listId}-${chosen}` : undefined}
          autoComplete="off"
          spellCheck={false}
        />
        <kbd>Esc</kbd>
      </div>
      {entries.length > 0 ? (
        <div ref={list} className={styles.list} id={listId} role="listbox" aria-label={t("search.label")} aria-busy={pending}>
          {groups.map((group) => {
            const found = entries.filter((entry) => entry.group === group);
            return (
              found.length > 0 && (
                <div key={group} role="group" aria-label={t(`search.${group}`)}>
                  <p className={styles.group} aria-hidden="true">
                    {t(`search.${group}`)}
                  </p>
                  {found.map(option)}
                </div>
              )
            );
          })}
        </div>
      ) : (
        <p className={styles.nothing} role="status">
          {!pending && t(pagesOnly ? "search.nothingPages" : "search.nothing")}
        </p>
      )}
      <p className={styles.hint}>{t(pagesOnly ? "search.hintPages" : "search.hint")}</p>
    </dialog>
  );
}
