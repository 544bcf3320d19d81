// Who can be reached about it: one of the customer's contacts, the number that calls, or somebody whose name and number are typed.
import type { CallView } from "@bihuan/contract/call.ts";
import type { DeskCard } from "@bihuan/contract/desk-intake.ts";
import { contactRelationTitles } from "@bihuan/core/customer/codes.ts";
import { Select } from "antd";
import { useTranslation } from "react-i18next";
import { useBilingual } from "../../../platform/language.ts";
import { Field } from "../../../ui/field.tsx";
import { SchemaFields, type SchemaPart } from "../../../ui/schema-fields.tsx";
import type { Draft } from "../draft/draft.ts";
import type { Reach } from "./body.ts";

const typedNames = ["contactName", "contactPhone"];

export function ContactFields(props: {
  form: SchemaPart;
  card: DeskCard | undefined;
  call: CallView | undefined;
  reach: Reach;
  onChoose: (contact: Draft["contact"]) => void;
}) {
  const { t } = useTranslation("desk");
  const say = useBilingual();
  const { form, card, call, reach } = props;
  if (form.values["identity"] === "ANONYMOUS") return <p className="muted">{t("contact.anonymous")}</p>;
  const isKnown = card?.contacts.some(({ calling }) => calling) === true;
  const calls = call?.phone && !isKnown ? [{ value: "call", label: t("contact.calls", { phone: call.phone }) }] : [];
  const contacts = (card?.contacts ?? []).map(({ contactId, name, phone, relation, calling }) => ({
    value: String(contactId),
    label: [say(contactRelationTitles[relation]), name, phone, calling && t("contact.calling")].filter(Boolean).join(" "),
  }));
  const typed = { value: "typed", label: t("contact.typed") };
  const hasOthers = calls.length + contacts.length > 0;
  return (
    <>
      {hasOthers && (
        <Field name="contact" label={t("contact.label")} span={2}>
          {(control) => (
            <Select<string>
              {...control}
              style={{ width: "100%" }}
              value={reach.kind === "contact" ? String(reach.contactId) : reach.kind}
              onChange={(value) => props.onChoose(value === "typed" ? "typed" : value === "call" ? null : Number(value))}
              options={[...calls, ...contacts, typed]}
            />
          )}
        </Field>
      )}
      {(!hasOthers || reach.kind === "typed") && <SchemaFields part={form} names={typedNames} />}
    </>
  );
}
