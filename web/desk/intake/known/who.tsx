// The left column: whose supply it is, on which account, and how the customer and the utility have met lately.
import type { DeskCard, PastContact } from "@bihuan/contract/desk-intake.ts";
import {
  areaClassTitles,
  contactRelationTitles,
  customerCategoryTitles,
  importanceTitles,
  specialNeedTitles,
  voltageTitles,
} from "@bihuan/core/customer/codes.ts";
import { Link } from "@tanstack/react-router";
import { Button, Radio } from "antd";
import type { TFunction } from "i18next";
import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import type { FlowWords } from "../../../flow/use-flows.ts";
import { useBilingual } from "../../../platform/language.ts";
import { Facts, Section, Tag } from "../../../ui/page.tsx";
import { InstantText } from "../../../ui/time.tsx";
import { talkText } from "../call/talk-text.ts";
import type { DeskAccount } from "../wanted/use-intake-form.ts";
import styles from "./known.module.css";

export function Who(props: {
  card: DeskCard;
  account: DeskAccount | undefined;
  /** The call going on: it is no contact of before. */
  callNo: string | null;
  words: FlowWords;
  onAccount: (accountNo: string) => void;
  onDrop: () => void;
}) {
  const { t } = useTranslation("desk");
  const say = useBilingual();
  const { card, account } = props;
  return (
    <Section
      title={t("who.title")}
      actions={
        <>
          <Button size="small" type="text" onClick={props.onDrop}>
            {t("who.drop")}
          </Button>
          <Link to="/customers/$customerId" params={{ customerId: card.customerId }} target="_blank">
            {t("who.file")}
          </Link>
        </>
      }
    >
      <div className={styles.parts}>
        {card.accounts.length > 1 && <Accounts card={card} account={account} onAccount={props.onAccount} />}
        <Facts
          rows={[
            [t("who.name"), card.name],
            ...(account ? supply(account, say, t) : []),
            [
              t("who.importance"),
              card.importance !== "ORDINARY" && <Tag tone="strong">{say(importanceTitles[card.importance])}</Tag>,
            ],
            [
              t("who.needs"),
              card.specialNeeds.length > 0 &&
                card.specialNeeds.map(({ kind, validTo }) => (
                  <Tag key={kind} tone="caution">
                    {say(specialNeedTitles[kind])}
                    {validTo && ` – ${validTo}`}
                  </Tag>
                )),
            ],
            [
              t("who.contacts"),
              card.contacts.length > 0 && (
                <ul>
                  {card.contacts.map(({ contactId, name, phone, relation, calling }) => (
                    <li key={contactId}>
                      {[name, phone, say(contactRelationTitles[relation])].filter(Boolean).join(" ")}{" "}
                      {calling && <Tag tone="accent">{t("who.calling")}</Tag>}
                    </li>
                  ))}
                </ul>
              ),
            ],
          ]}
        />
        <Before
          contacts={card.contactsBefore.filter((one) => one.kind === "order" || one.call.callNo !== props.callNo)}
          words={props.words}
        />
      </div>
    </Section>
  );
}

const supply = (
  { accountNo, category, voltage, transformerArea, areaClass, address, unit }: DeskAccount,
  say: ReturnType<typeof useBilingual>,
  t: TFunction<"desk">,
): (readonly [string, ReactNode])[] => [
  [t("who.account"), <code key="no">{accountNo}</code>],
  [t("who.supply"), [say(customerCategoryTitles[category]), voltage && say(voltageTitles[voltage])].filter(Boolean).join(" · ")],
  [t("who.area"), [transformerArea?.name, say(areaClassTitles[areaClass])].filter(Boolean).join(" · ")],
  [t("who.address"), address],
  [t("who.unit"), unit.name],
];

/** Which of several accounts it is about: the address and the clocks hang on it. */
function Accounts(props: { card: DeskCard; account: DeskAccount | undefined; onAccount: (accountNo: string) => void }) {
  const { card, account, onAccount } = props;
  const { t } = useTranslation("desk");
  return (
    <fieldset className={styles.accounts} data-part="accounts">
      <legend>{t("who.accounts", { count: card.accounts.length })}</legend>
      <Radio.Group
        value={account?.accountNo ?? null}
        onChange={(event) => onAccount(event.target.value)}
        options={card.accounts.map(({ accountNo, address }) => ({
          value: accountNo,
          label: [accountNo, address].filter(Boolean).join(" · "),
        }))}
      />
    </fieldset>
  );
}

function Before({ contacts, words }: { contacts: readonly PastContact[]; words: FlowWords }) {
  const { t } = useTranslation(["desk", "work-order"]);
  return (
    <div className={styles.part}>
      <h3>{t("who.before")}</h3>
      {contacts.length === 0 && <p className="muted">{t("who.noneBefore")}</p>}
      <ul className={styles.before}>
        {contacts.map((contact) => (
          <li key={contact.kind === "order" ? contact.orderId : contact.call.callNo}>
            <InstantText at={contact.at} />
            {contact.kind === "order" ? (
              <Link to="/orders/$orderId" params={{ orderId: contact.orderId }} target="_blank" title={contact.title}>
                {contact.title || words.flow(contact.flow)}
              </Link>
            ) : (
              <span>{t(contact.call.orderIds.length > 0 ? "who.call" : "who.callOnly", { agent: contact.call.agent.name })}</span>
            )}
            <span className="muted">
              {contact.kind === "order"
                ? t(`work-order:status.${contact.status}`)
                : contact.call.talkSeconds !== null && talkText(contact.call.talkSeconds * 1_000)}
            </span>
          </li>
        ))}
      </ul>
    </div>
  );
}
