// The name of what the list shows, and the way to another view.
import { useNavigate } from "@tanstack/react-router";
import { App, Dropdown, Input } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { Icon } from "../ui/icon.tsx";
import { useStored } from "../ui/stored.ts";
import type { OrderSearch } from "./search.ts";
import styles from "./view-menu.module.css";
import { type SavedView, savedViewOf, saveView, viewOf, views } from "./views.ts";

export function useViewName(search: OrderSearch): string {
  const { t } = useTranslation("work-order");
  const [saved] = useStored<SavedView[]>("order-views");
  const view = viewOf(search);
  return view ? t(`view.${view.key}`) : (savedViewOf(search, saved ?? [])?.name ?? t("view.filtered"));
}

export function ViewMenu({ search }: { search: OrderSearch }) {
  const { t } = useTranslation("work-order");
  const navigate = useNavigate();
  const { modal } = App.useApp();
  const [saved, store] = useStored<SavedView[]>("order-views");
  const [, redraw] = useState(0);
  const mine = saved ?? [];
  const view = viewOf(search);
  const own = savedViewOf(search, mine);
  const go = (to: OrderSearch) => () => void navigate({ to: "/orders", search: to });

  const save = (): void => {
    let name = "";
    void modal.confirm({
      icon: null,
      title: t("view.save"),
      content: (
        <Input
          aria-label={t("view.name")}
          placeholder={t("view.name")}
          maxLength={30}
          onChange={(event) => (name = event.target.value.trim())}
        />
      ),
      okText: t("view.saveButton"),
      onOk: () => {
        if (name === "") return Promise.reject(new Error("a view needs a name"));
        store(saveView(mine, name, search));
        redraw((n) => n + 1);
        return undefined;
      },
    });
  };
  return (
    <Dropdown
      trigger={["click"]}
      menu={{
        selectedKeys: [view?.key ?? own?.name ?? ""],
        items: [
          ...views.map(({ key, search: to }) => ({ key, label: t(`view.${key}`), onClick: go(to) })),
          ...(mine.length > 0 ? [{ type: "divider" as const }] : []),
          ...mine.map(({ name, search: to }) => ({ key: name, label: name, onClick: go(to) })),
          { type: "divider" as const },
          ...(own
            ? [
                {
                  key: " remove",
                  label: t("view.remove", { name: own.name }),
                  onClick: () => store(mine.filter(({ name }) => name !== own.name)),
                },
              ]
            : [{ key: " save", label: t("view.save"), disabled: view !== null, onClick: save }]),
        ],
      }}
    >
      <button type="button" className={styles.menu} aria-label={t("view.choose")}>
        {view ? t(`view.${view.key}`) : (own?.name ?? t("view.filtered"))}
        <Icon name="down" size={16} />
      </button>
    </Dropdown>
  );
}
