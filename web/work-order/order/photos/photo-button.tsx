// Takes a photograph with the telephone's own camera, and puts it on its way to the order.
import { Button, type ButtonProps } from "antd";
import { useRef } from "react";
import { useTranslation } from "react-i18next";
import { Icon } from "../../../ui/icon.tsx";
import { usePhotos } from "./use-photos.ts";

/** `iconOnly` where there is no room for the word; it keeps its name. */
export function PhotoButton({ orderId, iconOnly = false, ...button }: { orderId: string; iconOnly?: boolean } & ButtonProps) {
  const { t } = useTranslation("work-order");
  const input = useRef<HTMLInputElement>(null);
  const { add } = usePhotos(orderId);
  return (
    <>
      <input
        ref={input}
        type="file"
        accept="image/*"
        capture="environment"
        multiple
        hidden
        aria-label={t("photo.take")}
        onChange={(event) => {
          void add([...(event.target.files ?? [])]);
          event.target.value = "";
        }}
      />
      <Button
        {...button}
        icon={<Icon name="camera" size={20} />}
        {...(iconOnly ? { "aria-label": t("photo.take"), title: t("photo.take") } : {})}
        onClick={() => input.current?.click()}
      >
        {iconOnly ? null : t("photo.take")}
      </Button>
    </>
  );
}
