// An order beside the list it was opened from; the list stays where it was.
import { Link } from "@tanstack/react-router";
import { Button } from "antd";
import { type ReactNode, useId } from "react";
import { useTranslation } from "react-i18next";
import { Icon } from "../../ui/icon.tsx";
import { useKeys } from "../../ui/keys.ts";
import { OrderNumber } from "../order-number.tsx";
import styles from "./side-panel.module.css";

export function SidePanel({ orderId, onClose, children }: { orderId: string; onClose: () => void; children: ReactNode }) {
  const { t } = useTranslation("work-order");
  const id = useId();
  useKeys({ Escape: { run: onClose, does: t("panel.close") } });
  return (
    <aside className={styles.panel} aria-labelledby={id}>
      <header className={styles.bar}>
        <span className={styles.number} id={id}>
          <OrderNumber orderId={orderId} />
        </span>
        <Link to="/orders/$orderId" params={{ orderId }} aria-label={t("panel.asPage")} title={t("panel.asPage")}>
          <Icon name="expand" size={18} />
        </Link>
        <Button
          type="text"
          aria-label={t("panel.close")}
          title={`${t("panel.close")} Esc`}
          icon={<Icon name="close" size={18} />}
          onClick={onClose}
        />
      </header>
      <div className={styles.body}>{children}</div>
    </aside>
  );
}
