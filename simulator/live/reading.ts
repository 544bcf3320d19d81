// An order as the product shows it, turned into what the people decide on. The public part of its events folds to its state.
import type { OrderView } from "@bihuan/contract/work-order.ts";
import type { OrderEvent } from "@bihuan/core/flow/event.ts";
import type { JsonObject } from "@bihuan/core/flow/form.ts";
import { foldOrder } from "@bihuan/core/flow/state.ts";
import type { County } from "../county/county.ts";
import { matterOf } from "../matters/matters.ts";
import type { Case } from "../people/plan.ts";

/** The case of an order that was read. */
export function caseOf(county: County, view: OrderView): Case {
  const events = view.events.map(
    ({ seq, at, type, actor, actingUnit, data, step, unit }): OrderEvent => ({
      seq,
      atMs: Date.parse(at),
      type,
      actor: { kind: actor.kind, id: actor.id },
      actingUnitId: actingUnit?.unitId ?? null,
      data: data as JsonObject,
      personal: null,
      step,
      unitId: unit.unitId,
    }),
  );
  return {
    county,
    key: view.orderId,
    state: { ...foldOrder(events), holderId: view.holder?.staffId ?? null },
    types: new Set(events.map(({ type }) => type)),
    lastAtMs: (events.at(-1) as OrderEvent).atMs,
    matter: matterOf(view.flow, view.title),
    transformerArea: view.transformerArea,
    dueAtMs: view.dueAt === null ? null : Date.parse(view.dueAt),
  };
}
