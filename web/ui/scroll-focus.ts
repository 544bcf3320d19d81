// What scrolls and holds nothing to tab to is itself a stop for the keyboard, or its end would be out of reach; everything else is none.
import { type RefObject, useEffect } from "react";

const stops = "a[href], button:not([disabled]), input:not([disabled]), select, textarea, summary, [tabindex='0']";

/** `otherwise`: its `tabindex` while it is no stop; none where absent. */
export function useScrollFocus(frame: RefObject<HTMLElement | null>, otherwise?: -1): void {
  useEffect(() => {
    const { current } = frame;
    if (!current) return;
    let planned = 0;
    const look = (): void => {
      planned = 0;
      const scrolls = current.scrollWidth > current.clientWidth + 1 || current.scrollHeight > current.clientHeight + 1;
      if (scrolls && !current.querySelector(stops)) current.tabIndex = 0;
      else if (otherwise === undefined) current.removeAttribute("tabindex");
      else current.tabIndex = otherwise;
    };
    const plan = (): void => {
      planned ||= requestAnimationFrame(look);
    };
    const size = new ResizeObserver(plan);
    const content = new MutationObserver(plan);
    size.observe(current);
    content.observe(current, { childList: true, subtree: true });
    return () => {
      size.disconnect();
      content.disconnect();
      cancelAnimationFrame(planned);
    };
  }, [frame, otherwise]);
}
