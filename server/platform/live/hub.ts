// Live events on their way to the browsers: one LISTEN connection a process, a ring of the latest events, one stream a tab.
import type { LiveEvent } from "@bihuan/contract/platform.ts";
import type { Database } from "../database.ts";
import type { Access, Session } from "../http/operations.ts";
import { CHANNEL, type LiveMessage } from "./publish.ts";
import type { Log } from "../log.ts";
import { listen } from "./listener.ts";

const RING_EVENTS = 10_000; // about a minute of a province's storm; who was away longer reads its page again
const HEARTBEAT_MS = 15_000; // below the 30 to 60 s after which proxies cut a silent connection
const VALIDITY_CHECK_MS = 60_000;
const MOST_STREAMS = 20; // of one session: more tabs than anybody works with, fewer than would hurt
const MOST_UNSENT_BYTES = 1024 * 1024; // a browser that reads slower than this falls behind is cut off, and resumes

/** Where a stream writes: the raw response of an SSE request, or a recorder in a test. */
export type Sink = { write(text: string): boolean; end(): void; readonly writableLength: number };
export type Stream = { readonly session: Session; readonly hears: (message: LiveMessage) => boolean; readonly sink: Sink };
type Kept = { readonly number: number; readonly message: LiveMessage };

export type LiveHub = {
  /** Opens a stream: what was missed since `lastEventId`, or a reset where that is not known any more; then what comes. Out: closes it. */
  open(stream: Stream, lastEventId: string | null): () => void;
  connections(): number;
  listening(): boolean;
  close(): Promise<void>;
};

const frame = (id: string, event: LiveEvent) => `id: ${id}\ndata: ${JSON.stringify(event)}\n\n`;
const wire = (message: LiveMessage): LiveEvent => ({
  type: message.type,
  id: message.id ?? null,
  version: message.version ?? null,
});
const RESET: LiveEvent = { type: "reset", id: null, version: null };

/** Starts listening. `access` says which sessions still hold. */
export async function startLiveHub(parts: {
  db: Database;
  access: Pick<Access, "stillValid" | "heard">;
  log: Log;
  ringEvents?: number;
  heartbeatMs?: number;
  validityCheckMs?: number;
}): Promise<LiveHub> {
  const { db, access, log } = parts;
  const most = parts.ringEvents ?? RING_EVENTS;
  const boot = crypto.randomUUID().slice(0, 8); // numbers count from this process's start: another process's are unknown here
  const streams = new Set<Stream>();
  let ring: Kept[] = [];
  let last = 0;
  let closed = false;

  const drop = (stream: Stream) => {
    if (streams.delete(stream)) stream.sink.end();
  };
  const send = (stream: Stream, id: string, event: LiveEvent) => {
    if (stream.sink.writableLength > MOST_UNSENT_BYTES) drop(stream);
    else stream.sink.write(frame(id, event));
  };
  const deliver = (message: LiveMessage) => {
    access.heard?.(message);
    if (message.type === "session.changed") {
      for (const stream of streams) if (stream.session.id === message.id) drop(stream);
      return;
    }
    const number = ++last;
    ring.push({ number, message });
    if (ring.length > most * 2) ring = ring.slice(-most);
    const event = wire(message);
    for (const stream of streams) if (stream.hears(message)) send(stream, `${boot}.${number}`, event);
  };
  const dropInvalid = async () => {
    if (streams.size === 0) return;
    const asked = [...streams];
    const valid = await access.stillValid(asked.map((stream) => stream.session));
    for (const stream of asked) if (!valid.has(stream.session.id)) drop(stream);
  };
  // After a gap nobody knows what was missed: everybody reads again, and revocations that were missed are caught up on.
  const reset = () => {
    access.heard?.(null);
    ring = [];
    last++;
    for (const stream of streams) send(stream, `${boot}.${last}`, RESET);
    dropInvalid().catch((error: unknown) => log.warn({ err: error }, "live events: sessions could not be checked"));
  };

  const listener = await listen(db, CHANNEL, {
    payload: (text) => {
      for (const message of JSON.parse(text) as LiveMessage[]) deliver(message);
    },
    gap: reset,
    log,
  });
  const heartbeat = setInterval(() => {
    for (const stream of streams) stream.sink.write(": still here\n\n");
  }, parts.heartbeatMs ?? HEARTBEAT_MS);
  const validity = setInterval(() => void dropInvalid().catch(() => undefined), parts.validityCheckMs ?? VALIDITY_CHECK_MS);
  heartbeat.unref();
  validity.unref();

  return {
    open(stream, lastEventId) {
      const { sink } = stream;
      if (closed) {
        sink.end(); // a browser that connects again while the server stops would hold it up
        return () => undefined;
      }
      const own = [...streams].filter(({ session }) => session.id === stream.session.id);
      for (const surplus of own.slice(0, Math.max(0, own.length + 1 - MOST_STREAMS))) drop(surplus);
      sink.write("retry: 2000\n\n");
      const [from, number] = lastEventId?.split(".") ?? [];
      const seen = Number(number);
      const oldest = ring[0]?.number ?? last + 1;
      if (lastEventId === null) sink.write(`id: ${boot}.${last}\n: connected\n\n`);
      else if (from === boot && Number.isInteger(seen) && seen >= oldest - 1 && seen <= last) {
        for (const kept of ring)
          if (kept.number > seen && stream.hears(kept.message)) send(stream, `${boot}.${kept.number}`, wire(kept.message));
      } else send(stream, `${boot}.${last}`, RESET);
      streams.add(stream);
      return () => void streams.delete(stream);
    },
    connections: () => streams.size,
    listening: () => listener.listening(),
    async close() {
      closed = true;
      clearInterval(heartbeat);
      clearInterval(validity);
      for (const stream of streams) drop(stream);
      await listener.close();
    },
  };
}
