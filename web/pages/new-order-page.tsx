import { type AccountRow, customerOperations } from "@bihuan/contract/customer.ts";
import type { FlowView } from "@bihuan/contract/flow.ts";
import { type ClockView, workOrderOperations } from "@bihuan/contract/work-order.ts";
import { useNavigate, useSearch } from "@tanstack/react-router";
import { App, Radio, Select } from "antd";
import { useEffect, useState } from "react";
import { useTranslation } from "react-i18next";
import { sortClocks } from "../clock/chip-of.ts";
import { ClockList } from "../clock/clock-list.tsx";
import { RowChip } from "../clock/live-chip.tsx";
import { AccountSearch } from "../customer/account-search.tsx";
import { type FlowWords, useFlows } from "../flow/use-flows.ts";
import { UnitPicker } from "../identity/unit-picker.tsx";
import { useOrganisation } from "../identity/use-organisation.ts";
import { callOperation } from "../platform/client.ts";
import { useBilingual, useLanguage } from "../platform/language.ts";
import { useAct, useOperation } from "../platform/query.ts";
import { nowMs } from "../platform/time.ts";
import { useActingUnit } from "../shell/acting-unit.tsx";
import { useDebounced } from "../ui/debounce.ts";
import { Field, FormFrame } from "../ui/field.tsx";
import { shortInstant } from "../ui/format.ts";
import { useKeys } from "../ui/keys.ts";
import { Page, Section } from "../ui/page.tsx";
import { SchemaFields, useSchemaPart } from "../ui/schema-fields.tsx";
import { Answer, Empty, Notice, Skeleton } from "../ui/states.tsx";
import { useZone } from "../ui/time.tsx";
import { orderReadings } from "../work-order/actions.tsx";
import { intakeCodes } from "../work-order/codes.ts";
import { Hints, useHints } from "../work-order/hints.tsx";
import { useActKeys } from "../platform/act-keys.ts";
import styles from "./new-order-page.module.css";

export function NewOrderPage() {
  const { t } = useTranslation("work-order");
  const say = useBilingual();
  const navigate = useNavigate();
  const { flow: asked } = useSearch({ from: "/inside/orders/new" });
  const { query, flows, words } = useFlows();
  const organisation = useOrganisation();
  const open = flows.filter(({ takesIn }) => takesIn);
  const flow = open.find(({ id }) => id === asked) ?? open[0];
  return (
    <Page title={t("intake.title")}>
      <Answer of={query}>
        {() =>
          organisation.query.isLoading ? (
            <Skeleton lines={10} />
          ) : flow ? (
            <>
              <Radio.Group
                optionType="button"
                aria-label={t("column.flow")}
                value={flow.id}
                onChange={(event) =>
                  void navigate({
                    to: "/orders/new",
                    search: (before: object) => ({ ...before, flow: event.target.value }),
                    replace: true,
                  })
                }
                options={open.map(({ id, title }) => ({ value: id, label: say(title) }))}
              />
              <Desk key={flow.id} flow={flow} words={words} />
            </>
          ) : (
            <Empty title={t("intake.noFlow")} />
          )
        }
      </Answer>
    </Page>
  );
}

