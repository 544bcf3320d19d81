// The demand as it is being written: the common form, the chosen business's own questions, and what is sent in the end.
import type { DeskCard } from "@bihuan/contract/desk-intake.ts";
import type { FlowView } from "@bihuan/contract/flow.ts";
import { useEffect, useRef } from "react";
import { type SchemaPart, useSchemaPart } from "../../../ui/schema-fields.tsx";
import type { FormValues } from "../../../ui/schema-form-model.ts";
import { intakeCodes } from "../../../work-order/codes.ts";
import { lacksSubtype } from "./categories.ts";
import type { Draft } from "../draft/draft.ts";

export type DeskAccount = DeskCard["accounts"][number];

/** What a demand takes over of the account it is about; the rest of the file the server adds itself. */
export const factsOf = ({ accountNo, areaClass }: DeskAccount): FormValues => ({ accountNo, areaClass });
const noFacts: FormValues = { accountNo: undefined };

const noForm = { properties: {} };

export type IntakeForm = {
  readonly flow: FlowView | null;
  readonly form: SchemaPart;
  readonly details: SchemaPart;
  /** What is sent, or null where something is wrong or missing: then the fields say what. */
  readonly check: () => { readonly form: Record<string, unknown>; readonly details: Record<string, unknown> } | null;
};

/**
 * In: the draft in hand, the flows, what a form of this desk starts with, the account it is about once it is known, the refusal of
 * the last try. `onChange` hears of every change of the values, so that they are kept.
 */
export function useIntakeForm(props: {
  draft: Draft;
  flows: readonly FlowView[];
  initial: FormValues;
  account: DeskAccount | undefined;
  error: unknown;
  onChange: (change: (before: Draft) => Partial<Draft>) => void;
}): IntakeForm {
  const { draft, flows, account, error, onChange } = props;
  const { category } = draft;
  const flow = flows.find(({ id }) => id === category?.flow) ?? null;
  // The common form is the same for every business.
  const form = useSchemaPart((flow ?? flows[0])?.intakeForm ?? noForm, {
    initial: { ...props.initial, ...draft.form },
    hidden: ["customerId"],
    choices: () => intakeCodes,
    error,
    sentUnder: "form",
  });
  const details = useSchemaPart(flow?.detailsForm ?? noForm, {
    initial: flow ? draft.details[flow.id] : undefined,
    error,
    sentUnder: "details",
    of: flow?.id ?? "",
  });

  // The account's facts are taken over once; what the agent changes in them afterwards stands.
  const isDropped = draft.customer === null && draft.takenFrom !== null;
  const isNew = account !== undefined && account.accountNo !== draft.takenFrom;
  useEffect(() => {
    if (!isNew && !isDropped) return;
    form.set(isNew ? factsOf(account) : noFacts);
    onChange(() => ({ takenFrom: account?.accountNo ?? null }));
  });

  const flowId = flow?.id;
  const keep = useRef(onChange);
  keep.current = onChange;
  useEffect(() => {
    keep.current(({ details: before }) => ({
      form: form.values,
      ...(flowId === undefined ? {} : { details: { ...before, [flowId]: details.values } }),
    }));
  }, [form.values, details.values, flowId]);

  return {
    flow,
    form,
    details,
    check: () => {
      const [formInput, detailsInput] = [form.check(), details.check()];
      return formInput && detailsInput && category && !lacksSubtype(flows, category)
        ? { form: formInput, details: detailsInput }
        : null;
    },
  };
}
