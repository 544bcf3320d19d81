// One act of a person has one key, however often it has to be sent.
import { useRef } from "react";
import { newIdempotencyKey } from "./client.ts";

/** The same content gives the same key until `done`; changed content is another act. */
export function makeActKeys(newKey: () => string): { keyFor: (content: unknown) => string; done: () => void } {
  let last: { content: string; key: string } | null = null;
  return {
    keyFor(content) {
      const text = JSON.stringify(content);
      if (last?.content !== text) last = { content: text, key: newKey() };
      return last.key;
    },
    done() {
      last = null;
    },
  };
}

export function useActKeys(): ReturnType<typeof makeActKeys> {
  const keys = useRef<ReturnType<typeof makeActKeys> | null>(null);
  keys.current ??= makeActKeys(newIdempotencyKey);
  return keys.current;
}
