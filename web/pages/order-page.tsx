import { useParams } from "@tanstack/react-router";
import { useEffect, useState } from "react";
import { useTranslation } from "react-i18next";
import { OrderDetail } from "./order-detail.tsx";
import styles from "./order-detail.module.css";

export function OrderPage() {
  const { t } = useTranslation(["work-order", "shell"]);
  const { orderId } = useParams({ from: "/inside/orders/$orderId" });
  const [title, setTitle] = useState<string | null>(null);
  useEffect(() => {
    document.title = t("shell:documentTitle", { page: title ?? t("work-order:order") });
  }, [title, t]);
  return (
    <div className={styles.frame}>
      <OrderDetail key={orderId} orderId={orderId} asPage onTitle={setTitle} />
    </div>
  );
}
