// Keyboard: single letters act on what is in front, never while somebody types. Every key that works says what it does: the help
// (`?`) and the search read the same list that the keyboard is answered from.
import { useEffect, useRef, useSyncExternalStore } from "react";

type Handler = (event: KeyboardEvent) => void;
/** Where a key works: on the page in front, or wherever one is. */
export type KeyScope = "page" | "everywhere";
export type Key = {
  /** Null where the browser does it by itself: Enter on a link. */
  readonly run: Handler | null;
  /** In the person's words. */
  readonly does: string;
  readonly scope?: KeyScope;
  /** An act that the search offers too: it needs nothing to be chosen first. */
  readonly act?: true;
};
/** A handler alone is a key that nobody needs to be told of: one that goes on with what another began. */
export type Keys = Readonly<Record<string, Handler | Key>>;

/** True where a key belongs to what has the focus: a field, an open menu, a dialog's own control. */
export function isTyping(target: EventTarget | null): boolean {
  if (!(target instanceof HTMLElement)) return false;
  return (
    target.isContentEditable ||
    /^(INPUT|TEXTAREA|SELECT)$/.test(target.tagName) ||
    target.closest("[role=listbox],[role=menu],[role=combobox]") !== null
  );
}

/** Whether a dialog stands in front: what lies behind it hears no single keys. */
const isDialogInFront = (): boolean =>
  [...document.querySelectorAll("dialog[open], .ant-modal-wrap")].some((one) => one.checkVisibility());

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

const signs: Readonly<Record<string, string | undefined>> = { enter: "↵", escape: "Esc", arrowdown: "↓", arrowup: "↑" };

/** A key as it is printed on the keyboard, one text for each to press: `mod+enter` is Ctrl and ↵. */
export function keyCaps(name: string): readonly string[] {
  const [modifier, plain = name] = name.includes("+") && name.length > 1 ? name.split("+") : [undefined, name];
  const cap = signs[plain.toLowerCase()] ?? (modifier && plain.length === 1 ? plain.toUpperCase() : plain);
  return modifier === undefined ? [cap] : [modifier === "mod" ? "Ctrl" : "Alt", cap];
}

export type StandingKey = {
  readonly name: string;
  readonly does: string;
  readonly scope: KeyScope;
  readonly act: boolean;
  readonly run: Handler | null;
};
export type KeyRow = { readonly does: string; readonly names: readonly string[] };

/** The keys for reading: those that do the same stand in one row, in the order in which they came. */
export function keyRows(keys: readonly Pick<StandingKey, "name" | "does">[]): readonly KeyRow[] {
  const rows = new Map<string, string[]>();
  for (const { name, does } of keys) {
    const names = rows.get(does) ?? [];
    if (!names.includes(name)) names.push(name);
    rows.set(does, names);
  }
  return [...rows].map(([does, names]) => ({ does, names }));
}

/** What every component that stands has said of its keys, the newest first. */
const standing = new Map<object, readonly StandingKey[]>();
const watchers = new Set<() => void>();
let list: readonly StandingKey[] = [];
function changed(): void {
  list = [...standing.values()].reverse().flat();
  for (const watcher of watchers) watcher();
}

/** Every key that works at this moment and says what it does. */
export const useStandingKeys = (): readonly StandingKey[] =>
  useSyncExternalStore(
    (watcher) => {
      watchers.add(watcher);
      return () => {
        watchers.delete(watcher);
      };
    },
    () => list,
  );

const handlerOf = (key: Handler | Key | undefined): Handler | null => (typeof key === "function" ? key : (key?.run ?? null));
const told = (keys: Keys): [string, Key][] =>
  Object.entries(keys).filter((entry): entry is [string, Key] => typeof entry[1] !== "function");

/**
 * Keys, for as long as the component stands. Those with `mod` or `alt`, F keys and Escape also work while typing. `capture`: before
 * the control that has the focus, which does not hear of the key then. A dialog in front leaves only those with `mod` to the page.
 */
export function useKeys(keys: Keys, active = true, phase?: "capture"): void {
  const latest = useRef(keys);
  latest.current = keys;
  useEffect(() => {
    if (!active) return;
    const listen = (event: KeyboardEvent): void => {
      if (event.defaultPrevented || event.isComposing) return;
      const name = keyName(event);
      const handler = handlerOf(latest.current[name]);
      if (!handler) return;
      if ((isDialogInFront() && !name.startsWith("mod+")) || (isTyping(event.target) && !worksWhileTyping(name))) return;
      if (phase) {
        event.preventDefault();
        event.stopPropagation();
      }
      handler(event);
    };
    window.addEventListener("keydown", listen, { capture: phase !== undefined });
    return () => window.removeEventListener("keydown", listen, { capture: phase !== undefined });
  }, [active, phase]);

  const owner = useRef({});
  const words = JSON.stringify(told(keys).map(([name, { does, scope, act, run }]) => [name, does, scope, act, run === null]));
  useEffect(() => {
    const entries = active ? told(latest.current) : [];
    if (entries.length === 0) return;
    const { current } = owner;
    standing.set(
      current,
      entries.map(([name, { does, scope = "page", act = false, run }]) => ({
        name,
        does,
        scope,
        act,
        run: run === null ? null : (event) => handlerOf(latest.current[name])?.(event),
      })),
    );
    changed();
    return () => {
      standing.delete(current);
      changed();
    };
  }, [active, words]);
}
