// Reclassify (改类): another category, the same matter. Where the order stands afterwards, and what of the old category it keeps.
import { z } from "zod";
import { isRefusal, refuse, type Refusal } from "../../refusal.ts";
import type { ActionInput, Flow } from "../definition.ts";
import { invalidForm } from "../engine.ts";
import { field, type JsonObject, splitPersonal, text } from "../form.ts";
import { plainEvent } from "../outcome.ts";
import type { OrderState } from "../state.ts";
import type { RequestRules } from "./request.ts";

const ReclassificationForm = z.strictObject({
  flow: field(z.string().min(1).max(64), { label: { zh: "改为业务类型", en: "New category" } }),
  subtype: field(z.string().max(64), { label: { zh: "子类", en: "Subtype" } }).optional(),
  // Checked by the new category's own form, and parted by its marks: as a whole it would count as personal.
  details: field(z.record(z.string().max(64), z.unknown()), {
    label: { zh: "该类业务的详情", en: "Details of that category" },
    personal: true,
  }).optional(),
  reason: text({ zh: "改类原因", en: "Reason" }, { max: 500 }),
});

type Category = { readonly flow: string; readonly subtype: string | null };
const categoryOf = (data: Readonly<Record<string, unknown>>): Category => ({
  flow: typeof data["flow"] === "string" ? data["flow"] : "",
  subtype: typeof data["subtype"] === "string" ? data["subtype"] : null,
});

// Another category, taken in here, with a subtype where it has subtypes.
function refusalOf({ flow, subtype }: Category, { state, context }: Pick<ActionInput, "state" | "context">): Refusal | null {
  const target = context.flows.all.find((one) => one.id === flow && !one.closedElsewhere);
  if (!target) return refuse("work-order.flow-unknown", { flow });
  if (target.id === state.flow && subtype === (state.facts.subtype ?? null)) return refuse("work-order.same-category");
  if (subtype === null ? Object.keys(target.subtypes).length > 0 : !Object.hasOwn(target.subtypes, subtype))
    return refuse("work-order.subtype-unknown", { subtype });
  return null;
}

type Details = { readonly data: JsonObject; readonly personal: JsonObject | null };

// What the new flow asks beyond the common form: complete by its own form. Another subtype keeps the answers there are.
function detailsFor(to: Flow, given: unknown, state: OrderState): Details | Refusal | null {
  if (to.id === state.flow && given === undefined) return null;
  const parsed = to.details.safeParse(given ?? {});
  return parsed.success ? splitPersonal(to.details, parsed.data) : invalidForm(to.details, given ?? {}, "form.details");
}

export const reclassification: RequestRules = {
  kind: "reclassification",
  title: { zh: "申请改类", en: "Ask to reclassify" },
  form: ReclassificationForm,
  asks({ value, state, context }) {
    const category = categoryOf(value);
    const refusal = refusalOf(category, { state, context });
    if (refusal) return refusal;
    const details = detailsFor(context.flows.get(category.flow), value["details"], state);
    if (isRefusal(details)) return details;
    return {
      value: { ...value, details: undefined },
      data: { ...category, ...(details === null ? {} : { details: details.data }) },
      personal: details?.personal ? { details: details.personal } : null,
    };
  },
  refusal: (data, asked) => refusalOf(categoryOf(data), asked),
  // A grade belongs to the category it was given in. What people wrote stays with the event of the request, which is named.
  grants({ data, seq }, { state, flow: from, context }) {
    if (state.suspension) return refuse("work-order.suspended");
    const { flow, subtype } = categoryOf(data);
    const to = context.flows.get(flow);
    const grade = from.id === to.id || !state.facts.grade ? {} : { grade: null };
    const details = data["details"];
    return plainEvent(
      "reclassify",
      {
        facts: { flow, subtype, ...grade },
        flowVersion: to.version,
        fromFlow: from.id,
        requestSeq: seq,
        ...(details === undefined ? {} : { details }),
      },
      landing(state, from, to),
    );
  },
};

type Landing = { readonly step?: string; readonly unitId?: number; readonly holderId?: null };

/**
 * Where an order stands after it takes another flow. What that flow asks before dispatching (a complaint's grade) has not been
 * asked yet, so the order goes back to the desk for it. Otherwise it keeps its step where the flow has it; whoever handles it
 * goes on from the flow's first handling step; a desk step of the old flow only leads to being dispatched.
 */
function landing(state: OrderState, from: Flow, to: Flow): Landing {
  const step = state.step ?? "";
  const atDesk = { step: to.initial, unitId: state.deskUnitId, holderId: null };
  if (from.id === to.id) return {};
  if (to.initial !== "dispatching") return atDesk;
  if (Object.hasOwn(to.steps, step)) return {};
  return from.steps[step]?.at === "handling" ? { step: to.handling } : atDesk;
}
