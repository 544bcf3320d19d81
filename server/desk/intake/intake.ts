// Looking ahead of an intake at the desk, and taking it in: one completion serves both, so that what was seen is what happens.
import type { DeskIntake } from "@bihuan/contract/desk-intake.ts";
import type { Scope } from "@bihuan/core/identity/scope.ts";
import { isRefusal } from "@bihuan/core/refusal.ts";
import type { z } from "zod";
import { tieOrder } from "../../call/commands.ts";
import type { Editor } from "../../customer/reach.ts";
import type { Platform } from "../../platform/platform.ts";
import { intakeDoor } from "../../work-order/commands/intake-door.ts";
import { customerNamed } from "../../work-order/commands/named-customer.ts";
import { previewIntake } from "../../work-order/commands/preview.ts";
import { answered } from "../../work-order/views/refusals.ts";
import { unitRef } from "../../work-order/views/units.ts";
import { clockView } from "../../work-order/views/view.ts";
import { actingAs, type OrderPorts } from "../../work-order/world.ts";
import { completeIntake } from "./complete.ts";
import { discardDraft } from "./drafts.ts";

type Command = z.output<typeof DeskIntake>;

const editorOf = async (ports: OrderPorts, scope: Scope): Promise<Editor> => ({ scope, tree: await ports.tree() });

/** The unit, why it is responsible, and the clocks that would run, while the intake is still being written. */
export async function previewAtDesk({ db, time }: Platform, ports: OrderPorts, scope: Scope, command: Command) {
  const editor = await editorOf(ports, scope);
  const { tree } = editor;
  const completed = await completeIntake(db, ports, editor, command);
  if (isRefusal(completed)) return answered(completed, tree);
  const acting = actingAs(scope);
  const intake = { key: "", ...command, form: completed.form };
  const [customer = null] = await ports.customersForIntake(db, tree, [customerNamed({ acting, command: intake })]);
  const rulebook = await ports.currentRulebook(db);
  const preview = previewIntake(acting, intake, { nowMs: time.nowMs(), tree, rulebook, customer });
  if (isRefusal(preview)) return answered(preview, tree);
  return {
    unit: unitRef(tree, completed.responsible.unitId),
    because: completed.responsible.because,
    evidence: completed.responsible.evidence,
    step: preview.step,
    clocks: preview.clocks.map((clock) => clockView(clock, clock.rule ? preview.rulebook : null)),
    missing: [...preview.missing],
  };
}

/**
 * Takes a demand in. The order is kept first; the call is tied to it and the draft goes after that, each of them as often as the
 * request is repeated: a crash between leaves nothing that a repetition does not finish.
 */
export async function takeInAtDesk(
  platform: Platform,
  ports: OrderPorts,
  scope: Scope,
  command: Command & { readonly draftId?: string | null | undefined },
  key: string,
) {
  const editor = await editorOf(ports, scope);
  const completed = await completeIntake(platform.db, ports, editor, command);
  if (isRefusal(completed)) return answered(completed, editor.tree);
  const { flow, subtype, deskUnitId, details } = command;
  const taken = await intakeDoor(platform, ports).takeIn(actingAs(scope), {
    key,
    flow,
    subtype,
    deskUnitId,
    form: completed.form,
    ...(details ? { details } : {}),
  });
  if (isRefusal(taken)) return answered(taken, editor.tree);
  if (completed.call) await tieOrder(platform, completed.call, taken.orderId, completed.customerId);
  if (command.draftId && scope.principal.kind === "staff") await discardDraft(platform.db, editor, command.draftId);
  return { ...taken, unit: unitRef(editor.tree, completed.responsible.unitId) };
}
