// Keyboard: single letters act on lists, never while somebody types.
import { useEffect, useRef } from "react";

/** True where a key belongs to what has the focus: a field, an open menu, a dialog's own control. */
export function isTyping(target: EventTarget | null): boolean {
  if (!(target instanceof HTMLElement)) return false;
  return (
    target.isContentEditable ||
    /^(INPUT|TEXTAREA|SELECT)$/.test(target.tagName) ||
    target.closest("[role=listbox],[role=menu],[role=combobox]") !== null
  );
}

/** `mod+k` is Ctrl K, on a Mac also ⌘K; other names are those of `KeyboardEvent.key`. */
export function keyName(event: Pick<KeyboardEvent, "key" | "ctrlKey" | "metaKey" | "altKey">): string {
  if (event.altKey) return `alt+${event.key.toLowerCase()}`;
  return event.ctrlKey || event.metaKey
    ? `mod+${event.key.toLowerCase()}`
    : event.key.length === 1
      ? event.key.toLowerCase()
      : event.key;
}

/**
 * Handlers by key, for as long as the component stands. Keys with `mod` and Escape also work while typing. `capture`: before the
 * control that has the focus, which does not hear of the key then.
 */
export function useKeys(
  handlers: Readonly<Record<string, (event: KeyboardEvent) => void>>,
  active = true,
  phase?: "capture",
): void {
  const latest = useRef(handlers);
  latest.current = handlers;
  useEffect(() => {
    if (!active) return;
    const listen = (event: KeyboardEvent): void => {
      if (event.defaultPrevented || event.isComposing) return;
      const name = keyName(event);
      const handler = latest.current[name];
      if (!handler || (isTyping(event.target) && !name.startsWith("mod+") && name !== "Escape")) return;
      if (phase) {
        event.preventDefault();
        event.stopPropagation();
      }
      handler(event);
    };
    window.addEventListener("keydown", listen, { capture: phase !== undefined });
    return () => window.removeEventListener("keydown", listen, { capture: phase !== undefined });
  }, [active, phase]);
}