function Desk({ flow, words }: { flow: FlowView; words: FlowWords }) {
  const { t } = useTranslation("work-order");
  const say = useBilingual();
  const navigate = useNavigate();
  const { message } = App.useApp();
  const acting = useActingUnit();
  const { units } = useOrganisation();
  const { customer: askedCustomer } = useSearch({ from: "/inside/orders/new" });
  const keys = useActKeys();
  const [deskUnitId, setDeskUnitId] = useState<number | undefined>(acting.unitId);
  const [subtype, setSubtype] = useState<string | null>(flow.subtypes[0]?.code ?? null);
  const [account, setAccount] = useState<AccountRow | null>(null);
  const [linked, setLinked] = useState<readonly string[]>([]);

  const takeIn = useAct(workOrderOperations.takeIn, { refreshes: orderReadings });
  const desk = units.find(({ unitId }) => unitId === deskUnitId);
  const form = useSchemaPart(flow.intakeForm, {
    initial: { origin: "HOTLINE_95598", ...(desk?.effectiveAreaClass ? { areaClass: desk.effectiveAreaClass } : {}) },
    hidden: ["customerId"],
    choices: () => intakeCodes,
    error: takeIn.error,
    sentUnder: "form",
  });
  const details = useSchemaPart(flow.detailsForm, { error: takeIn.error, sentUnder: "details" });

  const choose = (row: AccountRow | null): void => {
    setAccount(row);
    form.set(
      row
        ? {
            customerId: row.customerId,
            accountNo: row.accountNo,
            areaClass: row.areaClass,
            customerClass: row.category,
            voltage: row.voltage ?? undefined,
            transformerArea: row.transformerArea?.code,
            targetUnitId: row.unit.unitId,
          }
        : {
            customerId: undefined,
            accountNo: undefined,
            customerClass: undefined,
            voltage: undefined,
            transformerArea: undefined,
            targetUnitId: undefined,
          },
    );
  };
  useAskedCustomer(askedCustomer, account, choose);

  const intake = { flow: flow.id, subtype, deskUnitId: deskUnitId ?? 0 };
  const value = (name: string): string | null => {
    const found = form.input[name];
    return typeof found === "string" ? found : null;
  };
  const hints = useHints({
    deskUnitId: deskUnitId ?? 0,
    customerId: value("customerId"),
    accountNo: value("accountNo"),
    phone: value("contactPhone"),
    address: value("address"),
    transformerArea: value("transformerArea"),
  });

  const submit = (): void => {
    const [formInput, detailsInput] = [form.check(), details.check()];
    if (!formInput || !detailsInput || deskUnitId === undefined) return;
    const body = { ...intake, form: formInput, details: detailsInput };
    takeIn.mutate(
      { body, idempotencyKey: keys.keyFor(body) },
      {
        onSuccess: async ({ orderId, version }) => {
          keys.done();
          await linkTo(orderId, version, linked).catch(() => void message.warning(t("hint.linkFailed")));
          void message.success(t("intake.done"));
          await navigate({ to: "/orders/$orderId", params: { orderId } });
        },
      },
    );
  };
  useKeys({ "mod+enter": submit });

  return (
    <div className={styles.desk}>
      <div className={styles.column}>
        <Section title={t("intake.who")}>
          <AccountSearch chosen={account} onChoose={choose} />
        </Section>
        <Section title={t("intake.what")}>
          <FormFrame
            columns="fit"
            submit={t("intake.submit")}
            pending={takeIn.isPending}
            error={takeIn.error}
            onSubmit={submit}
            disabled={deskUnitId === undefined}
            foot={<kbd>Ctrl ↵</kbd>}
          >
            <Field label={t("intake.desk")} required>
              {(control) => <UnitPicker {...control} value={deskUnitId} onChange={setDeskUnitId} />}
            </Field>
            {flow.subtypes.length > 0 && (
              <Field label={t("intake.subtype")} required>
                {(control) => (
                  <Select
                    {...control}
                    style={{ width: "100%" }}
                    value={subtype}
                    onChange={setSubtype}
                    options={flow.subtypes.map(({ code, title }) => ({ value: code, label: say(title) }))}
                  />
                )}
              </Field>
            )}
            <SchemaFields part={form} />
            <SchemaFields part={details} />
          </FormFrame>
        </Section>
      </div>
      <div className={styles.column}>
        {hints.length > 0 && (
          <Section title={t("hint.title", { count: hints.length })}>
            <Hints
              hints={hints}
              words={words}
              renderChip={(hint) => (
                <RowChip row={{ status: hint.status, dueAt: hint.dueAt, dueFrom: hint.intakeAt, missed: 0 }} />
              )}
              linked={linked}
              onLink={(orderId, on) => setLinked(on ? [...linked, orderId] : linked.filter((one) => one !== orderId))}
            />
          </Section>
        )}
        <Preview intake={intake} form={form.input} details={details.input} words={words} />
      </div>
    </div>
  );
}

