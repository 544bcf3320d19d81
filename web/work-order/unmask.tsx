// Personal data in full: asked for with a reason, which is recorded; gone again when the page is left.
import { type OrderView, workOrderOperations } from "@bihuan/contract/work-order.ts";
import { Button, Input } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { useAct } from "../platform/query.ts";
import { Field, FormFrame } from "../ui/field.tsx";
import { Icon } from "../ui/icon.tsx";
import { Facts } from "../ui/page.tsx";

/** Whom to call, where; masked until somebody says why they need it. */
export function Contact({ order }: { order: OrderView }) {
  const { t } = useTranslation("work-order");
  const [asking, setAsking] = useState(false);
  const [reason, setReason] = useState("");
  const unmask = useAct(workOrderOperations.unmaskOrder, { onSuccess: () => setAsking(false) });
  const full = unmask.data;
  const shown = full ?? order;
  if (order.contactHidden) return <p className="muted">{t("contact.hidden")}</p>;
  return (
    <div style={{ display: "grid", gap: 12 }}>
      <Facts
        rows={[
          [t("contact.name"), shown.contactName],
          [
            t("contact.phone"),
            shown.contactPhone && (full ? <a href={`tel:${shown.contactPhone}`}>{shown.contactPhone}</a> : shown.contactPhone),
          ],
          [t("contact.address"), shown.address],
          [t("contact.accountNo"), shown.accountNo],
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
