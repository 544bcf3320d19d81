// The frame of every page: left rail, top bar, the page. It also holds what every page hears: live changes and single keys.
import { useQueryClient } from "@tanstack/react-query";
import { Link, Outlet, useNavigate } from "@tanstack/react-router";
import { Dropdown } from "antd";
import { useEffect, useState } from "react";
import { useTranslation } from "react-i18next";
import { startLive, useLive, useLiveConnected } from "../platform/live.ts";
import { may, useSession } from "../platform/session.ts";
import { Icon } from "../ui/icon.tsx";
import { useKeys } from "../ui/keys.ts";
import { ActingUnitChooser } from "./acting-unit.tsx";
import { Brand } from "./brand.tsx";
import { KeysHelp } from "./keys-help.tsx";
import { LanguageSwitch } from "./language-switch.tsx";
import { destinationsFor } from "./navigation.ts";
import { Palette } from "./palette.tsx";
import { useSignOut } from "./sign-out.tsx";
import styles from "./shell.module.css";

export function Shell() {
  const { t } = useTranslation("shell");
  const session = useSession();
  const navigate = useNavigate();
  const client = useQueryClient();
  const connected = useLiveConnected();
  const [searching, setSearching] = useState(false);
  const [helping, setHelping] = useState(false);
  const mayTakeIn = may(session, "order.intake");
  const pagesOnly = !may(session, "order.read") && !may(session, "customer.read");

  useEffect(startLive, []);
  useLive((change) => {
    if (change === "everything") void client.invalidateQueries();
  });
  useKeys({
    "mod+k": (event) => {
      event.preventDefault();
      setSearching(true);
    },
    "?": () => setHelping(true),
    n: (event) => {
      if (!mayTakeIn) return;
      event.preventDefault();
      void navigate({ to: "/orders/new" });
    },
  });

  return (
    <div className={styles.shell}>
      <a className={styles.skip} href="#content">
        {t("skip")}
      </a>
      <div className={styles.brand}>
        <Brand />
        <span className="visually-hidden">{t("product")}</span>
      </div>
      <header className={styles.top}>
        <button
          type="button"
          className={styles.search}
          onClick={() => setSearching(true)}
          aria-label={t(pagesOnly ? "search.pagesOnly" : "search.label")}
          aria-keyshortcuts="Control+K"
        >
          <Icon name="search" size={16} />
          <span>{t(pagesOnly ? "search.pagesOnly" : "search.placeholder")}</span>
          <kbd>Ctrl K</kbd>
        </button>
        <div className={styles.topEnd}>
          <ActingUnitChooser />
          <LanguageSwitch />
          <PersonMenu />
        </div>
      </header>
      <nav className={styles.rail} aria-label={t("navigation")}>
        {destinationsFor((permission) => may(session, permission)).map(({ key, to, icon }) => (
          <Link key={key} to={to} className={styles.railItem} activeOptions={{ includeSearch: false }}>
            <Icon name={icon} />
            {t(`rail.${key}`)}
          </Link>
        ))}
        <a className={`${styles.railItem} ${styles.railEnd}`} href="/api/docs" target="_blank" rel="noreferrer">
          <Icon name="book" />
          {t("rail.api")}
        </a>
        <button type="button" className={styles.railItem} onClick={() => setHelping(true)} aria-keyshortcuts="?">
          <Icon name="keyboard" />
          {t("rail.help")}
        </button>
      </nav>
      <main id="content" className={styles.main} tabIndex={-1}>
        {!connected && (
          <p className={styles.lost} role="status">
            {t("connectionLost")}
          </p>
        )}
        <Outlet />
      </main>
      {searching && <Palette onClose={() => setSearching(false)} />}
      <KeysHelp open={helping} onClose={() => setHelping(false)} />
    </div>
  );
}

function PersonMenu() {
  const { t } = useTranslation("shell");
  const session = useSession();
  const navigate = useNavigate();
  const signOut = useSignOut();
  return (
    <Dropdown
      trigger={["click"]}
      menu={{
        items: [
          { key: "account", label: t("person.account"), onClick: () => void navigate({ to: "/account" }) },
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
