// One demand from the first key to the last: who it is, what is known, what they want, and along the foot what follows from it.
import type { CallView } from "@bihuan/contract/call.ts";
import { type DeskCard, deskIntakeOperations } from "@bihuan/contract/desk-intake.ts";
import type { FlowView } from "@bihuan/contract/flow.ts";
import { useNavigate } from "@tanstack/react-router";
import type { UnitView } from "@bihuan/contract/identity.ts";
import { type ReactNode, useEffect, useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import type { FlowWords } from "../../flow/use-flows.ts";
import { useBilingual } from "../../platform/language.ts";
import { useLive } from "../../platform/live.ts";
import { useAct, useOperation } from "../../platform/query.ts";
import { FormFrame } from "../../ui/field.tsx";
import { useKeys } from "../../ui/keys.ts";
import { Page } from "../../ui/page.tsx";
import { Answer } from "../../ui/states.tsx";
import { isPhone } from "../../work-order/intake/intake-fields.ts";
import { orderReadings } from "../../work-order/order/acts/use-act-on-order.ts";
import { CallerBar } from "./call/caller-bar.tsx";
import { identify } from "./call/use-calls.ts";
import styles from "./desk.module.css";
import type { Category, Draft } from "./draft/draft.ts";
import { type Found, SearchBox } from "./find/search-box.tsx";
import { Known } from "./known/known.tsx";
import { NobodyYet, RepeatsOf } from "./known/nobody-yet.tsx";
import { useUrging } from "./known/urge.tsx";
import { Who } from "./known/who.tsx";
import { bodyOf, reachOf } from "./wanted/body.ts";
import { lacksSubtype } from "./wanted/categories.ts";
import { Consequence } from "./wanted/consequence.tsx";
import { linkTo } from "./wanted/link-to.ts";
import type { TakenOrder } from "./wanted/taken.tsx";
import { useIntakeForm } from "./wanted/use-intake-form.ts";
import { Wanted } from "./wanted/wanted.tsx";

export function InHand(props: {
  draft: Draft;
  call: CallView | undefined;
  flows: readonly FlowView[];
  words: FlowWords;
  units: readonly UnitView[];
  /** The unit one acts for. */
  actingUnitId: number;
  offers: ReactNode;
  corner: ReactNode;
  edit: (patch: Partial<Draft> | ((before: Draft) => Partial<Draft>)) => void;
  onTaken: (taken: TakenOrder) => void;
}) {
  const { t } = useTranslation(["desk", "work-order"]);
  const say = useBilingual();
  const navigate = useNavigate();
  const { draft, call, flows, words, units, edit } = props;
  const { category, customer } = draft;
  const panel = useRef<HTMLDivElement>(null);
  const box = useRef<HTMLInputElement>(null);
  const [tried, setTried] = useState(false);
  const [deskUnitId, setDeskUnitId] = useState<number | undefined>(props.actingUnitId);
  const desk = units.find(({ unitId }) => unitId === deskUnitId);

  const { query, card } = useCard(customer, draft.callId);
  const accountNo = customer?.accountNo ?? card?.accountNo ?? null;
  const account = card?.accounts.find((one) => one.accountNo === accountNo);
  const takeIn = useAct(deskIntakeOperations.takeInAtDesk, { refreshes: [...orderReadings, deskIntakeOperations.readDeskCard] });
  const label = (title: unknown): string => [card?.name ?? call?.phone, title].filter(Boolean).join(" · ");
  const intake = useIntakeForm({
    draft,
    flows,
    initial: {
      origin: desk?.kind === "HALL" && draft.callId === null ? "BUSINESS_HALL" : "HOTLINE_95598",
      ...(desk?.effectiveAreaClass ? { areaClass: desk.effectiveAreaClass } : {}),
    },
    card,
    account,
    error: takeIn.error,
    onChange: (change) =>
      edit((before) => {
        const patch = change(before);
        return { ...patch, label: label((patch.form ?? before.form)["title"]) };
      }),
  });
  const { form, details, flow } = intake;
  const reach = reachOf(draft.contact, card, call?.phone !== null && call !== undefined);
  const urging = useUrging(draft.id);

  const goTo = (field: string): void =>
    void requestAnimationFrame(() =>
      panel.current?.querySelector<HTMLElement>(`[data-field="${field}"] :is(input, textarea)`)?.focus(),
    );
  /** The first thing to fill in after the category: the business's own question, else what the caller says. */
  const goOn = (): void =>
    void requestAnimationFrame(() => {
      const fields = [...(panel.current?.querySelectorAll<HTMLElement>("[data-field]") ?? [])];
      const after = fields[fields.findIndex((field) => field.dataset["field"] === "category") + 1];
      const control = after?.querySelector<HTMLElement>("input:checked") ?? after?.querySelector<HTMLElement>("input, textarea");
      control?.focus();
    });
  // A demand that has its customer begins with what they say.
  const start = useRef(() => (customer === null ? undefined : goTo("title")));
  useEffect(() => start.current(), []);

  const choose = (found: Found): void => {
    if (found.kind === "order" && found.row.customerId === null) {
      void navigate({ to: "/orders/$orderId", params: { orderId: found.row.order.orderId } });
      return;
    }
    const { customerId, accountNo: chosen } = found.row;
    if (customerId === null) return;
    edit({ customer: { customerId, accountNo: chosen }, contact: null });
    if (draft.callId !== null && call?.customerId !== customerId) identify(draft.callId, customerId);
    goTo("title");
  };
  const goOnWithout = (typed: string): void => {
    if (isPhone(typed) && !form.values["contactPhone"]) {
      form.set({ contactPhone: typed });
      edit({ contact: "typed" });
    }
    goTo("title");
  };
  const chooseCategory = (chosen: Category): void => {
    edit({ category: chosen });
    goOn();
  };
  useKeys({
    F2: {
      does: t("keys.find"),
      run: (event) => {
        event.preventDefault();
        box.current?.focus();
        box.current?.select();
      },
    },
    F8: {
      does: t("keys.urge"),
      run: (event) => {
        event.preventDefault();
        const first = card?.openOrders[0];
        if (first) urging.urge(first);
      },
    },
  });

  const content = { reach, callNo: draft.callId };
  const submit = (): void => {
    setTried(true);
    const checked = intake.check();
    if (!checked || !category || deskUnitId === undefined) return;
    const body = { ...bodyOf({ category, deskUnitId, ...checked, ...content }), draftId: draft.id };
    takeIn.mutate(
      // One draft is one demand, however often it is sent, before and after a reload.
      { body, idempotencyKey: draft.id },
      {
        onSuccess: async ({ orderId, version, unit }) => {
          const linkFailed = await linkTo(orderId, version, draft.linked).then(
            () => false,
            () => true,
          );
          props.onTaken({ orderId, unit: unit.name, linkFailed });
        },
      },
    );
  };

  const areaClass = form.fields.find(({ name }) => name === "areaClass");
  const lacking = [
    ...(deskUnitId === undefined ? [t("work-order:intake.desk")] : []),
    ...(areaClass && !form.values["areaClass"] ? [say(areaClass.label)] : []),
    ...(category === null || lacksSubtype(flows, category) ? [t("intake.category")] : []),
  ];
  const body =
    category && flow && deskUnitId !== undefined && !lacksSubtype(flows, category)
      ? bodyOf({ category, deskUnitId, form: form.input, details: details.input, ...content })
      : null;
  const link = (orderId: string, on: boolean): void =>
    edit({ linked: on ? [...draft.linked, orderId] : draft.linked.filter((one) => one !== orderId) });

  return (
    <Page
      fill
      title={t("title")}
      filters={
        <SearchBox
          input={box}
          autoFocus={customer === null}
          proposed={customer === null && call !== undefined && call.candidates.length > 1 ? call.phone : null}
          onChoose={choose}
          onPass={goOnWithout}
        />
      }
      actions={props.corner}
    >
      <div ref={panel} className={styles.desk}>
        {props.offers}
        <CallerBar call={call} card={card} account={account} />
        <FormFrame
          longForm
          className={styles.frame}
          submit={t("work-order:intake.submit")}
          pending={takeIn.isPending}
          error={takeIn.error}
          onSubmit={submit}
        >
          <div className={styles.columns}>
            {customer === null ? (
              <>
                <NobodyYet call={call} />
                <RepeatsOf
                  matter={{
                    deskUnitId: deskUnitId ?? 0,
                    phone: textOf(form.input["contactPhone"]) ?? call?.phone ?? null,
                    address: textOf(form.input["address"]),
                    accountNo: textOf(form.input["accountNo"]),
                    transformerArea: textOf(form.input["transformerArea"]),
                  }}
                  words={words}
                  linked={draft.linked}
                  onLink={link}
                />
              </>
            ) : (
              <Answer of={query} lines={8}>
                {(known) => (
                  <>
                    <Who
                      card={known}
                      account={account}
                      callNo={draft.callId}
                      words={words}
                      onAccount={(chosen) => edit({ customer: { ...customer, accountNo: chosen } })}
                      onDrop={() => edit({ customer: null, contact: null, linked: [] })}
                    />
                    <Known card={known} words={words} urging={urging} linked={draft.linked} onLink={link} />
                  </>
                )}
              </Answer>
            )}
            <Wanted
              draft={draft}
              flows={flows}
              words={words}
              intake={intake}
              card={card}
              account={account}
              call={call}
              reach={reach}
              tried={tried}
              deskUnitId={deskUnitId}
              unitName={(unitId) => units.find((unit) => unit.unitId === unitId)?.name}
              onDesk={setDeskUnitId}
              onCategory={chooseCategory}
              onContact={(contact) => edit({ contact })}
            />
          </div>
          <Consequence flow={flow} body={body} lacking={lacking} words={words} />
        </FormFrame>
      </div>
    </Page>
  );
}

const textOf = (value: unknown): string | null => (typeof value === "string" && value !== "" ? value : null);

/** Everything known, in one request; read again when one of its orders changes. */
function useCard(customer: Draft["customer"], callNo: string | null) {
  const query = useOperation(
    deskIntakeOperations.readDeskCard,
    {
      params: { customerId: customer?.customerId ?? "" },
      query: { ...(customer?.accountNo ? { accountNo: customer.accountNo } : {}), ...(callNo ? { callNo } : {}) },
    },
    // A card of another call may have been read a moment ago: it is shown at once and read again.
    { enabled: customer !== null, staleMs: 0 },
  );
  const card: DeskCard | undefined = customer === null ? undefined : query.data;
  useLive((change) => {
    if (change === "everything" || card?.openOrders.some(({ order }) => order.orderId === change.id)) void query.refetch();
  });
  return { query, card };
}
