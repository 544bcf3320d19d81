// What is written down while the order is handled: notes, attachments, contacts with the customer. None of them moves it.
import { z } from "zod";
import { refuse } from "../../refusal.ts";
import type { Action } from "../definition.ts";
import { choice, field, happenedField, optionalText, text } from "../form.ts";
import { eventOf, happened } from "../outcome.ts";
import { Whole } from "../../whole.ts";

const everybody: Action["by"] = ["AGENT", "DISPATCHER", "HANDLER", "REVIEWER", "VERIFIER", "SUPERVISOR", "MANAGER"];

const NoteForm = z.strictObject({ note: text({ zh: "备注", en: "Note" }) });

export const note: Action = {
  key: "note",
  title: { zh: "备注", en: "Note" },
  form: NoteForm,
  by: everybody,
  at: "participant",
  from: "open",
  whileSuspended: true,
  outcomes: [{ type: "note" }],
  decide: ({ value }) => [eventOf("note", NoteForm, value)],
};

/** The file itself is stored first, by its content; the event names it. */
export const AttachForm = z.strictObject({
  sha256: field(z.string().regex(/^[0-9a-f]{64}$/), { label: { zh: "文件", en: "File" }, widget: "file", personal: false }),
  mediaType: field(z.string().max(100), { label: { zh: "类型", en: "Type" }, personal: false }),
  sizeBytes: field(Whole, { label: { zh: "大小", en: "Size" } }),
  name: text({ zh: "文件名", en: "File name" }, { max: 200 }),
});

export const attach: Action = {
  key: "attach",
  title: { zh: "附件", en: "Attach" },
  form: AttachForm,
  by: everybody,
  at: "participant",
  from: "open",
  whileSuspended: true,
  outcomes: [{ type: "attach" }],
  offered: (state) => (state.attachments >= 50 ? refuse("work-order.too-many-attachments", { most: 50 }) : null),
  decide: ({ value }) => [eventOf("attach", AttachForm, value)],
};

const ContactForm = z.strictObject({
  contactedAt: happenedField({ zh: "联系时间", en: "Contacted at" }),
  channel: choice(
    { PHONE: { zh: "电话", en: "Telephone" }, VISIT: { zh: "上门", en: "Visit" }, MESSAGE: { zh: "短信或微信", en: "Message" } },
    { zh: "联系方式", en: "By" },
  ),
  reached: field(z.boolean(), { label: { zh: "是否联系上", en: "Reached" } }),
  content: optionalText({ zh: "沟通内容", en: "What was said" }),
});

/** First contact with the customer (联系客户); a confidential caller is not contacted by the handler, an anonymous one by nobody. */
export const contact = (from: readonly string[]): Action => ({
  key: "contact",
  title: { zh: "联系客户", en: "Contact customer" },
  form: ContactForm,
  by: ["HANDLER", "MANAGER"],
  from,
  outcomes: [{ type: "contact" }, { type: "contact-attempt" }],
  offered: (state) =>
    state.facts.identity === "ANONYMOUS" || state.facts.identity === "CONFIDENTIAL"
      ? refuse("work-order.no-contact-allowed")
      : null,
  // Only a customer who was reached has been contacted: an attempt stops no clock.
  decide: (input) =>
    happened(ContactForm, "contactedAt")(input) ?? [
      eventOf(input.value["reached"] === true ? "contact" : "contact-attempt", ContactForm, input.value),
    ],
});
