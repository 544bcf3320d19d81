// Why a task stands in the list, in words: the reasons one after the other, the weightiest first.
import type { TaskRow } from "@bihuan/contract/desk-work.ts";

export type Reason =
  | { readonly key: "holding" | "suspended" | "merged" | "urge" | "decisions" | "decideAnon" }
  | { readonly key: "unit" | "consult"; readonly unit: string }
  | { readonly key: "decide"; readonly name: string }
  | { readonly key: "asked"; readonly unit: string; readonly kind: TaskRow["kind"] }
  | { readonly key: "askedPerson"; readonly name: string; readonly kind: TaskRow["kind"] }
  | { readonly key: "consultations"; readonly count: number }
  | { readonly key: "tryAgain" | "visit"; readonly at: string };

type Told = Pick<TaskRow, "kind" | "because" | "unit" | "askedBy" | "dueSlot" | "tryAgainAt" | "visitAt" | "waitsFor"> & {
  readonly order: Pick<TaskRow["order"], "holder">;
};

function mainReason({ kind, because, unit, askedBy, order }: Told): Reason {
  if (kind === "suspended" || kind === "merged") return { key: kind };
  if (because === "holding") return { key: "holding" };
  if (because === "asked" || because === "taken-in")
    return order.holder && kind !== "consult" && kind !== "decide"
      ? { key: "askedPerson", name: order.holder.name, kind }
      : { key: "asked", unit: unit.name, kind };
  if (kind === "consult") return { key: "consult", unit: unit.name };
  if (kind === "decide") return askedBy ? { key: "decide", name: askedBy.name } : { key: "decideAnon" };
  return { key: "unit", unit: unit.name };
}

/** Why a task is here, and what it still waits for. */
export function reasonsOf(task: Told): readonly Reason[] {
  const { consultations, decisions } = task.waitsFor;
  return [
    ...(task.dueSlot === "urge" ? [{ key: "urge" } as const] : []),
    mainReason(task),
    ...(task.tryAgainAt ? [{ key: "tryAgain", at: task.tryAgainAt } as const] : []),
    ...(task.visitAt ? [{ key: "visit", at: task.visitAt } as const] : []),
    ...(consultations > 0 ? [{ key: "consultations", count: consultations } as const] : []),
    ...(decisions > 0 ? [{ key: "decisions" } as const] : []),
  ];
}
