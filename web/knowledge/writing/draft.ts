// An article as a form holds it: every text in both languages, empty where there is none.
import type { ArticleVersion, Wording } from "@bihuan/contract/knowledge.ts";
import type { ArticleDraft, ArticleKind, ContentPart } from "@bihuan/core/knowledge/article.ts";
import type { ArticleLink } from "@bihuan/core/knowledge/links.ts";
import type { Role } from "@bihuan/core/identity/roles.ts";

export type Both = { readonly zh: string; readonly en: string };
export type StepRow = { readonly what: Both; readonly how: Both; readonly byWhen: Both };
export type CauseRow = { readonly cause: Both; readonly check: Both; readonly remedy: Both };

export type ArticleForm = {
  readonly title: Both;
  readonly keywords: readonly string[];
  readonly answer: Both;
  readonly asks: readonly Both[];
  readonly steps: readonly StepRow[];
  readonly causes: readonly CauseRow[];
  readonly source: Both;
  readonly roles: readonly Role[];
  readonly links: readonly ArticleLink[];
  readonly validFrom: string | null;
  readonly validTo: string | null;
  readonly note: string;
};

export const nothing: Both = { zh: "", en: "" };
export const emptyStep: StepRow = { what: nothing, how: nothing, byWhen: nothing };
export const emptyCause: CauseRow = { cause: nothing, check: nothing, remedy: nothing };
export const emptyLink: ArticleLink = { flow: null, subtype: null, step: null };

/** A form to begin with. In: what somebody looked for in vain, where it is to be written about. */
export const emptyForm = (title = ""): ArticleForm => ({
  title: { zh: title, en: "" },
  keywords: [],
  answer: nothing,
  asks: [],
  steps: [],
  causes: [],
  source: nothing,
  roles: [],
  links: [],
  validFrom: null,
  validTo: null,
  note: "",
});

const both = (text: Wording | null): Both => ({ zh: text?.zh ?? "", en: text?.en ?? "" });

/** A version as a form; the dates and the note of one that is replaced are its own and do not go over to the next. */
export function formOf({ content, roles, links, validFrom, validTo, note }: ArticleVersion, isDraft: boolean): ArticleForm {
  return {
    title: both(content.title),
    keywords: content.keywords,
    answer: both(content.answer),
    asks: content.asks.map(both),
    steps: content.steps.map(({ what, how, byWhen }) => ({ what: both(what), how: both(how), byWhen: both(byWhen) })),
    causes: content.causes.map(({ cause, check, remedy }) => ({ cause: both(cause), check: both(check), remedy: both(remedy) })),
    source: both(content.source),
    roles,
    links,
    validFrom: isDraft ? validFrom : null,
    validTo: isDraft ? validTo : null,
    note: isDraft ? (note ?? "") : "",
  };
}

const isEmpty = ({ zh, en }: Both): boolean => zh.trim() === "" && en.trim() === "";
const wording = ({ zh, en }: Both) => ({ zh, en: en.trim() === "" ? null : en });
const optional = (text: Both) => (isEmpty(text) ? null : wording(text));

/** What is sent. Rows nobody wrote in are left out; without English what stands there is not sent. */
export const draftOf = (form: ArticleForm): ArticleDraft => ({
  content: {
    title: wording(form.title),
    keywords: [...form.keywords],
    answer: optional(form.answer),
    asks: form.asks.filter((ask) => !isEmpty(ask)).map(wording),
    steps: form.steps
      .filter(({ what, how, byWhen }) => ![what, how, byWhen].every(isEmpty))
      .map(({ what, how, byWhen }) => ({ what: wording(what), how: optional(how), byWhen: optional(byWhen) })),
    causes: form.causes
      .filter(({ cause, check, remedy }) => ![cause, check, remedy].every(isEmpty))
      .map(({ cause, check, remedy }) => ({ cause: wording(cause), check: optional(check), remedy: wording(remedy) })),
    source: optional(form.source),
  },
  roles: [...form.roles],
  links: form.links.filter(({ flow, step }) => flow !== null || step !== null).map((link) => ({ ...link })),
  validFrom: form.validFrom,
  validTo: form.validTo,
  note: form.note.trim() === "" ? null : form.note,
});

/** Whether anything stands in English. */
export const hasEnglish = (form: ArticleForm): boolean =>
  [
    form.title,
    form.answer,
    form.source,
    ...form.asks,
    ...form.steps.flatMap(({ what, how, byWhen }) => [what, how, byWhen]),
    ...form.causes.flatMap(({ cause, check, remedy }) => [cause, check, remedy]),
  ].some(({ en }) => en.trim() !== "");

const partsOf: Readonly<Record<ArticleKind, readonly ContentPart[]>> = {
  QUESTION: ["answer", "asks"],
  HANDBOOK: ["answer", "steps"],
  FAULT: ["answer", "causes", "asks"],
};

/** The parts a form of the kind asks for, and any that is written in already. */
export const shownParts = (kind: ArticleKind, form: ArticleForm): ContentPart[] =>
  (["answer", "asks", "steps", "causes"] as const).filter(
    (part) => partsOf[kind].includes(part) || (part !== "answer" && form[part].length > 0),
  );
