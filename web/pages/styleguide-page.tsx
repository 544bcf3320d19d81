// Every component in every state, in both palettes or in both languages side by side. For whoever builds pages, and whoever checks them.
import { useNavigate, useSearch } from "@tanstack/react-router";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { useLanguage } from "../platform/language.ts";
import { useTheme } from "../platform/theme-choice.ts";
import { nowMs } from "../platform/time.ts";
import { Page, Tabs } from "../ui/page.tsx";
import { Chips, Explained } from "../styleguide/chips.tsx";
import { Controls, Forms } from "../styleguide/forms.tsx";
import { Colours, Letters, Measures, Signs } from "../styleguide/foundations.tsx";
import { Lists } from "../styleguide/lists.tsx";
import { Pane, type PaneLook } from "../styleguide/pane.tsx";
import { sides } from "../styleguide/search.ts";
import { States } from "../styleguide/states.tsx";
import styles from "../styleguide/styleguide.module.css";
import { Work } from "../styleguide/work.tsx";

export function StyleguidePage() {
  const { t } = useTranslation("styleguide");
  const navigate = useNavigate();
  const { side } = useSearch({ from: "/inside/styleguide" });
  const language = useLanguage();
  const theme = useTheme();
  // What has happened "twelve minutes ago" stays so while the page is looked at.
  const [now] = useState(nowMs);
  const panes: readonly PaneLook[] =
    side === "languages"
      ? [
          { theme, language: "zh" },
          { theme, language: "en" },
        ]
      : [
          { theme: "light", language },
          { theme: "dark", language },
        ];
  return (
    <Page title={t("title")} note={t("note")}>
      <Tabs
        label={t("side.label")}
        value={side ?? "themes"}
        onChange={(next) => void navigate({ to: "/styleguide", search: { side: next }, replace: true })}
        tabs={sides.map((key) => ({ key, title: t(`side.${key}`) }))}
      />
      <div className={styles.panes}>
        {panes.map((look) => (
          <Pane key={`${look.theme} ${look.language}`} {...look}>
            <Chips />
            <Explained nowMs={now} />
            <Work nowMs={now} />
            <Controls />
            <Forms />
            <Lists />
            <States />
            <Letters nowMs={now} />
            <Measures />
            <Colours theme={look.theme} />
            <Signs />
          </Pane>
        ))}
      </div>
    </Page>
  );
}
