// Photographs that the server does not have yet: what they are waiting for, and what can be done about it.
import { Button } from "antd";
import { useEffect, useState } from "react";
import { useTranslation } from "react-i18next";
import { useBilingual } from "../../../platform/language.ts";
import { fileSize } from "../../../ui/format.ts";
import { Icon } from "../../../ui/icon.tsx";
import { useUndo } from "../../../ui/undo.tsx";
import type { Queued } from "./photo-queue.ts";
import styles from "./photo-strip.module.css";
import { usePhotos } from "./use-photos.ts";

export function PhotoStrip({ orderId }: { orderId: string }) {
  const { t } = useTranslation("work-order");
  const { waiting, cutOff, discard, restore, retry } = usePhotos(orderId);
  const offerUndo = useUndo();
  if (waiting.length === 0) return null;
  const drop = (photo: Queued): void => {
    void discard(photo.id);
    const { state: _, problem: __, ...kept } = photo;
    offerUndo({ done: t("photo.discarded", { name: photo.name }), undo: () => restore(kept) });
  };
  const isRefused = waiting.some(({ state }) => state === "refused");
  return (
    <div className={styles.strip}>
      <p role="status">
        {t("photo.waiting", { count: waiting.length })}
        {cutOff && <span className="secondary"> {t("photo.cutOff")}</span>}{" "}
        {(cutOff || isRefused) && (
          <Button type="link" size="small" onClick={retry}>
            {t("photo.retry")}
          </Button>
        )}
      </p>
      <ul className={styles.photos}>
        {waiting.map((photo) => (
          <Waiting key={photo.id} photo={photo} onDiscard={() => drop(photo)} />
        ))}
      </ul>
    </div>
  );
}

function Waiting({ photo, onDiscard }: { photo: Queued; onDiscard: () => void }) {
  const { t } = useTranslation("work-order");
  const say = useBilingual();
  const [address, setAddress] = useState<string | null>(null);
  useEffect(() => {
    const made = URL.createObjectURL(photo.file);
    setAddress(made);
    return () => URL.revokeObjectURL(made);
  }, [photo.file]);
  return (
    <li className={styles.photo} data-state={photo.state}>
      {address && <img src={address} alt={photo.name} />}
      <span className={styles.state}>
        {photo.problem ? (
          <>
            <strong>{say(photo.problem.title)}</strong> {say(photo.problem.detail)}
          </>
        ) : (
          <>
            {t(`photo.${photo.state as "waiting"}One`)} <span className="muted">{fileSize(photo.file.size)}</span>
          </>
        )}
      </span>
      {photo.state !== "sending" && (
        <Button
          type="text"
          size="small"
          aria-label={t("photo.discard", { name: photo.name })}
          title={t("photo.discard", { name: photo.name })}
          icon={<Icon name="close" size={16} />}
          onClick={onDiscard}
        />
      )}
    </li>
  );
}
