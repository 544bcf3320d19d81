import { orderIdParts } from "./order-id.ts";
import styles from "./order-number.module.css";

/** The 19 digits with small gaps between region, date and number; copied, they are 19 digits. */
export function OrderNumber({ orderId }: { orderId: string }) {
  return (
    <span className={styles.number}>
      {orderIdParts(orderId).map((part, at) => (
        <span key={`${at} ${part}`}>{part}</span>
      ))}
    </span>
  );
}
