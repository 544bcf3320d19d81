// What the server tells while the page is open: something changed, read it again. The browser's EventSource connects anew by
// itself and names the last event it saw; where the server no longer has what followed, it says `reset` and all is read again.
import { identityOperations } from "@bihuan/contract/identity.ts";
import { LiveEvent } from "@bihuan/contract/platform.ts";
import { useEffect, useRef, useSyncExternalStore } from "react";
import { callOperation } from "./client.ts";

export type Change = LiveEvent | "everything";
type Listener = (change: Change) => void;

const listeners = new Set<Listener>();
const watchers = new Set<() => void>();
let source: EventSource | null = null;
let reopening: ReturnType<typeof setTimeout> | null = null;
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

/** A stream the server has closed for good is opened anew after this time: the session may have ended, or only changed. */
const reopenAfterMs = 3_000;

function open(): void {
  source = new EventSource("/api/live");
  source.onopen = () => {
    setConnected(true);
    wasConnected = true;
  };
  source.onmessage = ({ data }: MessageEvent<string>) => {
    const parsed = LiveEvent.safeParse(JSON.parse(data));
    if (parsed.success) tell(parsed.data.type === "reset" ? "everything" : parsed.data);
  };
  source.onerror = () => {
    setConnected(false);
    if (source?.readyState !== EventSource.CLOSED) return;
    // EventSource does not say why. Asking who is signed in does: without a session the answer leads to the sign-in.
    reopening = setTimeout(() => {
      void callOperation(identityOperations.currentSession, {}).then(
        () => {
          tell("everything");
          open();
        },
        () => source && source.onerror?.(new Event("error")),
      );
    }, reopenAfterMs);
  };
}

/** Opens the stream; the answer closes it. */
export function startLive(): () => void {
  open();
  return () => {
    source?.close();
    source = null;
    if (reopening) clearTimeout(reopening);
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
