import { type AccountRow, customerOperations } from "@bihuan/contract/customer.ts";
import type { FlowView } from "@bihuan/contract/flow.ts";
import { workOrderOperations } from "@bihuan/contract/work-order.ts";
import { useNavigate, useSearch } from "@tanstack/react-router";
import { App, Button, Radio, Select } from "antd";
import { useEffect, useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import { RowChip } from "../clock/live-chip.tsx";
import { AccountSearch } from "../customer/account-search.tsx";
import { type FlowWords, useFlows } from "../flow/use-flows.ts";
import { UnitPicker } from "../identity/organisation/unit-picker.tsx";
import { useOrganisation } from "../identity/organisation/use-organisation.ts";
import { useActKeys } from "../platform/act-keys.ts";
import { callOperation } from "../platform/client.ts";
import { useBilingual, useLanguage } from "../platform/language.ts";
import { useAct, useOperation } from "../platform/query.ts";
import { useActingUnit } from "../shell/acting-unit.tsx";
import { useDebounced } from "../ui/debounce.ts";
import { Field, FormFrame } from "../ui/field.tsx";
import { Icon } from "../ui/icon.tsx";
import { Page, Section } from "../ui/page.tsx";
import { SchemaFields, type SchemaPart, useSchemaPart } from "../ui/schema-fields.tsx";
import { Answer, Empty, Skeleton } from "../ui/states.tsx";
import { orderReadings } from "../work-order/order/acts/use-act-on-order.ts";
import { intakeCodes } from "../work-order/codes.ts";
import { Hints, useHints } from "../work-order/intake/hints.tsx";
import { foldedValues, intakeGroups, isPhone } from "../work-order/intake/intake-fields.ts";
import styles from "./new-order-page.module.css";
import { IntakePreview } from "./new-order-preview.tsx";

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
    <Page
      title={t("intake.title")}
      note={
        flow && (
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
        )
      }
    >
      <Answer of={query}>
        {() =>
          organisation.query.isLoading ? (
            <Skeleton lines={10} />
          ) : flow ? (
            <Desk flow={flow} words={words} />
          ) : (
            <Empty title={t("intake.noFlow")} />
          )
        }
      </Answer>
    </Page>
  );
}

