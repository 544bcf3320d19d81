// The queue of this browser, and what a page sees of it.
import { workOrderOperations } from "@bihuan/contract/work-order.ts";
import { useCallback, useMemo, useSyncExternalStore } from "react";
import { useTranslation } from "react-i18next";
import { callOperation, newIdempotencyKey } from "../../../platform/client.ts";
import { operationKey, queryClient } from "../../../platform/query.ts";
import { useSession } from "../../../platform/session.ts";
import { nowMs } from "../../../platform/time.ts";
import { wallClock, wallDate, wallTime } from "../../../ui/format.ts";
import { useZone } from "../../../ui/time.tsx";
import { orderReadings } from "../acts/use-act-on-order.ts";
import { makePhotoQueue, type Photo } from "./photo-queue.ts";
import { browserPhotos } from "./photo-store.ts";
import { photoName, shrinkPhoto } from "./shrink.ts";

async function send({ orderId, id, file, name }: Photo): Promise<void> {
  const body = new FormData();
  body.append("file", file, name);
  await callOperation(workOrderOperations.attachFile, { params: { orderId }, idempotencyKey: id }, { body });
  for (const reading of orderReadings) void queryClient.invalidateQueries({ queryKey: operationKey(reading) });
}

const queue = makePhotoQueue({
  store: browserPhotos,
  send,
  isOnline: () => navigator.onLine,
  later(ms, run) {
    const timer = setTimeout(run, ms);
    return () => clearTimeout(timer);
  },
});

/** For as long as somebody is signed in. The answer ends it. */
export function startPhotos(staffId: number): () => void {
  const wake = (): void => void queue.wake();
  void queue.start(staffId);
  window.addEventListener("online", wake);
  return () => {
    window.removeEventListener("online", wake);
    queue.stop();
  };
}

/** The photographs of an order that are still here, and what can be done with them. */
export function usePhotos(orderId: string) {
  const { t } = useTranslation("work-order");
  const { staffId } = useSession();
  const zone = useZone();
  const { photos, cutOff } = useSyncExternalStore(queue.subscribe, queue.view);
  const waiting = useMemo(() => photos.filter((photo) => photo.orderId === orderId), [photos, orderId]);
  const add = useCallback(
    async (files: readonly File[]): Promise<void> => {
      const at = wallClock(nowMs(), zone);
      const wall = `${wallDate(at)} ${wallTime(at)}:${String(at.second).padStart(2, "0")}`;
      for (const [place, original] of files.entries()) {
        const { file, isJpeg } = await shrinkPhoto(original);
        const name = isJpeg ? photoName(t("photo.name"), wall, place + 1, "jpg") : original.name;
        // Not awaited: the next one is made smaller while this one is on its way.
        void queue.add({ id: newIdempotencyKey(), staffId, orderId, name, file, atMs: nowMs() + place });
      }
    },
    [orderId, staffId, zone, t],
  );
  return { waiting, cutOff, add, restore: queue.add, discard: queue.discard, retry: () => void queue.wake(true) };
}
