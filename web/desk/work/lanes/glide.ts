// Rows that change their place slide there, so that the eye can follow: from where they stood to where they stand, in a sixth of a second.
import { type RefObject, useLayoutEffect, useRef } from "react";

const DURATION_MS = 160;

/** In: the box whose descendants with `data-glide` move, and what they are drawn from. Nobody who asks for less motion sees any. */
export function useGlide(box: RefObject<HTMLElement | null>, drawnFrom: unknown): void {
  const places = useRef(new Map<string, number>());
  useLayoutEffect(() => {
    const still = window.matchMedia("(prefers-reduced-motion: reduce)").matches;
    const top = box.current?.getBoundingClientRect().top ?? 0;
    const now = new Map<string, number>();
    const isFirst = places.current.size === 0;
    for (const row of box.current?.querySelectorAll<HTMLElement>("[data-glide]") ?? []) {
      const key = row.dataset["glide"] ?? "";
      const place = row.getBoundingClientRect().top - top;
      now.set(key, place);
      const before = places.current.get(key);
      if (still || isFirst || before === place) continue;
      const from = before === undefined ? { opacity: 0 } : { transform: `translateY(${before - place}px)` };
      row.animate([from, before === undefined ? { opacity: 1 } : { transform: "none" }], {
        duration: DURATION_MS,
        easing: "ease-out",
      });
    }
    places.current = now;
  }, [box, drawnFrom]);
}
