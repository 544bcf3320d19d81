// Files of an order: chosen or dropped, sent one by one, kept by the server outside the web.
import { type OrderView, workOrderOperations } from "@bihuan/contract/work-order.ts";
import { useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { callOperation, newIdempotencyKey } from "../../../platform/client.ts";
import { operationKey } from "../../../platform/query.ts";
import { fileSize } from "../../../ui/format.ts";
import { Icon } from "../../../ui/icon.tsx";
import { usePhone, useTouch } from "../../../ui/media.ts";
import { Section } from "../../../ui/page.tsx";
import { AddFiles, useSendingFiles } from "../../../ui/sending-files.tsx";
import { Failure } from "../../../ui/states.tsx";
import { InstantText } from "../../../ui/time.tsx";
import { orderReadings } from "../acts/use-act-on-order.ts";
import { PhotoButton } from "../photos/photo-button.tsx";
import { PhotoStrip } from "../photos/photo-strip.tsx";
import styles from "./attachments.module.css";

export function Attachments({ order }: { order: OrderView }) {
  const { t } = useTranslation("work-order");
  const client = useQueryClient();
  const [over, setOver] = useState(false);
  const mayAttach = order.actions.some(({ key }) => key === "attach");
  const touch = useTouch();
  // On a telephone the camera stands at the foot of the screen.
  const phone = usePhone();

  const { sending, failed, send } = useSendingFiles(
    (_, body) =>
      callOperation(
        workOrderOperations.attachFile,
        { params: { orderId: order.orderId }, idempotencyKey: newIdempotencyKey() },
        { body },
      ),
    () => {
      for (const reading of orderReadings) void client.invalidateQueries({ queryKey: operationKey(reading) });
    },
  );

  return (
    <Section
      title={t("attachments.title")}
      actions={
        mayAttach && (
          <>
            <AddFiles label={t("attachments.add")} busy={sending !== null} onFiles={(files) => void send(files)} />
            {touch && !phone && <PhotoButton orderId={order.orderId} size="small" />}
          </>
        )
      }
    >
      <div
        className={styles.drop}
        data-over={over}
        onDragOver={(event) => {
          if (!mayAttach) return;
          event.preventDefault();
          setOver(true);
        }}
        onDragLeave={() => setOver(false)}
        onDrop={(event) => {
          if (!mayAttach) return;
          event.preventDefault();
          setOver(false);
          void send([...event.dataTransfer.files]);
        }}
      >
        <PhotoStrip orderId={order.orderId} />
        {failed && (
          <>
            <p>{failed.name}</p>
            <Failure error={failed.error} />
          </>
        )}
        {sending && <p className="muted">{t("attachments.sending", { name: sending })}</p>}
        {order.attachments.length === 0 && !sending && (
          <p className="muted">{t(!mayAttach ? "attachments.none" : touch ? "attachments.nonePhone" : "attachments.noneMay")}</p>
        )}
        <ul className={styles.files}>
          {order.attachments.map(({ seq, name, sizeBytes, at, by }) => (
            <li key={seq}>
              <Icon name="file" size={16} />
              <a href={`/api/orders/${order.orderId}/attachments/${seq}`} download={name}>
                {name}
              </a>
              <span className={styles.note}>
                {fileSize(sizeBytes)} · {by.name} · <InstantText at={at} />
              </span>
            </li>
          ))}
        </ul>
      </div>
    </Section>
  );
}
