// The views a person saved follow the person. Those that this machine still keeps from before are handed over once.
import { useEffect, useRef } from "react";
import { useSetting } from "../../platform/setting.ts";
import { useStored } from "../../ui/stored.ts";
import { readViews, type SavedView } from "./views.ts";

export function useSavedViews(): readonly [views: readonly SavedView[], keep: (views: readonly SavedView[]) => void] {
  const [kept, keep] = useSetting<unknown>("order-views");
  const [here, forget] = useStored<unknown>("order-views");
  const isHanded = useRef(false);
  useEffect(() => {
    if (kept === undefined || here === null || isHanded.current) return;
    isHanded.current = true;
    const known = readViews(kept);
    const fresh = readViews(here).filter(({ name }) => !known.some((view) => view.name === name));
    if (fresh.length > 0) keep([...known, ...fresh]);
    forget(null);
  });
  return [readViews(kept), (views) => keep(views.length > 0 ? views : null)];
}
