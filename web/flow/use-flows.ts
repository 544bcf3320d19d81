// The flows as the screen needs their words: titles of kinds of business, of their steps and clocks.
import { type FlowView, flowOperations } from "@bihuan/contract/flow.ts";
import type { Bilingual } from "@bihuan/contract/text.ts";
import { useMemo } from "react";
import { useBilingual } from "../platform/language.ts";
import { useOperation } from "../platform/query.ts";

const none: readonly FlowView[] = [];

export type FlowWords = {
  readonly flow: (id: string) => string;
  /** Where the flow is not said, the first that has such a subtype names it. */
  readonly subtype: (flowId: string | undefined, code: string) => string;
  /** The title of a step; the step itself where nobody named it (imported histories). */
  readonly step: (flowId: string, step: string | null) => string;
  readonly slot: (flowId: string | null, slot: string) => string;
};

/** The flows of the product, kept for as long as the page is open: they change only with the program. */
export function useFlows() {
  const query = useOperation(flowOperations.listFlows, {}, { staleMs: Number.POSITIVE_INFINITY });
  const flows = query.data?.flows ?? none;
  const say = useBilingual();
  const words = useMemo((): FlowWords => {
    const byId = new Map(flows.map((flow) => [flow.id, flow]));
    const slots = new Map<string, Bilingual>(flows.flatMap((flow) => flow.slots.map(({ key, title }) => [key, title])));
    const saying = (text: Bilingual | undefined, otherwise: string): string => (text ? say(text) : otherwise);
    return {
      flow: (id) => saying(byId.get(id)?.title, id),
      subtype: (id, code) => {
        const within = id === undefined ? flows : flows.filter((flow) => flow.id === id);
        return saying(within.flatMap(({ subtypes }) => subtypes).find((one) => one.code === code)?.title, code);
      },
      step: (id, step) => (step === null ? "" : saying(byId.get(id)?.steps.find(({ key }) => key === step)?.title, step)),
      slot: (id, slot) => saying(byId.get(id ?? "")?.slots.find(({ key }) => key === slot)?.title ?? slots.get(slot), slot),
    };
  }, [flows, say]);
  return { query, flows, words };
}
