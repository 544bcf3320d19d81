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

/** `mod+k` is Ctrl K, on a Mac also ⌘K; other names are those of `KeyboardEvent.key`. With Alt a digit is meant, whatever it types. */
export function keyName(event: Pick<KeyboardEvent, "key" | "code" | "ctrlKey" | "metaKey" | "altKey">): string {
  if (event.altKey) return `alt+${/^Digit(\d)$/.exec(event.code)?.[1] ?? event.key.toLowerCase()}`;
  return event.ctrlKey || event.metaKey
    ? `mod+${event.key.toLowerCase()}`
    : event.key.length === 1
      ? event.key.toLowerCase()
      : event.key;
}

/** Keys that write nothing. */
const worksWhileTyping = (name: string): boolean => /^(mod\+|alt\+|Escape$|F\d+$)/.test(name);

/**
 * Handlers by key, for as long as the component stands. Keys with `mod` or `alt`, F keys and Escape also work while typing.
 * `capture`: before the control that has the focus, which does not hear of the key then.
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
      if (!handler || (isTyping(event.target) && !worksWhileTyping(name))) return;
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
