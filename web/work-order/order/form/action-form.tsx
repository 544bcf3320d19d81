// The form of one action, drawn from the flow's schema, with what the page knows of the order. It stays while others act on the
// order, says what they did, and keeps what was entered.
import type { FlowView } from "@bihuan/contract/flow.ts";
import type { AllowedAction, OrderView } from "@bihuan/contract/work-order.ts";
import { useEffect, useMemo, useRef } from "react";
import { useTranslation } from "react-i18next";
import { useBilingual } from "../../../platform/language.ts";
import { FormFrame } from "../../../ui/field.tsx";
import { SchemaFields, useSchemaPart } from "../../../ui/schema-fields.tsx";
import { type FormField, type FormValues, type KnownChoices, readForm } from "../../../ui/schema-form-model.ts";
import { Notice } from "../../../ui/states.tsx";
import { InstantText } from "../../../ui/time.tsx";
import styles from "../acts/actions.module.css";
import { withConfirmations } from "./confirmations.ts";
import { OrderInHandProvider } from "./order-in-hand.ts";
import { atItsField } from "./refused-field.ts";
import { Requests } from "./requests.tsx";
import { useStops } from "./stops.ts";
import { useActOnOrder } from "../acts/use-act-on-order.ts";
import { startOf } from "../acts/what-next.ts";

/** An action as it stood when its form was opened, and the last event the person had seen then. */
export type Opened = { readonly action: AllowedAction; readonly seenSeq: number };

export function ActionForm({
  order,
  opened,
  flows,
  onClose,
  headless = false,
}: {
  order: OrderView;
  opened: Opened;
  flows: readonly FlowView[];
  onClose: () => void;
  /** Where what stands around it says already what is done here. */
  headless?: boolean;
}) {
  const { t } = useTranslation("work-order");
  const say = useBilingual();
  const { action, seenSeq } = opened;
  const { send, isPending, error } = useActOnOrder(order, onClose);
  const start = useRef(startOf(order, action.key)).current;
  const { form, names: confirmations } = useMemo(() => withConfirmations(action.form), [action.form]);
  const fields = readForm(form);
  const choices = useKnownChoices(order, action.key, flows);
  const part = useSchemaPart(form, {
    initial: start,
    choices,
    error: atItsField(
      error,
      fields.map(({ name }) => name),
    ),
    sentUnder: "form",
  });
  const shown = useShownFields(order, action.key, flows, part.fields, part.values);
  const frame = useRef<HTMLDivElement>(null);
  const begun = useRef(false);
  useEffect(() => {
    if (begun.current) return;
    begun.current = true;
    focusFirst(frame.current, shown.find(isMissing(part.values)), say);
  });

  const since = order.events.filter(({ seq }) => seq > seenSeq);
  const isAllowed = order.actions.some(({ key }) => key === action.key);
  const withheld = order.withheld.find(({ key }) => key === action.key);
  return (
    <div className={styles.form} ref={frame} tabIndex={-1}>
      {!headless && <h3 className={styles.formHead}>{say(action.title)}</h3>}
      {(since.length > 0 || !isAllowed) && (
        <Notice tone="caution" title={t(isAllowed ? "form.changed" : "form.gone")}>
          <ul>
            {since.map((event) => (
              <li key={event.seq}>
                {say(event.title)} {event.actor.kind === "system" ? t("system") : event.actor.name} <InstantText at={event.at} />
              </li>
            ))}
          </ul>
          {!isAllowed && withheld && <p>{say(withheld.refusal.titles)}</p>}
        </Notice>
      )}
      {action.key === "decide" && <Requests order={order} only={part.values["requestSeq"]} />}
      <FormFrame
        submit={say(action.title)}
        danger={action.tone === "danger"}
        columns="fit"
        onSubmit={() => {
          const input = part.check();
          // What the chosen kind of business does not ask is not sent, though it was entered for another.
          const asked = ([name]: [string, unknown]): boolean => name in start || shown.some((field) => field.name === name);
          if (input) send(action, Object.fromEntries(Object.entries(input).filter(asked)));
        }}
        onCancel={onClose}
        pending={isPending}
        disabled={!isAllowed || confirmations.some((name) => part.values[name] !== true)}
        error={error}
      >
        <OrderInHandProvider value={{ ...order, sameBusiness: action.key === "merge" }}>
          <SchemaFields part={{ ...part, fields: shown }} />
        </OrderInHandProvider>
      </FormFrame>
    </div>
  );
}

