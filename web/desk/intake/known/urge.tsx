// Urging in one stroke: the caller pushes, the order hears of it, no second one is opened.
import { deskIntakeOperations, type OpenOrder } from "@bihuan/contract/desk-intake.ts";
import { workOrderOperations } from "@bihuan/contract/work-order.ts";
import { useQueryClient } from "@tanstack/react-query";
import { Button } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { newIdempotencyKey } from "../../../platform/client.ts";
import { useBilingual } from "../../../platform/language.ts";
import { operationKey, useAct } from "../../../platform/query.ts";
import { Failure } from "../../../ui/states.tsx";
import styles from "./known.module.css";

export type Urging = {
  readonly urge: (open: OpenOrder) => void;
  /** Urged here, in this call: once is enough. */
  readonly urged: ReadonlySet<string>;
  readonly pending: string | null;
  readonly error: { readonly orderId: string; readonly problem: unknown } | null;
};

/** In: the draft in hand; the caller of the next one may push anew. */
export function useUrging(draftId: string): Urging {
  const client = useQueryClient();
  const act = useAct(workOrderOperations.act, { refreshes: [deskIntakeOperations.readDeskCard] });
  const [urged, setUrged] = useState<{ readonly of: string; readonly orders: ReadonlySet<string> }>({
    of: "",
    orders: new Set(),
  });
  const mine = urged.of === draftId ? urged.orders : new Set<string>();
  const at = act.variables?.params.orderId ?? null;
  return {
    urged: mine,
    pending: act.isPending ? at : null,
    error: act.error && at !== null ? { orderId: at, problem: act.error } : null,
    urge: ({ order: { orderId, version }, urgeRefused }) => {
      if (act.isPending || mine.has(orderId) || urgeRefused !== null) return;
      act.mutate(
        {
          params: { orderId, action: "urge" },
          body: { version, form: { by: "CUSTOMER" } },
          idempotencyKey: newIdempotencyKey(),
        },
        {
          onSuccess: () => setUrged({ of: draftId, orders: new Set([...mine, orderId]) }),
          // Somebody was faster: the card shows how it stands now, and the same key urges that.
          onError: () => void client.invalidateQueries({ queryKey: operationKey(deskIntakeOperations.readDeskCard) }),
        },
      );
    },
  };
}

/** `isFirst`: the key F8 reaches this one from anywhere. */
export function UrgeButton({ open, urging, isFirst }: { open: OpenOrder; urging: Urging; isFirst: boolean }) {
  const { t } = useTranslation("desk");
  const say = useBilingual();
  const { orderId } = open.order;
  if (open.urgeRefused) return <span className={styles.facts}>{say(open.urgeRefused)}</span>;
  return (
    <>
      <Button
        size="small"
        loading={urging.pending === orderId}
        disabled={urging.urged.has(orderId)}
        onClick={() => urging.urge(open)}
        {...(isFirst ? { "aria-keyshortcuts": "F8" } : {})}
      >
        {t(urging.urged.has(orderId) ? "known.urged" : "known.urge")}
        {isFirst && !urging.urged.has(orderId) && <kbd>F8</kbd>}
      </Button>
      <span className="visually-hidden" role="status">
        {urging.urged.has(orderId) && t("known.urged")}
      </span>
      {urging.error?.orderId === orderId && <Failure error={urging.error.problem} />}
    </>
  );
}
