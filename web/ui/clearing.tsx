// How a choice is emptied: the sign for it, with a name in the person's language.
import { useTranslation } from "react-i18next";
import { Icon } from "./icon.tsx";

/** For `allowClear` of a list or tree that opens. */
export function useClearing() {
  const { t } = useTranslation("ui");
  return { clearIcon: <Icon name="close" size={14} />, label: t("clear") };
}