// The flow may change while the caller speaks: what was entered stays, only the flow's own questions begin anew.
function Desk({ flow, words }: { flow: FlowView; words: FlowWords }) {
  const { t } = useTranslation(["work-order", "ui"]);
  const say = useBilingual();
  const navigate = useNavigate();
  const { message } = App.useApp();
  const acting = useActingUnit();
  const { units } = useOrganisation();
  const { customer: askedCustomer } = useSearch({ from: "/inside/orders/new" });
  const keys = useActKeys();
  const panel = useRef<HTMLElement>(null);
  const [deskUnitId, setDeskUnitId] = useState<number | undefined>(acting.unitId);
  const [chosenSubtype, setSubtype] = useState<string | null>(null);
  const [account, setAccount] = useState<AccountRow | null>(null);
  const [linked, setLinked] = useState<readonly string[]>([]);
  const [tried, setTried] = useState(false);
  const subtype = flow.subtypes.find(({ code }) => code === chosenSubtype)?.code ?? null;
  const lacksSubtype = flow.subtypes.length > 0 && subtype === null;

  const takeIn = useAct(workOrderOperations.takeIn, { refreshes: orderReadings });
  const desk = units.find(({ unitId }) => unitId === deskUnitId);
  const form = useSchemaPart(flow.intakeForm, {
    initial: {
      origin: desk?.kind === "HALL" ? "BUSINESS_HALL" : "HOTLINE_95598",
      ...(desk?.effectiveAreaClass ? { areaClass: desk.effectiveAreaClass } : {}),
    },
    hidden: ["customerId"],
    choices: () => intakeCodes,
    error: takeIn.error,
    sentUnder: "form",
  });
  const details = useSchemaPart(flow.detailsForm, { error: takeIn.error, sentUnder: "details", of: flow.id });

  const goTo = (field: string): void =>
    panel.current?.querySelector<HTMLElement>(`[data-field="${field}"] :is(input, textarea)`)?.focus();
  const choose = (row: AccountRow | null): void => {
    setAccount(row);
    form.set({
      customerId: row?.customerId,
      accountNo: row?.accountNo,
      customerClass: row?.category,
      voltage: row?.voltage ?? undefined,
      transformerArea: row?.transformerArea?.code,
      targetUnitId: row?.unit.unitId,
      ...(row ? { areaClass: row.areaClass } : {}),
    });
    if (row) goTo("title");
  };
  const goOnWithout = (typed: string): void => {
    if (isPhone(typed) && !form.values["contactPhone"]) form.set({ contactPhone: typed });
    goTo("title");
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
    setTried(true);
    const [formInput, detailsInput] = [form.check(), details.check()];
    if (!formInput || !detailsInput || deskUnitId === undefined || lacksSubtype) return;
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

  const placeholders = useFilePlaceholders(account, form);
  const groups = intakeGroups(form.fields, details.fields);
  const areaClass = form.fields.find(({ name }) => name === "areaClass");
  const missing = [
    ...(deskUnitId === undefined ? [t("intake.desk")] : []),
    ...(areaClass && !form.input["areaClass"] ? [say(areaClass.label)] : []),
    ...(lacksSubtype ? [t("intake.subtype")] : []),
  ];
  return (
    <div className={styles.desk}>
      <section ref={panel} className={styles.panel} aria-label={t("intake.what")}>
        <div className={styles.customer}>
          <AccountSearch chosen={account} onChoose={choose} onPass={goOnWithout} />
        </div>
        <FormFrame
          longForm
          columns="fit"
          submit={t("intake.submit")}
          pending={takeIn.isPending}
          error={takeIn.error}
          onSubmit={submit}
        >
          <SchemaFields part={form} names={groups.said} placeholders={placeholders} />
          <SchemaFields part={form} names={groups.chosen} />
          {flow.subtypes.length > 0 && (
            <Field label={t("intake.subtype")} required problem={tried && lacksSubtype ? t("ui:form.missingChoice") : null}>
              {(control) => (
                <Select
                  {...control}
                  style={{ width: "100%" }}
                  showSearch={{ optionFilterProp: "label" }}
                  placeholder={t("ui:form.choose")}
                  value={subtype}
                  onChange={setSubtype}
                  options={flow.subtypes.map(({ code, title }) => ({ value: code, label: say(title) }))}
                />
              )}
            </Field>
          )}
          <SchemaFields part={details} names={groups.ownChosen} />
          <More
            form={form}
            details={details}
            names={groups.more}
            ownNames={groups.ownMore}
            deskUnitId={deskUnitId}
            unitName={(unitId) => units.find((unit) => unit.unitId === unitId)?.name}
            onDesk={setDeskUnitId}
            notes={{ accountNo: <KnownAccount accountNo={account ? null : value("accountNo")} onChoose={choose} /> }}
          />
        </FormFrame>
      </section>
      <div className={styles.aside}>
        <IntakePreview intake={intake} flow={flow} form={form.input} details={details.input} missing={missing} words={words} />
        {hints.length > 0 && (
          <Section title={t("hint.title", { count: hints.length })}>
            <Hints
              hints={hints}
              words={words}
              renderChip={({ status, dueAt, intakeAt }) =>
                status === "OPEN" || status === "SUSPENDED" ? (
                  <RowChip row={{ status, dueAt, dueFrom: intakeAt, missed: 0 }} />
                ) : null
              }
              linked={linked}
              onLink={(orderId, on) => setLinked(on ? [...linked, orderId] : linked.filter((one) => one !== orderId))}
            />
          </Section>
        )}
      </div>
    </div>
  );
}

/**
 * Fields the caller leaves empty are taken from the customer's file: there they stand, masked as the file shows them. A confidential
 * caller's place is not taken over, and nothing at all of who wants to stay anonymous.
 */
function useFilePlaceholders(account: AccountRow | null, form: SchemaPart): Record<string, string | undefined> {
  const { t } = useTranslation("work-order");
  const file = useOperation(
    customerOperations.getCustomer,
    { params: { customerId: account?.customerId ?? "" } },
    { enabled: account !== null },
  );
  const identity = form.values["identity"];
  if (!account || !file.data || identity === "ANONYMOUS") return {};
  const [contact] = file.data.contacts;
  const isItsAccount = form.values["accountNo"] === account.accountNo && identity !== "CONFIDENTIAL";
  const from = (value: string | null | undefined): string | undefined => (value ? t("intake.fromFile", { value }) : undefined);
  return {
    contactName: from(contact?.name ?? account.customerName),
    contactPhone: from(contact?.phone),
    address: isItsAccount ? from(account.address) : undefined,
  };
}

/** What is known already or asked now and then: one line that says what stands in it, and unfolds. */
function More(props: {
  form: SchemaPart;
  details: SchemaPart;
  names: readonly string[];
  ownNames: readonly string[];
  deskUnitId: number | undefined;
  unitName: (unitId: number) => string | undefined;
  onDesk: (unitId: number | undefined) => void;
  notes: Record<string, React.ReactNode>;
}) {
  const { t } = useTranslation(["work-order", "ui"]);
  const language = useLanguage();
  const [wanted, setWanted] = useState(false);
  const { form, details, names, ownNames, deskUnitId, unitName } = props;
  // What is wrong must be seen.
  const isWrong = ({ problems }: SchemaPart, name: string): boolean => problems.own.has(name) || problems.server.has(name);
  const open =
    wanted ||
    deskUnitId === undefined ||
    names.some((name) => isWrong(form, name)) ||
    ownNames.some((name) => isWrong(details, name));
  const values = (part: SchemaPart, of: readonly string[]): string[] =>
    foldedValues(
      part.fields.filter(({ name }) => of.includes(name)),
      part.values,
      { unit: unitName, language },
    );
  return (
    <>
      <button type="button" className={styles.more} aria-expanded={open} onClick={() => setWanted(!open)}>
        <Icon name={open ? "down" : "right"} size={16} />
        <span className={styles.moreTitle}>{t("intake.more")}</span>
        {!open && (
          <span className={styles.folded}>
            {[unitName(deskUnitId ?? 0), ...values(form, names), ...values(details, ownNames)].filter(Boolean).join(" · ")}
          </span>
        )}
      </button>
      {open && (
        <>
          <Field label={t("intake.desk")} required problem={deskUnitId === undefined ? t("ui:form.missingChoice") : null}>
            {(control) => <UnitPicker {...control} value={deskUnitId} onChange={props.onDesk} />}
          </Field>
          <SchemaFields part={form} names={names} notes={props.notes} />
          <SchemaFields part={details} names={ownNames} />
        </>
      )}
    </>
  );
}

/** An account number that was typed and has a customer's file: the file is offered. */
function KnownAccount({ accountNo, onChoose }: { accountNo: string | null; onChoose: (row: AccountRow) => void }) {
  const { t } = useTranslation("work-order");
  const text = useDebounced(accountNo ?? "");
  const found = useOperation(
    customerOperations.searchCustomers,
    { body: { text, limit: 5 } },
    { enabled: /^\d{6,}$/.test(text) && accountNo !== null },
  );
  const row = found.data?.rows.find((one) => one.accountNo === accountNo);
  if (!row) return null;
  return (
    <p className={styles.known} role="status">
      {t("intake.hasFile", { accountNo: row.accountNo, name: row.customerName })}{" "}
      <Button size="small" onClick={() => onChoose(row)}>
        {t("intake.useFile")}
      </Button>
    </p>
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