const isMissing =
  (values: FormValues) =>
  ({ name, required }: FormField): boolean =>
    required && values[name] === undefined;

// Where something is missing the cursor stands there; where nothing is, on the button: Enter does it.
function focusFirst(frame: HTMLElement | null, field: FormField | undefined, say: (text: FormField["label"]) => string): void {
  if (!frame) return;
  const label =
    field && [...frame.querySelectorAll("label[for]")].find((one) => one.firstChild?.textContent === say(field.label));
  const id = label?.getAttribute("for");
  const control = id ? document.getElementById(id) : null;
  const target = control?.matches("input, textarea, button") ? control : control?.querySelector<HTMLElement>("input, button");
  // A picker of instants opens when it gets the focus, over what is to be read first.
  const opens = field?.kind === "date-time" || field?.kind === "date";
  const button = frame.querySelector<HTMLElement>("button[type=submit]");
  (opens ? frame : field ? (target ?? frame) : (button ?? frame)).focus();
}

// What another kind of business asks beyond the common form.
const detailsOf = (order: OrderView, target: FlowView | undefined): readonly FormField[] =>
  target && target.id !== order.flow ? readForm(target.detailsForm) : [];

const both = (text: string): FormField["label"] => ({ zh: text, en: text });

/** Alternatives that stand on the page rather than in the schema: open requests, kinds of business, what a suspension stops. */
function useKnownChoices(order: OrderView, action: string, flows: readonly FlowView[]): (values: FormValues) => KnownChoices {
  const { t } = useTranslation("work-order");
  const { short } = useStops();
  return (values) => {
    switch (action) {
      case "decide":
        return {
          requestSeq: order.requests.map(({ seq, kind, by }) => ({
            code: String(seq),
            label: both(t("request.line", { kind: t(`request.${kind}`), name: by.name })),
          })),
        };
      case "request-suspension":
        return { reason: order.suspensionReasons.map(({ code, title, stops }) => ({ code, label: short(title, stops) })) };
      case "request-reclassification": {
        const target = flows.find(({ id }) => id === values["flow"]);
        const isOther = (id: string, code: string | null): boolean => id !== order.flow || code !== order.subtype;
        return {
          flow: flows
            .filter(({ id, takesIn, subtypes }) => takesIn && (subtypes.length > 0 || isOther(id, null)))
            .map(({ id, title }) => ({ code: id, label: title })),
          subtype: (target?.subtypes ?? [])
            .filter(({ code }) => isOther(target?.id ?? "", code))
            .map(({ code, title }) => ({ code, label: title })),
          ...(detailsOf(order, target).length === 0 ? { details: [] } : {}),
        };
      }
      default:
        return {};
    }
  };
}

/** The fields to ask for: a choice of one is none, a kind of business without subtypes asks for none. */
function useShownFields(
  order: OrderView,
  action: string,
  flows: readonly FlowView[],
  fields: readonly FormField[],
  values: FormValues,
): readonly FormField[] {
  const { whole } = useStops();
  const target = flows.find(({ id }) => id === values["flow"]);
  return fields.flatMap((field) => {
    if (action === "decide" && field.name === "requestSeq" && order.requests.length === 1) return [];
    if (action === "request-reclassification" && field.name === "subtype")
      return target && target.subtypes.length > 0 ? [{ ...field, required: true }] : [];
    if (action === "request-reclassification" && field.name === "details")
      return detailsOf(order, target).length > 0 ? [{ ...field, kind: "group" as const, parts: detailsOf(order, target) }] : [];
    if (action === "request-suspension" && field.name === "reason") {
      const reason = order.suspensionReasons.find(({ code }) => code === values["reason"]);
      return [reason ? { ...field, hint: both(whole(reason.stops)) } : field];
    }
    return [field];
  });
}
