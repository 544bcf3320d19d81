// One search box for everything: orders, customers, pages and actions. Arrow keys choose, Enter opens.
import { customerOperations } from "@bihuan/contract/customer.ts";
import { workOrderOperations } from "@bihuan/contract/work-order.ts";
import { useNavigate } from "@tanstack/react-router";
import { type KeyboardEvent, useEffect, useId, useMemo, useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import { useOperation } from "../platform/query.ts";
import { may, useSession } from "../platform/session.ts";
import { useDebounced } from "../ui/debounce.ts";
import { Icon, type IconName } from "../ui/icon.tsx";
import { destinationsFor, furtherFor } from "./navigation.ts";
import styles from "./palette.module.css";

type Entry = {
  readonly id: string;
  readonly group: "pages" | "orders" | "customers";
  readonly icon: IconName;
  readonly title: string;
  readonly note: string;
  readonly to: string;
};

export function Palette({ onClose }: { onClose: () => void }) {
  const { t } = useTranslation("shell");
  const session = useSession();
  const navigate = useNavigate();
  const listId = useId();
  const dialog = useRef<HTMLDialogElement>(null);
  const [text, setText] = useState("");
  const [chosen, setChosen] = useState(0);
  const asked = useDebounced(text.trim());
  // Who sees neither orders nor customers has pages to find, and is not offered more.
  const pagesOnly = !may(session, "order.read") && !may(session, "customer.read");
  const searches = asked.length >= 2 && !pagesOnly;

  const orders = useOperation(
    workOrderOperations.listOrders,
    { body: { text: asked, state: "all", sort: "intake", limit: 6 } },
    { enabled: searches && may(session, "order.read") },
  );
  const customers = useOperation(
    customerOperations.searchCustomers,
    { body: { text: asked, limit: 6 } },
    { enabled: searches && may(session, "customer.read") },
  );

  const entries = useMemo((): Entry[] => {
    const wanted = text.trim().toLowerCase();
    const pages: Entry[] = [
      ...(may(session, "order.intake")
        ? [
            {
              id: "new",
              group: "pages" as const,
              icon: "plus" as const,
              title: t("search.newOrder"),
              note: "n",
              to: "/orders/new",
            },
          ]
        : []),
      ...destinationsFor((permission) => may(session, permission)).map(
        ({ key, to, icon }): Entry => ({ id: key, group: "pages", icon, title: t(`rail.${key}`), note: "", to }),
      ),
      ...furtherFor((permission) => may(session, permission)).map(
        ({ key, to, icon }): Entry => ({ id: key, group: "pages", icon, title: t(`further.${key}`), note: "", to }),
      ),
    ].filter(({ title }) => title.toLowerCase().includes(wanted));
    if (!searches) return pages;
    return [
      ...(orders.data?.orders ?? []).map(
        (order): Entry => ({
          id: order.orderId,
          group: "orders",
          icon: "order",
          title: order.title,
          note: [order.orderId, order.unit.name].join(" · "),
          to: `/orders/${order.orderId}`,
        }),
      ),
      ...(customers.data?.rows ?? []).map(
        (row): Entry => ({
          id: `${row.customerId} ${row.accountNo}`,
          group: "customers",
          icon: "customer",
          title: `${row.customerName} ${row.accountNo}`,
          note: [row.address, row.unit.name].join(" · "),
          to: `/customers/${row.customerId}`,
        }),
      ),
      ...pages,
    ];
  }, [text, searches, orders.data, customers.data, session, t]);

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
  useEffect(() => setChosen(0), [asked]);

  const open = (entry: Entry | undefined): void => {
    if (!entry) return;
    onClose();
    void navigate({ to: entry.to });
  };
  const onKey = (event: KeyboardEvent): void => {
    const step = event.key === "ArrowDown" ? 1 : event.key === "ArrowUp" ? -1 : 0;
    if (step !== 0) {
      event.preventDefault();
      setChosen((chosen + step + entries.length) % Math.max(1, entries.length));
    } else if (event.key === "Enter" && !event.nativeEvent.isComposing) {
      event.preventDefault();
      open(entries[chosen]);
    }
  };

  const pending = searches && (orders.isFetching || customers.isFetching);
  return (
    <dialog ref={dialog} className={styles.palette} aria-label={t("search.label")} onClose={onClose}>
      <div className={styles.line}>
        <Icon name="search" />
        <input
          className={styles.input}
          value={text}
          onChange={(event) => setText(event.target.value)}
          onKeyDown={onKey}
          placeholder={t(pagesOnly ? "search.pagesOnly" : "search.placeholder")}
          aria-label={t(pagesOnly ? "search.pagesOnly" : "search.label")}
          role="combobox"
          aria-expanded="true"
          aria-controls={listId}
          aria-activedescendant={entries[chosen] ? `${listId}-${chosen}` : undefined}
          autoComplete="off"
          spellCheck={false}
        />
        <kbd>Esc</kbd>
      </div>
      <div className={styles.list} id={listId} role="listbox" aria-label={t("search.label")} aria-busy={pending}>
        {entries.map((entry, at) => (
          <div key={entry.id}>
            {entry.group !== entries[at - 1]?.group && <p className={styles.group}>{t(`search.${entry.group}`)}</p>}
            <button
              type="button"
              id={`${listId}-${at}`}
              role="option"
              tabIndex={-1}
              aria-selected={at === chosen}
              className={styles.entry}
              onMouseMove={() => setChosen(at)}
              onClick={() => open(entry)}
            >
              <Icon name={entry.icon} size={18} />
              <span className={styles.title}>{entry.title}</span>
              <span className={styles.note}>{entry.note}</span>
            </button>
          </div>
        ))}
        {entries.length === 0 && !pending && (
          <p className={styles.hint}>{t(pagesOnly ? "search.nothingPages" : "search.nothing")}</p>
        )}
      </div>
      <p className={styles.hint}>{t(pagesOnly ? "search.hintPages" : "search.hint")}</p>
    </dialog>
  );
}