/** A customer named in the address: their first account is chosen as soon as it is known. */
function useAskedCustomer(customerId: string | undefined, account: AccountRow | null, choose: (row: AccountRow) => void): void {
  const [taken, setTaken] = useState(false);
  const file = useOperation(
    customerOperations.getCustomer,
    { params: { customerId: customerId ?? "" } },
    { enabled: customerId !== undefined && !taken },
  );
  const accountNo = file.data?.accounts[0]?.accountNo;
  const rows = useOperation(
    customerOperations.searchCustomers,
    { body: { text: accountNo ?? "", limit: 5 } },
    { enabled: accountNo !== undefined && !taken },
  );
  const found = rows.data?.rows.find((row) => row.accountNo === accountNo);
  useEffect(() => {
    if (!found || account || taken) return;
    setTaken(true);
    choose(found);
  }, [found, account, taken, choose]);
}

async function linkTo(orderId: string, version: number, others: readonly string[]): Promise<void> {
  let current = version;
  for (const other of others) {
    const form = { orderId: other, kind: "REPEAT" };
    const answer = await callOperation(workOrderOperations.act, {
      params: { orderId, action: "link" },
      body: { version: current, form },
      idempotencyKey: `${orderId} link ${other}`,
    });
    current = answer.version;
  }
}

type Intake = { flow: string; subtype: string | null; deskUnitId: number };

/** Where it would go and what would run, before it is taken in; and the sentence to tell the customer. */
function Preview(props: { intake: Intake; form: Record<string, unknown>; details: Record<string, unknown>; words: FlowWords }) {
  const { t } = useTranslation("work-order");
  const { origin, identity, areaClass, urgency, customerClass, voltage, targetUnitId } = props.form;
  // Personal data have no part in what is timed: they are not sent for a preview.
  const facts = { origin, identity, areaClass, urgency, customerClass, voltage, targetUnitId, title: "…" };
  const asked = useDebounced(JSON.stringify({ ...props.intake, form: facts, details: props.details }), 300);
  const body = JSON.parse(asked) as Intake & { form: Record<string, unknown>; details: Record<string, unknown> };
  const ready = body.deskUnitId > 0 && typeof body.form["origin"] === "string" && typeof body.form["areaClass"] === "string";
  const query = useOperation(workOrderOperations.previewIntake, { body }, { enabled: ready, keepPrevious: true });
  if (!ready || query.error || !query.data)
    return (
      <Section title={t("preview.title")}>
        <p className="muted">{t("preview.waiting")}</p>
      </Section>
    );
  const { unit, step, clocks } = query.data;
  return (
    <>
      <Section title={t("preview.title")}>
        <p style={{ marginBottom: 8 }}>{t("preview.goes", { unit: unit.name, step: props.words.step(body.flow, step) })}</p>
        <ClockList orderId={null} clocks={clocks} />
      </Section>
      <Sentence unit={unit.name} clocks={clocks} />
    </>
  );
}

function Sentence({ unit, clocks }: { unit: string; clocks: readonly ClockView[] }) {
  const { t } = useTranslation("work-order");
  const say = useBilingual();
  const language = useLanguage();
  const zone = useZone();
  // What was promised to customers is what they are told; internal limits are not.
  const promised = sortClocks(clocks).live.find(({ authority, dueAt }) => authority !== "internal" && dueAt !== null);
  return (
    <Notice title={t("preview.sayTitle")}>
      <p className={styles.sentence}>
        {promised?.dueAt
          ? t("preview.say", {
              unit,
              what: say(promised.title),
              due: shortInstant(Date.parse(promised.dueAt), nowMs(), zone, language, true),
            })
          : t("preview.sayUntimed", { unit })}
      </p>
    </Notice>
  );
}
