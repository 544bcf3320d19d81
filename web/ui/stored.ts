import { useMemo, useSyncExternalStore } from "react";

const listeners = new Set<() => void>();
const listen = (listener: () => void): (() => void) => {
  listeners.add(listener);
  window.addEventListener("storage", listener);
  return () => {
    listeners.delete(listener);
    window.removeEventListener("storage", listener);
  };
};

/** A choice of the person that is kept on this machine; null where none was made. Every part of the page sees a change at once. */
export function useStored<Value>(name: string): [Value | null, (value: Value | null) => void] {
  const key = `bihuan.${name}`;
  const text = useSyncExternalStore(listen, () => localStorage.getItem(key));
  const value = useMemo(() => {
    try {
      return JSON.parse(text ?? "null") as Value | null;
    } catch {
      return null;
    }
  }, [text]);
  return [
    value,
    (next) => {
      if (next === null) localStorage.removeItem(key);
      else localStorage.setItem(key, JSON.stringify(next));
      for (const listener of listeners) listener();
    },
  ];
}
