// Whom it is about and whom to call. Personal data in full are asked for with a reason, which is recorded; they are gone again when
// the page is left.
import { type OrderView, workOrderOperations } from "@bihuan/contract/work-order.ts";
import {
  areaClassTitles,
  customerCategoryTitles,
  importanceTitles,
  specialNeedTitles,
  voltageTitles,
} from "@bihuan/core/customer/codes.ts";
import { Button, Input } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { useBilingual } from "../../../platform/language.ts";
import { useAct } from "../../../platform/query.ts";
import { Field, FormFrame } from "../../../ui/field.tsx";
import { Icon } from "../../../ui/icon.tsx";
import { Facts } from "../../../ui/page.tsx";

/** Whom to call, where; masked until somebody says why they need it. */
export function Contact({ order }: { order: OrderView }) {
  const { t } = useTranslation("work-order");
  const say = useBilingual();
  const [asking, setAsking] = useState(false);
  const [reason, setReason] = useState("");
  const unmask = useAct(workOrderOperations.unmaskOrder, { onSuccess: () => setAsking(false) });
  const full = unmask.data;
  const shown = full ?? order;
  const { customer } = order;
  const account = customer?.account;
  if (order.contactHidden) return <p className="muted">{t("contact.hidden")}</p>;
  return (
    <div style={{ display: "grid", gap: 12 }}>
      <Facts
        rows={[
          [t("contact.needs"), customer?.specialNeeds.map((need) => say(specialNeedTitles[need])).join(t("separator"))],
          [t("contact.importance"), customer && customer.importance !== "ORDINARY" && say(importanceTitles[customer.importance])],
          [t("contact.name"), shown.contactName],
          [
            t("contact.phone"),
            shown.contactPhone && (full ? <a href={`tel:${shown.contactPhone}`}>{shown.contactPhone}</a> : shown.contactPhone),
          ],
          [t("contact.address"), shown.address],
          // The name in the file, where it is not the person to call.
          [t("contact.customer"), customer?.name !== order.contactName && customer?.name],
          [t("contact.accountNo"), shown.accountNo ?? account?.accountNo],
          [
            t("contact.supply"),
            account &&
              [
                say(customerCategoryTitles[account.category]),
                account.voltage && say(voltageTitles[account.voltage]),
                say(areaClassTitles[account.areaClass]),
              ]
                .filter(Boolean)
                .join(" · "),
          ],
          [t("transformerArea"), account?.transformerArea?.name ?? order.transformerArea],
          [t("contact.manager"), customer?.manager && [customer.manager.name, customer.manager.phone].filter(Boolean).join(" ")],
          [t("contact.accountUnit"), account && account.unit.unitId !== order.unit.unitId && account.unit.name],
          [t("externalNo"), order.externalNo],
          [t("contact.file"), customer?.erased && t("contact.erased")],
        ]}
      />
      {order.mayUnmask &&
        !full &&
        (asking ? (
          <FormFrame
            submit={t("contact.show")}
            pending={unmask.isPending}
            error={unmask.error}
            disabled={reason.trim().length < 4}
            onCancel={() => setAsking(false)}
            onSubmit={() => unmask.mutate({ params: { orderId: order.orderId }, body: { reason } })}
          >
            <Field label={t("contact.reason")} hint={t("contact.reasonHint")} required>
              {(control) => (
                <Input
                  {...control}
                  autoFocus
                  maxLength={200}
                  value={reason}
                  onChange={(event) => setReason(event.target.value)}
                />
              )}
            </Field>
          </FormFrame>
        ) : (
          <div>
            <Button size="small" icon={<Icon name="eye" size={16} />} onClick={() => setAsking(true)}>
              {t("contact.unmask")}
            </Button>
          </div>
        ))}
    </div>
  );
}
