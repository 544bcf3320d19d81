// One timer for every countdown on the screen. It runs only while something listens, on whole seconds, and rests while the
// page is hidden.
import { useSyncExternalStore } from "react";
import { nowMs } from "./time.ts";

const listeners = new Set<() => void>();
let timer: ReturnType<typeof setTimeout> | null = null;
let current = nowMs();

function tick(): void {
  current = nowMs();
  for (const listener of listeners) listener();
  schedule();
}
function schedule(): void {
  if (timer !== null) clearTimeout(timer);
  timer = listeners.size > 0 && document.visibilityState === "visible" ? setTimeout(tick, 1_000 - (nowMs() % 1_000)) : null;
}
function subscribe(listener: () => void): () => void {
  if (listeners.size === 0) {
    current = nowMs();
    document.addEventListener("visibilitychange", tick);
  }
  listeners.add(listener);
  if (timer === null) schedule();
  return () => {
    listeners.delete(listener);
    if (listeners.size > 0) return;
    document.removeEventListener("visibilitychange", tick);
    schedule();
  };
}

/**
 * The server's now, refreshed each second, cut to `stepMs`: a component that shows minutes asks for 60 000 and is drawn
 * again only when the minute changes.
 */
export function useNow(stepMs = 1_000): number {
  return useSyncExternalStore(subscribe, () => Math.floor(current / stepMs) * stepMs);
}
