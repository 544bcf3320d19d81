// The drafts of this person: at once in this window, where a reload finds them, and a moment later on the server, where another desk
// does. Nothing of them stays in the window after its person has signed out.
import { deskIntakeOperations } from "@bihuan/contract/desk-intake.ts";
import { type RefObject, useCallback, useEffect, useRef, useState } from "react";
import { callOperation, operationUrl } from "../../../platform/client.ts";
import { useOperation } from "../../../platform/query.ts";
import { nowMs } from "../../../platform/time.ts";
import { begun, type Draft, type Drafts, isWritten, newDraft, readDraft, readDrafts, withOthers } from "./draft.ts";

const PREFIX = "bihuan.intake.";
const keyOf = (staffId: number): string => `${PREFIX}${staffId}`;
const RESTS_MS = 1_000;

/** Nothing of what was written stays in this window, but for the person named by `except`. */
export function forgetDrafts(except?: number): void {
  const kept = except === undefined ? null : keyOf(except);
  for (const key of Object.keys(sessionStorage)) if (key.startsWith(PREFIX) && key !== kept) sessionStorage.removeItem(key);
}

/** A draft with nothing in it, for the next demand. In: the call it belongs to. */
export const freshDraft = (callId: string | null = null): Draft => newDraft(crypto.randomUUID(), nowMs(), callId);

const contentOf = (draft: Draft): Record<string, unknown> => JSON.parse(JSON.stringify(draft)) as Record<string, unknown>;

export type DraftsInHand = {
  readonly drafts: Drafts;
  /** Each change is kept at once. */
  readonly change: (next: (before: Drafts) => Drafts) => void;
  /** The server need not keep it any more; a copy that is still on its way goes too. */
  readonly remove: (draftId: string) => void;
};

/** In: whose. Out: the drafts, and how to change them. */
export function useDrafts(staffId: number): DraftsInHand {
  const [drafts, setDrafts] = useState<Drafts>(() => {
    // Who sat here before has left; what they wrote is not for who sits here now.
    forgetDrafts(staffId);
    return readDrafts(sessionStorage.getItem(keyOf(staffId))) ?? begun(freshDraft());
  });
  // What was changed last, also within one event, before anything is drawn anew.
  const latest = useRef(drafts);
  const change = useCallback<DraftsInHand["change"]>(
    (next) => {
      latest.current = next(latest.current);
      sessionStorage.setItem(keyOf(staffId), JSON.stringify(latest.current));
      setDrafts(latest.current);
    },
    [staffId],
  );

  const kept = useOperation(deskIntakeOperations.listIntakeDrafts, {}, { staleMs: Number.POSITIVE_INFINITY });
  useEffect(() => {
    const others = (kept.data?.drafts ?? []).flatMap(({ content }) => readDraft(content) ?? []);
    if (others.length > 0) change((before) => withOthers(before, others));
  }, [kept.data, change]);

  const sending = useServerCopy(drafts.current);
  return {
    drafts,
    change,
    remove: (draftId) =>
      void sending.current.then(() =>
        callOperation(deskIntakeOperations.discardIntakeDraft, { params: { draftId } }).catch(() => undefined),
      ),
  };
}

/**
 * Sends the draft once its writing rests, and what was not sent yet when the page is left. It is a copy: where it fails, nothing is
 * lost here. Out: what was sent last, until it has arrived.
 */
function useServerCopy(current: Draft): RefObject<Promise<unknown>> {
  const sending = useRef<Promise<unknown>>(Promise.resolve());
  const text = JSON.stringify(current);
  const sent = useRef(text);
  useEffect(() => {
    if (text === sent.current || !isWritten(current)) return;
    const timer = setTimeout(() => {
      sent.current = text;
      sending.current = callOperation(deskIntakeOperations.saveIntakeDraft, {
        params: { draftId: current.id },
        body: { content: contentOf(current) },
      }).catch(() => undefined);
    }, RESTS_MS);
    const leave = (): void => {
      sent.current = text;
      void fetch(operationUrl(deskIntakeOperations.saveIntakeDraft, { params: { draftId: current.id } }), {
        method: "PUT",
        keepalive: true,
        credentials: "same-origin",
        headers: { "content-type": "application/json" },
        body: JSON.stringify({ content: contentOf(current) }),
      }).catch(() => undefined);
    };
    window.addEventListener("pagehide", leave);
    return () => {
      clearTimeout(timer);
      window.removeEventListener("pagehide", leave);
    };
  }, [text, current]);
  return sending;
}
