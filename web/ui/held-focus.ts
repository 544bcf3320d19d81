// Focus in something that opened over the page: it goes in when that opens, stays in while it stands, and goes back when it closes.
import { type RefObject, useEffect, useRef } from "react";

const controls =
  "a[href], button:not([disabled]), input:not([disabled]), select, textarea, summary, [tabindex]:not([tabindex='-1'])";

/** In: what opened (with `tabIndex={-1}`), and how it closes. Escape closes it and nothing behind it, Tab goes round in it. */
export function useHeldFocus(frame: RefObject<HTMLElement | null>, onClose: () => void): void {
  const close = useRef(onClose);
  close.current = onClose;
  useEffect(() => {
    const { current } = frame;
    if (!current) return;
    const cameFrom = document.activeElement;
    current.focus({ preventScroll: true });
    const hear = (event: KeyboardEvent): void => {
      if (event.key === "Escape") {
        event.preventDefault();
        event.stopPropagation();
        close.current();
      } else if (event.key === "Tab") {
        const inside = [...current.querySelectorAll<HTMLElement>(controls)].filter((one) => one.checkVisibility());
        const [first, last] = [inside[0], inside.at(-1)];
        const at = document.activeElement;
        if (!first || !last || at !== (event.shiftKey ? first : last)) return;
        event.preventDefault();
        (event.shiftKey ? last : first).focus();
      }
    };
    current.addEventListener("keydown", hear);
    return () => {
      current.removeEventListener("keydown", hear);
      const now = document.activeElement;
      // Whoever went elsewhere by themselves stays there.
      const isLost = now === null || now === document.body || current.contains(now);
      if (isLost && cameFrom instanceof HTMLElement) cameFrom.focus({ preventScroll: true });
    };
  }, [frame]);
}
