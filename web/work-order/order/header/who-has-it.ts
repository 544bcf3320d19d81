// Two units of an order: the one responsible for it at this moment, and the one that was given it to handle.
import type { OrderView } from "@bihuan/contract/work-order.ts";

type Order = {
  readonly status: OrderView["status"];
  readonly unit: { readonly unitId: number; readonly name: string };
  readonly handlingUnit: { readonly unitId: number; readonly name: string } | null;
  readonly holder: { readonly name: string } | null;
  readonly events: readonly {
    readonly type: string;
    readonly seq: number;
    readonly actor: { readonly kind: string; readonly name: string };
  }[];
};

export type HolderFact = {
  readonly fact: "unit" | "holder" | "handling" /** Null: nobody has accepted it. */;
  readonly text: string | null;
};

/** Who handled it last: whoever replied, else whoever accepted it. */
function handlerOf({ events }: Pick<Order, "events">): string | null {
  const bySeq = events.toSorted((one, other) => other.seq - one.seq);
  const last = (type: string) => bySeq.find((event) => event.type === type && event.actor.kind === "staff");
  return (last("reply") ?? last("accept"))?.actor.name ?? null;
}

/**
 * What the head of an order says of who has it: while it is open the responsible unit and the person, besides the handling unit
 * where that is another; once it is closed only who handled it.
 */
export function whoHasIt(order: Order): HolderFact[] {
  const { unit, handlingUnit, holder } = order;
  const handler = handlerOf(order);
  // Before anybody accepted it the handling unit is the one proposed at intake: no more than a suggestion.
  const handled = handler === null ? unit.name : `${handlingUnit?.name ?? unit.name} · ${handler}`;
  const isOpen = order.status === "OPEN" || order.status === "SUSPENDED";
  if (!isOpen) return [{ fact: "handling", text: handled }];
  const elsewhere = handler !== null && handlingUnit !== null && handlingUnit.unitId !== unit.unitId;
  if (elsewhere)
    return [
      { fact: "unit", text: holder ? `${unit.name} · ${holder.name}` : unit.name },
      { fact: "handling", text: handled },
    ];
  return [
    { fact: "unit", text: unit.name },
    { fact: "holder", text: holder?.name ?? null },
  ];
}
