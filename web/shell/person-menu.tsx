// What belongs to the person rather than to the work: the account, light or dark, leaving.
import { useNavigate } from "@tanstack/react-router";
import { Dropdown } from "antd";
import { useTranslation } from "react-i18next";
import { useSession } from "../platform/session.ts";
import { Icon } from "../ui/icon.tsx";
import styles from "./shell.module.css";
import { useSignOut } from "./sign-out.tsx";
import { useThemes } from "./theme-menu.ts";

export function PersonMenu() {
  const { t } = useTranslation("shell");
  const session = useSession();
  const navigate = useNavigate();
  const signOut = useSignOut();
  const themes = useThemes();
  return (
    <Dropdown
      trigger={["click"]}
      menu={{
        selectable: true,
        selectedKeys: themes.filter(({ holds }) => holds).map(({ key }) => key),
        items: [
          { key: "account", label: t("person.account"), onClick: () => void navigate({ to: "/account" }) },
          { type: "divider" },
          {
            type: "group",
            label: t("theme.title"),
            children: themes.map(({ key, label, holds, choose }) => ({
              key,
              label,
              extra: holds ? <Icon name="check" size={16} /> : <span className={styles.unchecked} />,
              onClick: choose,
            })),
          },
          { type: "divider" },
          { key: "signOut", label: t("person.signOut"), onClick: () => void signOut() },
        ],
      }}
    >
      <button type="button" className={styles.textButton} aria-label={t("person.menu", { name: session.name })}>
        {session.name}
        <Icon name="down" size={14} />
      </button>
    </Dropdown>
  );
}
