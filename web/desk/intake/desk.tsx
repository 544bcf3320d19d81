// The intake desk: the demand in hand, the calls that come meanwhile, the drafts put aside, and what came of the last one.
import type { CallRow } from "@bihuan/contract/call.ts";
import type { FlowView } from "@bihuan/contract/flow.ts";
import type { UnitView } from "@bihuan/contract/identity.ts";
import { Button } from "antd";
import { useEffect, useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import type { FlowWords } from "../../flow/use-flows.ts";
import { useSession } from "../../platform/session.ts";
import { useKeys } from "../../ui/keys.ts";
import { Page } from "../../ui/page.tsx";
import { ExtensionField } from "./call/extension.tsx";
import { Offers } from "./call/offers.tsx";
import { useCalls } from "./call/use-calls.ts";
import styles from "./desk.module.css";
import { type Draft, discard, finish, isBlank, isWritten, switchTo, takeUp, unanswered } from "./draft/draft.ts";
import { freshDraft, useDrafts } from "./draft/use-drafts.ts";
import { InHand } from "./in-hand.tsx";
import { Taken, type TakenOrder } from "./wanted/taken.tsx";

export function Desk(props: {
  flows: readonly FlowView[];
  words: FlowWords;
  units: readonly UnitView[];
  actingUnitId: number;
  /** What the address asks for: a business, a customer. */
  asked: { readonly flow?: string; readonly customer?: string };
  onAsked: () => void;
}) {
  const { t } = useTranslation("desk");
  const session = useSession();
  const { drafts, change, remove } = useDrafts(session.staffId);
  const { current, aside } = drafts;
  const [taken, setTaken] = useState<TakenOrder | null>(null);
  const { calls, inHand } = useCalls(current.callId);
  const waiting = unanswered(drafts, calls);

  const begin = (draft: Draft): void => {
    setTaken(null);
    change((before) => switchTo(before, draft));
  };
  const answer = ({ callNo, customerId, phone }: CallRow): void =>
    begin({
      ...freshDraft(callNo),
      customer: customerId === null ? null : { customerId, accountNo: null },
      label: phone ?? "",
    });
  const next = (): void => {
    setTaken(null);
    change((before) => switchTo(before, freshDraft()));
  };

  // A call opens the desk by itself only where nothing is in hand and nothing still has to be read to the caller before.
  const [popped] = waiting;
  const isFree = isBlank(current) && taken === null;
  useEffect(() => {
    if (popped && isFree) answer(popped);
  });
  const { asked, onAsked } = props;
  const heard = useRef("");
  useEffect(() => {
    const { customer, flow } = asked;
    const key = JSON.stringify({ customer, flow });
    if (key === heard.current) return;
    heard.current = key;
    if (flow === undefined && customer === undefined) return;
    begin({
      ...freshDraft(),
      customer: customer === undefined ? null : { customerId: customer, accountNo: null },
      category: flow === undefined ? null : { flow, subtype: null },
    });
    onAsked();
  });

  const offers = (
    <Offers
      waiting={waiting}
      aside={aside}
      onAnswer={answer}
      onTakeUp={({ id }) => {
        setTaken(null);
        change((before) => takeUp(before, id));
      }}
      onDiscard={({ id }) => {
        remove(id);
        change((before) => discard(before, id));
      }}
    />
  );
  const toNext = (event: KeyboardEvent): void => {
    event.preventDefault();
    next();
  };
  useKeys({ "alt+n": { does: t("keys.next"), run: toNext }, ...(taken ? { F2: { does: t("next"), run: toNext } } : {}) });
  if (taken)
    return (
      <Page title={t("title")} narrow actions={<ExtensionField />}>
        {offers}
        <Taken taken={taken} onNext={next} />
      </Page>
    );
  return (
    <InHand
      key={current.id}
      draft={current}
      call={inHand}
      flows={props.flows}
      words={props.words}
      units={props.units}
      actingUnitId={props.actingUnitId}
      offers={offers}
      corner={
        <div className={styles.corner}>
          <ExtensionField />
          <Button size="small" disabled={isBlank(current)} onClick={next} aria-keyshortcuts="Alt+N">
            {t(isWritten(current) ? "putAside" : "next")}
            <kbd>Alt N</kbd>
          </Button>
        </div>
      }
      edit={(patch) =>
        change((before) => {
          const { current: draft } = before;
          // What is still on its way from a draft that was left has no part in the one in hand.
          if (draft.id !== current.id) return before;
          return { ...before, current: { ...draft, ...(typeof patch === "function" ? patch(draft) : patch) } };
        })
      }
      onTaken={(order) => {
        setTaken(order);
        change((before) => finish(before, freshDraft()));
        // Taking it in has removed the server's copy; one that was still on its way then goes too.
        remove(current.id);
      }}
    />
  );
}
