// The frame of every page: left rail, top bar, the page. It also holds what every page hears: live changes and single keys.
import { useQueryClient } from "@tanstack/react-query";
import { Link, Outlet, useLocation, useNavigate } from "@tanstack/react-router";
import { useEffect, useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import { ScreenPop } from "../desk/intake/call/screen-pop.tsx";
import { readEverythingAgain } from "../platform/read-again.ts";
import { startLive, useLive, useLiveConnected } from "../platform/live.ts";
import { takeThemeOf } from "../platform/theme-choice.ts";
import { may, useSession } from "../platform/session.ts";
import { Icon } from "../ui/icon.tsx";
import { useKeys } from "../ui/keys.ts";
import { useScrollFocus } from "../ui/scroll-focus.ts";
import { ActingUnitChooser } from "./acting-unit.tsx";
import { Brand } from "./brand.tsx";
import { KeysHelp } from "./keys-help.tsx";
import { LanguageSwitch } from "./language-switch.tsx";
import { Palette } from "./palette.tsx";
import { PersonMenu } from "./person-menu.tsx";
import { Rail } from "./rail.tsx";
import styles from "./shell.module.css";

export function Shell() {
  const { t } = useTranslation("shell");
  const session = useSession();
  const navigate = useNavigate();
  const client = useQueryClient();
  const connected = useLiveConnected();
  const { pathname } = useLocation();
  const [searching, setSearching] = useState(false);
  const [helping, setHelping] = useState(false);
  const [menu, setMenu] = useState(false);
  const main = useRef<HTMLElement>(null);
  useScrollFocus(main, -1);
  const mayTakeIn = may(session, "order.intake");
  const pagesOnly = !may(session, "order.read") && !may(session, "customer.read");

  useEffect(() => takeThemeOf(session.staffId), [session.staffId]);
  useEffect(startLive, []);
  // Photographs left on this telephone go on their way, whatever page is open.
  useEffect(() => {
    let stop = (): void => undefined;
    let stands = true;
    void import("../work-order/order/photos/use-photos.ts")
      .then(({ startPhotos }) => {
        if (stands) stop = startPhotos(session.staffId);
      })
      // A part that is gone with the build before: they wait until the page is loaded anew.
      .catch(() => undefined);
    return () => {
      stands = false;
      stop();
    };
  }, [session.staffId]);
  useLive((change) => {
    if (change === "everything") readEverythingAgain(client);
  });
  // Whoever went somewhere has done with the menu and the help.
  useEffect(() => {
    setMenu(false);
    setHelping(false);
  }, [pathname]);
  useKeys({
    ...(mayTakeIn
      ? {
          n: {
            scope: "everywhere",
            does: t("search.newOrder"),
            act: true,
            run: (event: KeyboardEvent) => {
              event.preventDefault();
              void navigate({ to: "/desk" });
            },
          } as const,
        }
      : {}),
    "mod+k": {
      scope: "everywhere",
      does: t("keys.search"),
      run: (event) => {
        event.preventDefault();
        setSearching(true);
      },
    },
    "?": { scope: "everywhere", does: t("keys.help"), act: true, run: () => setHelping(true) },
  });
  useKeys({ Escape: () => setMenu(false) }, menu);

  return (
    <div className={styles.shell}>
      <a className={styles.skip} href="#content">
        {t("skip")}
      </a>
      <div className={styles.brand}>
        <Link to="/" className={styles.home} aria-label={t("home")} title={t("product")}>
          <Brand />
        </Link>
        <button
          type="button"
          className={styles.menu}
          aria-expanded={menu}
          aria-controls="rail"
          aria-label={t(menu ? "menu.close" : "menu.open")}
          onClick={() => setMenu(!menu)}
        >
          <Icon name={menu ? "close" : "menu"} />
        </button>
      </div>
      <header className={styles.top}>
        <button
          type="button"
          className={styles.search}
          onClick={() => setSearching(true)}
          title={t(pagesOnly ? "search.pagesOnly" : "search.label")}
          aria-keyshortcuts="Control+K"
        >
          <Icon name="search" size={16} />
          <span>{t(pagesOnly ? "search.pagesOnly" : "search.placeholder")}</span>
          <kbd aria-hidden="true">Ctrl K</kbd>
        </button>
        <div className={styles.topEnd}>
          <ActingUnitChooser />
          <LanguageSwitch />
          <PersonMenu />
        </div>
      </header>
      <Rail isOpen={menu} onHelp={() => setHelping(true)} />
      {menu && <div className={styles.behind} onClick={() => setMenu(false)} aria-hidden="true" />}
      <main ref={main} id="content" className={styles.main} tabIndex={-1}>
        {!connected && (
          <p className={styles.lost} role="status">
            {t("connectionLost")}
          </p>
        )}
        <Outlet />
      </main>
      {mayTakeIn && <ScreenPop />}
      {searching && <Palette onClose={() => setSearching(false)} />}
      <KeysHelp open={helping} onClose={() => setHelping(false)} />
    </div>
  );
}
