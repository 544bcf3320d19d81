import { useState } from "react";

/** A choice of the person that is kept on this machine; null where none was made. */
export function useStored<Value>(name: string): [Value | null, (value: Value | null) => void] {
  const key = `bihuan.${name}`;
  const [value, setValue] = useState<Value | null>(() => {
    try {
      return JSON.parse(localStorage.getItem(key) ?? "null") as Value | null;
    } catch {
      return null;
    }
  });
  return [
    value,
    (next) => {
      setValue(next);
      if (next === null) localStorage.removeItem(key);
      else localStorage.setItem(key, JSON.stringify(next));
    },
  ];
}
