// A browser tab listening to live events, as EventSource does: it keeps the last id, and connects again by itself.
import type { LiveEvent } from "@bihuan/contract/platform.ts";

export type Tab = { readonly events: LiveEvent[]; lastEventId(): string | null; close(): Promise<void> };

/** Opens a tab; resolves when the stream has begun. In: the last id it heard from a server before, if any. */
export async function openTab(
  address: string,
  headers: Readonly<Record<string, string>>,
  resumedFrom: string | null = null,
): Promise<Tab> {
  const events: LiveEvent[] = [];
  const stopped = new AbortController();
  let lastEventId = resumedFrom;
  const connect = () =>
    fetch(`${address}/api/live`, {
      headers: { ...headers, ...(lastEventId === null ? {} : { "last-event-id": lastEventId }) },
      signal: stopped.signal,
    });
  const listen = async (response: Response) => {
    let text = "";
    for await (const chunk of (response.body ?? []) as AsyncIterable<Uint8Array>) {
      text += Buffer.from(chunk).toString();
      const lines = text.split("\n");
      text = lines.pop() ?? "";
      for (const line of lines) {
        if (line.startsWith("id: ")) lastEventId = line.slice(4);
        if (line.startsWith("data: ")) events.push(JSON.parse(line.slice(6)) as LiveEvent);
      }
    }
  };
  const first = await connect();
  if (first.status !== 200) throw new Error(`no stream: ${first.status}`);
  const listening = (async () => {
    for (let response: Response | null = first; !stopped.signal.aborted; response = await connect().catch(() => null)) {
      if (response?.status === 200) await listen(response).catch(() => undefined);
      else await new Promise((resolve) => setTimeout(resolve, 20));
    }
  })();
  return {
    events,
    lastEventId: () => lastEventId,
    async close() {
      stopped.abort();
      await listening;
    },
  };
}
