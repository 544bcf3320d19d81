// A line of text that can be emptied with one click; the way to empty it has a name in the person's language.
import { Input, type InputProps } from "antd";
import { useTranslation } from "react-i18next";
import { Icon } from "./icon.tsx";

export function TextInput(props: Omit<InputProps, "allowClear">) {
  const { t } = useTranslation("ui");
  return <Input {...props} allowClear={{ clearIcon: <Icon name="close" size={14} title={t("clear")} /> }} />;
}
