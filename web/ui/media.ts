// What the screen is like: its width, and whether fingers press on it.
import { useSyncExternalStore } from "react";

/** Whether a media query holds now; the component is drawn again when that changes. */
export const useMedia = (query: string): boolean =>
  useSyncExternalStore(
    (listener) => {
      const media = window.matchMedia(query);
      media.addEventListener("change", listener);
      return () => media.removeEventListener("change", listener);
    },
    () => window.matchMedia(query).matches,
  );

/** A telephone upright: one column, what comes next at the foot of the screen. The stylesheets use the same width. */
export const usePhone = (): boolean => useMedia("(max-width: 640px)");

/** Fingers press: what is pressed is larger. */
export const useTouch = (): boolean => useMedia("(pointer: coarse)");
