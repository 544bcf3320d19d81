// A bulk act is held for a few seconds before it is sent: what was meant otherwise is undone while nothing has happened yet.
import type { TaskRow } from "@bihuan/contract/desk-work.ts";
import { workOrderOperations } from "@bihuan/contract/work-order.ts";
import { App } from "antd";
import { useEffect, useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import { callOperation, newIdempotencyKey } from "../../../platform/client.ts";
import { taskKey, useReadWorkAgain } from "../lanes/use-lanes.ts";
import { type BulkOffer, forEach, type Outcome } from "./bulk.ts";

const HELD_SECONDS = 5;

type Planned = { readonly offer: BulkOffer; readonly tasks: readonly TaskRow[]; readonly form: Record<string, unknown> };
export type RunState =
  | { readonly phase: "idle" }
  | (Planned & { readonly phase: "held"; readonly secondsLeft: number })
  | (Planned & { readonly phase: "running"; readonly done: number })
  | (Planned & { readonly phase: "done"; readonly outcomes: readonly Outcome<TaskRow>[] });

/** In: hears which tasks stay selected afterwards, those that were not done. */
export function useHeldRun(onKeep: (keys: readonly string[]) => void) {
  const { t } = useTranslation("work");
  const { message } = App.useApp();
  const again = useReadWorkAgain();
  const [state, setState] = useState<RunState>({ phase: "idle" });
  const latest = useRef(state);
  latest.current = state;

  const start = async ({ offer, tasks, form }: Planned): Promise<void> => {
    const planned = { offer, tasks, form };
    setState({ ...planned, phase: "running", done: 0 });
    const outcomes = await forEach(
      tasks,
      ({ order }) =>
        callOperation(workOrderOperations.act, {
          params: { orderId: order.orderId, action: offer.key },
          body: { version: order.version, form },
          idempotencyKey: newIdempotencyKey(),
        }),
      (done) => setState({ ...planned, phase: "running", done }),
    );
    setState({ ...planned, phase: "done", outcomes });
    again();
  };

  // The timer and the end of the bar begin what is meant at that moment.
  const begin = useRef(start);
  begin.current = start;
  const isHeld = state.phase === "held";
  useEffect(() => {
    if (!isHeld) return;
    const timer = setInterval(() => {
      const now = latest.current;
      if (now.phase !== "held") return;
      if (now.secondsLeft > 1) setState({ ...now, secondsLeft: now.secondsLeft - 1 });
      else void begin.current(now);
    }, 1_000);
    // What was decided is not lost by closing the window too soon.
    const ask = (event: BeforeUnloadEvent) => event.preventDefault();
    window.addEventListener("beforeunload", ask);
    return () => {
      clearInterval(timer);
      window.removeEventListener("beforeunload", ask);
    };
  }, [isHeld]);
  // Leaving the page is no undoing.
  useEffect(
    () => () => {
      if (latest.current.phase === "held") void begin.current(latest.current);
    },
    [],
  );

  return {
    state,
    hold: (offer: BulkOffer, tasks: readonly TaskRow[], form: Record<string, unknown>): void =>
      setState({ phase: "held", offer, tasks, form, secondsLeft: HELD_SECONDS }),
    undo: (): void => {
      setState({ phase: "idle" });
      void message.info(t("bulk.undone"));
    },
    atOnce: (): void => {
      if (state.phase === "held") void start(state);
    },
    close: (): void => {
      if (state.phase === "done") onKeep(state.outcomes.filter(({ error }) => error !== null).map(({ item }) => taskKey(item)));
      setState({ phase: "idle" });
    },
  };
}
