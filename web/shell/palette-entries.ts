// What the search for everything finds: acts, orders, customers, addresses, pages, each with where it leads or what it does.
import { customerOperations } from "@bihuan/contract/customer.ts";
import { workOrderOperations } from "@bihuan/contract/work-order.ts";
import { useNavigate } from "@tanstack/react-router";
import { useMemo } from "react";
import { useTranslation } from "react-i18next";
import { chooseLanguage, useLanguage } from "../platform/language.ts";
import { useOperation } from "../platform/query.ts";
import { may, useSession } from "../platform/session.ts";
import { useDebounced } from "../ui/debounce.ts";
import type { IconName } from "../ui/icon.tsx";
import { useStandingKeys } from "../ui/keys.ts";
import { destinationsFor, furtherFor } from "./navigation.ts";
import { isFoundByPlace } from "./palette-place.ts";
import { useSignOut } from "./sign-out.tsx";
import { useThemes } from "./theme-menu.ts";

/** In the order in which they are shown. */
export const groups = ["actions", "orders", "customers", "addresses", "pages"] as const;
export type Entry = {
  readonly id: string;
  readonly group: (typeof groups)[number];
  readonly icon: IconName;
  readonly title: string;
  readonly note: string;
  /** Its key, where it has one. */
  readonly keyName?: string;
  readonly open: () => unknown;
};

/** In: what was typed. Out: what fits it, the parts in their order; `pagesOnly` for whom neither orders nor customers are. */
export function useEntries(text: string): { entries: readonly Entry[]; pending: boolean; pagesOnly: boolean } {
  const session = useSession();
  const wanted = text.trim().toLowerCase();
  const asked = useDebounced(text.trim());
  const pagesOnly = !may(session, "order.read") && !may(session, "customer.read");
  const searches = asked.length >= 2 && !pagesOnly;
  const orders = useOperation(
    workOrderOperations.listOrders,
    { body: { text: asked, state: "all", sort: "intake", limit: 6 } },
    { enabled: searches && may(session, "order.read") },
  );
  const customers = useOperation(
    customerOperations.searchCustomers,
    { body: { text: asked, limit: 8 } },
    { enabled: searches && may(session, "customer.read") },
  );
  const actions = useActions();
  const pages = usePages();
  const navigate = useNavigate();
  const entries = useMemo((): Entry[] => {
    const named = [...actions, ...pages].filter(({ title }) => title.toLowerCase().includes(wanted));
    const found: Entry[] = !searches
      ? []
      : [
          ...(orders.data?.orders ?? []).map(
            (order): Entry => ({
              id: order.orderId,
              group: "orders",
              icon: "order",
              title: order.title,
              note: [order.orderId, order.unit.name].join(" · "),
              open: () => navigate({ to: "/orders/$orderId", params: { orderId: order.orderId } }),
            }),
          ),
          ...(customers.data?.rows ?? []).map((row): Entry => {
            // Found by where it is rather than by whom it belongs to: then the place is what is read first.
            const isPlace = isFoundByPlace(wanted, row);
            const who = `${row.customerName} ${row.accountNo}`;
            return {
              id: `${row.customerId} ${row.accountNo}`,
              group: isPlace ? "addresses" : "customers",
              icon: isPlace ? "place" : "customer",
              title: isPlace ? (row.address ?? who) : who,
              note: [isPlace ? who : row.address, row.unit.name].filter(Boolean).join(" · "),
              open: () => navigate({ to: "/customers/$customerId", params: { customerId: row.customerId } }),
            };
          }),
        ];
    const all = [...named, ...found];
    return groups.flatMap((group) => all.filter((entry) => entry.group === group));
  }, [wanted, searches, orders.data, customers.data, actions, pages, navigate]);
  return { entries, pending: searches && (orders.isFetching || customers.isFetching), pagesOnly };
}

/** What can be done from anywhere, and what the page in front offers by a key. */
function useActions(): readonly Entry[] {
  const { t } = useTranslation("shell");
  const keys = useStandingKeys();
  const themes = useThemes();
  const language = useLanguage();
  const signOut = useSignOut();
  return useMemo((): Entry[] => {
    const action = (id: string, icon: IconName, title: string, open: () => unknown): Entry => ({
      id,
      group: "actions",
      icon,
      title,
      note: "",
      open,
    });
    return [
      ...keys
        .filter(({ act, run }) => act && run)
        .map(
          ({ name, does, run }): Entry => ({
            ...action(`key ${name} ${does}`, "right", does, () => run?.(new KeyboardEvent("keydown"))),
            keyName: name,
          }),
        ),
      ...themes
        .filter(({ holds }) => !holds)
        .map(({ key, label, choose }) => action(key, "eye", t("search.themeAction", { theme: label }), choose)),
      action("language", "book", t("languageLabel"), () => chooseLanguage(language === "zh" ? "en" : "zh")),
      action("sign-out", "staff", t("person.signOut"), signOut),
    ];
  }, [t, keys, themes, language, signOut]);
}

function usePages(): readonly Entry[] {
  const { t } = useTranslation("shell");
  const session = useSession();
  const navigate = useNavigate();
  return useMemo((): Entry[] => {
    const isAllowed = (permission: Parameters<typeof may>[1]): boolean => may(session, permission);
    const page = (id: string, icon: IconName, title: string, to: string): Entry => ({
      id,
      group: "pages",
      icon,
      title,
      note: "",
      open: () => navigate({ to }),
    });
    return [
      ...destinationsFor(isAllowed).map(({ key, to, icon }) => page(key, icon, t(`rail.${key}`), to)),
      ...furtherFor(isAllowed).map(({ key, to, icon }) => page(key, icon, t(`further.${key}`), to)),
    ];
  }, [t, session, navigate]);
}
