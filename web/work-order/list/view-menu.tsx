// The name of what the list shows, and the way to another view.
import { useNavigate } from "@tanstack/react-router";
import { Dropdown, Input, Modal } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { Field, FormFrame } from "../../ui/field.tsx";
import { Icon } from "../../ui/icon.tsx";
import { useUndo } from "../../ui/undo.tsx";
import type { OrderSearch } from "./search.ts";
import styles from "./view-menu.module.css";
import { useSavedViews } from "./use-saved-views.ts";
import { savedViewOf, saveView, viewOf, views } from "./views.ts";

export function useViewName(search: OrderSearch): string {
  const { t } = useTranslation("work-order");
  const [saved] = useSavedViews();
  const view = viewOf(search);
  return view ? t(`view.${view.key}`) : (savedViewOf(search, saved)?.name ?? t("view.filtered"));
}

export function ViewMenu({ search }: { search: OrderSearch }) {
  const { t } = useTranslation("work-order");
  const navigate = useNavigate();
  const [mine, store] = useSavedViews();
  const [naming, setNaming] = useState(false);
  const offerUndo = useUndo();
  const view = viewOf(search);
  const own = savedViewOf(search, mine);
  const go = (to: OrderSearch) => () => void navigate({ to: "/orders", search: to });

  return (
    <>
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
                    onClick: () => {
                      store(mine.filter(({ name }) => name !== own.name));
                      offerUndo({ done: t("view.removed", { name: own.name }), undo: () => store(mine) });
                    },
                  },
                ]
              : [{ key: " save", label: t("view.save"), disabled: view !== null, onClick: () => setNaming(true) }]),
          ],
        }}
      >
        <button type="button" className={styles.menu} title={t("view.choose")}>
          {view ? t(`view.${view.key}`) : (own?.name ?? t("view.filtered"))}
          <Icon name="down" size={16} />
        </button>
      </Dropdown>
      <Modal open={naming} title={t("view.save")} footer={null} onCancel={() => setNaming(false)} destroyOnHidden>
        <NameForm
          onSave={(name) => {
            store(saveView(mine, name, search));
            setNaming(false);
          }}
          onCancel={() => setNaming(false)}
        />
      </Modal>
    </>
  );
}

/** Asks what the filters shall be called; a name used before is overwritten. */
function NameForm({ onSave, onCancel }: { onSave: (name: string) => void; onCancel: () => void }) {
  const { t } = useTranslation(["work-order", "ui"]);
  const [name, setName] = useState("");
  const [tried, setTried] = useState(false);
  const isMissing = name.trim() === "";
  return (
    <FormFrame
      submit={t("view.saveButton")}
      onCancel={onCancel}
      onSubmit={() => {
        setTried(true);
        if (!isMissing) onSave(name.trim());
      }}
    >
      <Field label={t("view.name")} required problem={tried && isMissing ? t("ui:form.missing") : null}>
        {(control) => (
          <Input {...control} autoFocus maxLength={30} value={name} onChange={(event) => setName(event.target.value)} />
        )}
      </Field>
    </FormFrame>
  );
}
