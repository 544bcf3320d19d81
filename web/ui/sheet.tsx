// What comes up from the foot of a telephone: as high as its content, the way out at the top, what sends it at the foot.
import { Drawer } from "antd";
import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { Icon } from "./icon.tsx";
import styles from "./sheet.module.css";

export function Sheet(props: { open: boolean; onClose: () => void; title: string; children: ReactNode }) {
  const { t } = useTranslation("ui");
  return (
    <Drawer
      open={props.open}
      onClose={props.onClose}
      placement="bottom"
      size="auto"
      title={props.title}
      destroyOnHidden
      closable={{ closeIcon: <Icon name="close" size={20} title={t("close")} />, placement: "end" }}
      classNames={{ header: styles.header ?? "", body: styles.body ?? "", wrapper: styles.wrapper ?? "" }}
    >
      {props.children}
    </Drawer>
  );
}
