// One demand from the first key to the last: who it is, what is known, what they want, and along the foot what follows from it.
import type { CallView } from "@bihuan/contract/call.ts";
import { deskIntakeOperations } from "@bihuan/contract/desk-intake.ts";
import type { FlowView } from "@bihuan/contract/flow.ts";
import { useNavigate } from "@tanstack/react-router";
import type { UnitView } from "@bihuan/contract/identity.ts";
import { type ReactNode, useEffect, useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import type { FlowWords } from "../../flow/use-flows.ts";
import { useBilingual } from "../../platform/language.ts";
import { useAct } from "../../platform/query.ts";
import { FormFrame } from "../../ui/field.tsx";
import { useKeys } from "../../ui/keys.ts";
import { Page } from "../../ui/page.tsx";
import { isPhone } from "../../work-order/intake/intake-fields.ts";
import { orderReadings } from "../../work-order/order/acts/use-act-on-order.ts";
import { CallerBar } from "./call/caller-bar.tsx";
import { identify } from "./call/use-calls.ts";
import styles from "./desk.module.css";
import { type Category, type Draft, type Edit, isWritten } from "./draft/draft.ts";
import { type Found, SearchBox } from "./find/search-box.tsx";
import { useUrging } from "./known/urge.tsx";
import { useCard } from "./known/use-card.ts";
import { WhoAndKnown } from "./known/who-and-known.tsx";
import { bodyOf, reachOf } from "./wanted/body.ts";
import { lacksSubtype } from "./wanted/categories.ts";
import { Consequence } from "./wanted/consequence.tsx";
import { focusAfter, focusField } from "./wanted/focus.ts";
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
  edit: Edit;
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

  const reading = useCard(customer, draft.callId);
  const card = reading.data;
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

  const goTo = (field: string): void => void requestAnimationFrame(() => panel.current && focusField(panel.current, field));
  // A demand that has its customer begins with what they say.
  const start = useRef(() => (customer === null ? undefined : goTo("title")));
  useEffect(() => start.current(), []);
  // Of several accounts the right one is chosen first: address and clocks hang on it. Whoever is writing already is not disturbed.
  const isOpenWhich = card !== undefined && account === undefined && card.accounts.length > 1 && !isWritten(draft);
  useEffect(() => {
    if (isOpenWhich) panel.current?.querySelector<HTMLElement>("[data-part=accounts] input")?.focus();
  }, [isOpenWhich]);

  const choose = (found: Found): void => {
    if (found.kind === "order" && found.row.customerId === null) {
      void navigate({ to: "/orders/$orderId", params: { orderId: found.row.order.orderId } });
      return;
    }
    const { customerId, accountNo: chosen } = found.row;
    if (customerId === null) return;
    edit({ customer: { customerId, accountNo: chosen }, contact: null });
    form.set({ accountNo: chosen ?? undefined });
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
    requestAnimationFrame(() => panel.current && focusAfter(panel.current, "category"));
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

  const content = { customer, reach, callNo: draft.callId };
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
            <WhoAndKnown
              draft={draft}
              call={call}
              reading={reading}
              account={account}
              words={words}
              said={{ deskUnitId, form: form.input }}
              urging={urging}
              edit={edit}
            />
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
