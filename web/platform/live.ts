// What the server tells while the page is open: something changed, read it again. The browser's EventSource connects anew by
// itself and names the last event it saw; where the server no longer has what followed, it sends `reset` and all is read again.
import { LiveEvent } from "@bihuan/contract/platform.ts";
import { useEffect, useRef, useSyncExternalStore } from "react";

export type Change = LiveEvent | "everything";
type Listener = (change: Change) => void;

const listeners = new Set<Listener>();
const watchers = new Set<() => void>();
let source: EventSource | null = null;
let connected = false;
let wasConnected = false;

function setConnected(value: boolean): void {
  if (connected === value) return;
  connected = value;
  for (const watcher of watchers) watcher();
}
const tell = (change: Change): void => {
  for (const listener of listeners) listener(change);
};

/** Opens the stream; the answer closes it. */
export function startLive(): () => void {
  source = new EventSource("/api/live");
  source.onopen = () => {
    setConnected(true);
    wasConnected = true;
  };
  source.onerror = () => setConnected(false);
  source.onmessage = ({ data }: MessageEvent<string>) => {
    const parsed = LiveEvent.safeParse(JSON.parse(data));
    if (parsed.success) tell(parsed.data);
  };
  source.addEventListener("reset", () => tell("everything"));
  return () => {
    source?.close();
    source = null;
    wasConnected = false;
    setConnected(false);
  };
}

/** Hears of every change while the component stands. */
export function useLive(listener: Listener): void {
  const latest = useRef(listener);
  latest.current = listener;
  useEffect(() => {
    const hear: Listener = (change) => latest.current(change);
    listeners.add(hear);
    return () => {
      listeners.delete(hear);
    };
  }, []);
}

/** False where the stream was lost: what is on the screen may be old. Nothing is said before it stood once. */
export function useLiveConnected(): boolean {
  return useSyncExternalStore(
    (watcher) => {
      watchers.add(watcher);
      return () => watchers.delete(watcher);
    },
    () => connected || !wasConnected,
  );
}
