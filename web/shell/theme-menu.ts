// Light, dark or as the machine is set: for the person's menu and for the search.
import { useTranslation } from "react-i18next";
import { chooseTheme, themeChoices, useThemeChoice } from "../platform/theme-choice.ts";

/** The choices with their names, and which of them holds. */
export function useThemes(): readonly {
  readonly key: string;
  readonly label: string;
  readonly holds: boolean;
  choose(): void;
}[] {
  const { t } = useTranslation("shell");
  const chosen = useThemeChoice();
  return themeChoices.map((choice) => ({
    key: `theme-${choice}`,
    label: t(`theme.${choice}`),
    holds: choice === chosen,
    choose: () => chooseTheme(choice),
  }));
}
