// The right column: what the caller wants, in the order in which it is said.
import type { CallView } from "@bihuan/contract/call.ts";
import type { DeskCard } from "@bihuan/contract/desk-intake.ts";
import type { FlowView } from "@bihuan/contract/flow.ts";
import { useTranslation } from "react-i18next";
import type { FlowWords } from "../../../flow/use-flows.ts";
import { SchemaFields } from "../../../ui/schema-fields.tsx";
import { intakeGroups } from "../../../work-order/intake/intake-fields.ts";
import type { Category, Draft } from "../draft/draft.ts";
import type { Reach } from "./body.ts";
import { CategoryField, useSuggestions } from "./category.tsx";
import { lacksSubtype } from "./categories.ts";
import { ContactFields } from "./contact.tsx";
import { More } from "./more.tsx";
import { Questions } from "./questions.tsx";
import type { DeskAccount, IntakeForm } from "./use-intake-form.ts";
import styles from "./wanted.module.css";

export function Wanted(props: {
  draft: Draft;
  flows: readonly FlowView[];
  words: FlowWords;
  intake: IntakeForm;
  card: DeskCard | undefined;
  account: DeskAccount | undefined;
  call: CallView | undefined;
  reach: Reach;
  /** It was tried to send: what is missing is said. */
  tried: boolean;
  deskUnitId: number | undefined;
  unitName: (unitId: number) => string | undefined;
  onDesk: (unitId: number | undefined) => void;
  onCategory: (category: Category) => void;
  onContact: (contact: Draft["contact"]) => void;
}) {
  const { t } = useTranslation(["desk", "work-order", "ui"]);
  const { draft, flows, intake, card, account } = props;
  const { form, details } = intake;
  const { category } = draft;
  const text = (name: string): string => {
    const value = form.values[name];
    return typeof value === "string" ? value : "";
  };
  const suggestions = useSuggestions(
    `${text("title")}\n${text("description")}`.trim(),
    category && lacksSubtype(flows, category) ? category.flow : undefined,
  );
  const groups = intakeGroups(form.fields, details.fields, card !== undefined);
  const isLacking = category === null || lacksSubtype(flows, category);
  const fromFile =
    account?.address && text("identity") === "NAMED" ? t("work-order:intake.fromFile", { value: account.address }) : undefined;
  return (
    <section className={styles.wanted} aria-label={t("work-order:intake.what")}>
      <SchemaFields part={form} names={groups.said} />
      <CategoryField
        flows={flows}
        words={props.words}
        value={category}
        suggestions={suggestions}
        problem={props.tried && isLacking ? t("ui:form.missingChoice") : null}
        onChoose={props.onCategory}
      />
      {category && <Questions key={category.flow} category={category} />}
      <SchemaFields part={details} names={groups.own} />
      <SchemaFields part={form} names={groups.told} />
      <ContactFields form={form} card={card} call={props.call} reach={props.reach} onChoose={props.onContact} />
      <SchemaFields part={form} names={groups.chosen} placeholders={{ address: fromFile }} />
      <More
        form={form}
        details={details}
        names={groups.more}
        ownNames={groups.ownMore}
        deskUnitId={props.deskUnitId}
        unitName={props.unitName}
        onDesk={props.onDesk}
      />
    </section>
  );
}
