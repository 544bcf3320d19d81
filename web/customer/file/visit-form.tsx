import { type CustomerVisit, customerFileOperations } from "@bihuan/contract/customer-file.ts";
import {
  type Occasion,
  occasions,
  occasionTitles,
  type Satisfaction,
  satisfactions,
  satisfactionTitles,
} from "@bihuan/core/customer/file/records.ts";
import { Input, Select } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { useActKeys } from "../../platform/act-keys.ts";
import { useBilingual } from "../../platform/language.ts";
import { asProblem } from "../../platform/problem.ts";
import { useAct } from "../../platform/query.ts";
import { DateInput, InstantInput, justNow } from "../../ui/date-input.tsx";
import { Field, FormFrame } from "../../ui/field.tsx";
import { fileRefreshes } from "./refreshes.ts";

const full = { width: "100%" };

/** Plans a visit or enters what came of it: a new one (`visit` null), or one that was planned. */
export function VisitForm(props: {
  customerId: string;
  state: "PLANNED" | "DONE";
  visit: CustomerVisit | null;
  onDone: () => void;
}) {
  const { t } = useTranslation("customer");
  const say = useBilingual();
  const { customerId, state, visit, onDone } = props;
  const [occasion, setOccasion] = useState<Occasion>(visit?.occasion ?? "REGULAR");
  const [plannedOn, setPlannedOn] = useState<string | null>(visit?.plannedOn ?? null);
  const [visitedAt, setVisitedAt] = useState(justNow);
  const [place, setPlace] = useState("");
  const [said, setSaid] = useState("");
  const [satisfaction, setSatisfaction] = useState<Satisfaction | null>(null);
  const [orderId, setOrderId] = useState("");
  const keys = useActKeys();
  const options = { refreshes: fileRefreshes, onSuccess: onDone };
  const enter = useAct(customerFileOperations.enterCustomerVisit, options);
  const change = useAct(customerFileOperations.changeCustomerVisit, options);
  const error = enter.error ?? change.error;
  const problem = (path: string): string | null => {
    const found = error ? asProblem(error).fields.find((one) => one.path === path) : undefined;
    return found ? say(found.message) : null;
  };
  const content = () =>
    state === "PLANNED"
      ? ({ state, plannedOn: plannedOn ?? "", place: place || null } as const)
      : ({ state, visitedAt, place: place || null, said, satisfaction, orderId: orderId.trim() || null } as const);
  const submit = () => {
    if (visit) change.mutate({ params: { customerId, visitNo: visit.visitNo }, body: { ...content(), version: visit.version } });
    else {
      const body = { ...content(), occasion };
      enter.mutate({ params: { customerId }, body, idempotencyKey: keys.keyFor(body) });
    }
  };
  return (
    <FormFrame
      submit={t(state === "PLANNED" ? "visits.savePlan" : "visits.saveDone")}
      pending={enter.isPending || change.isPending}
      error={error}
      disabled={state === "PLANNED" ? plannedOn === null : said.trim() === ""}
      onCancel={onDone}
      onSubmit={submit}
    >
      {!visit && (
        <Field label={t("visits.occasion")} required>
          {(control) => (
            <Select
              {...control}
              style={full}
              value={occasion}
              onChange={setOccasion}
              options={occasions.map((value) => ({ value, label: say(occasionTitles[value]) }))}
            />
          )}
        </Field>
      )}
      {state === "PLANNED" ? (
        <Field label={t("visits.plannedOn")} required problem={problem("plannedOn")}>
          {(control) => <DateInput control={control} value={plannedOn} onChange={setPlannedOn} />}
        </Field>
      ) : (
        <Field label={t("visits.visitedAt")} required problem={problem("visitedAt")}>
          {(control) => <InstantInput control={control} value={visitedAt} onChange={(next) => setVisitedAt(next ?? "")} />}
        </Field>
      )}
      <Field label={t("visits.place")} hint={t("visits.placeHint")} problem={problem("place")}>
        {(control) => <Input {...control} maxLength={200} value={place} onChange={({ target }) => setPlace(target.value)} />}
      </Field>
      {state === "DONE" && (
        <>
          <Field label={t("visits.said")} required problem={problem("said")}>
            {(control) => (
              <Input.TextArea
                {...control}
                maxLength={2000}
                autoSize={{ minRows: 3, maxRows: 10 }}
                value={said}
                onChange={({ target }) => setSaid(target.value)}
              />
            )}
          </Field>
          <Field label={t("visits.satisfaction")}>
            {(control) => (
              <Select<Satisfaction | null>
                {...control}
                allowClear
                style={full}
                value={satisfaction}
                onChange={(next) => setSatisfaction(next ?? null)}
                options={satisfactions.map((value) => ({ value, label: say(satisfactionTitles[value]) }))}
              />
            )}
          </Field>
          <Field label={t("visits.order")} hint={t("visits.orderHint")} problem={problem("orderId")}>
            {(control) => (
              <Input
                {...control}
                maxLength={19}
                inputMode="numeric"
                value={orderId}
                onChange={({ target }) => setOrderId(target.value)}
              />
            )}
          </Field>
        </>
      )}
    </FormFrame>
  );
}

export function CancelVisit({ visit, onDone }: { visit: CustomerVisit; onDone: () => void }) {
  const { t } = useTranslation("customer");
  const [reason, setReason] = useState("");
  const { customerId, visitNo, version } = visit;
  const cancel = useAct(customerFileOperations.changeCustomerVisit, { refreshes: fileRefreshes, onSuccess: onDone });
  return (
    <FormFrame
      submit={t("visits.cancel")}
      danger
      pending={cancel.isPending}
      error={cancel.error}
      disabled={reason.trim() === ""}
      onCancel={onDone}
      onSubmit={() => cancel.mutate({ params: { customerId, visitNo }, body: { state: "CANCELLED", version, reason } })}
    >
      <Field label={t("visits.reason")} required>
        {(control) => (
          <Input {...control} autoFocus maxLength={200} value={reason} onChange={({ target }) => setReason(target.value)} />
        )}
      </Field>
    </FormFrame>
  );
}
