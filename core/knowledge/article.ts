// What an article of the knowledge base says: the handbook of a post, a question with the answer to read out, a typical fault
// with its causes and remedies. Chinese is written first; English beside it where the utility has it.
import { z } from "zod";
import { Role } from "../identity/roles.ts";
import type { Bilingual } from "../text.ts";
import { ArticleLink } from "./links.ts";

export const articleKinds = ["HANDBOOK", "QUESTION", "FAULT"] as const;
export const ArticleKind = z.enum(articleKinds);
export type ArticleKind = z.infer<typeof ArticleKind>;

export const articleKindTitles: Readonly<Record<ArticleKind, Bilingual>> = {
  HANDBOOK: { zh: "岗位手册", en: "Post handbook" },
  QUESTION: { zh: "问答", en: "Question" },
  FAULT: { zh: "典型故障", en: "Typical fault" },
};

// Halves of characters and controls never reach a page; a line keeps no breaks, running text keeps its own.
const tidyLine = (text: string): string =>
  text
    .replace(/[\p{Cc}\p{Cs}]/gu, " ")
    .replace(/\s+/g, " ")
    .trim();
const tidyText = (text: string): string =>
  text
    .replace(/\r\n?/g, "\n")
    .replace(/[^\P{Cc}\n]|\p{Cs}/gu, " ")
    .replace(/[^\S\n]+$/gm, "")
    .replace(/\n{3,}/g, "\n\n")
    .trim();

const LONGEST_INPUT = 20_000;
/** One line of up to so many characters. */
export const line = (max: number) => z.string().max(LONGEST_INPUT).overwrite(tidyLine).min(1).max(max);
const prose = (max: number) => z.string().max(LONGEST_INPUT).overwrite(tidyText).min(1).max(max);

const inBoth = (text: z.ZodType<string, string>) => z.strictObject({ zh: text, en: text.nullable().default(null) });
const lineInBoth = (max: number) => inBoth(line(max));
const proseInBoth = (max: number) => inBoth(prose(max));

/** A text of an article: Chinese, and English where it was translated. */
export type Wording = { readonly zh: string; readonly en: string | null };

/** A step of the work: what to do, how, and by when. */
export const ArticleStep = z.strictObject({
  what: lineInBoth(200),
  how: proseInBoth(2000).nullable().default(null),
  byWhen: lineInBoth(120).nullable().default(null),
});
export type ArticleStep = z.infer<typeof ArticleStep>;

/** A possible cause of a fault: how it is recognised, and what removes it. */
export const ArticleCause = z.strictObject({
  cause: lineInBoth(200),
  check: proseInBoth(1000).nullable().default(null),
  remedy: proseInBoth(2000),
});
export type ArticleCause = z.infer<typeof ArticleCause>;

export const ArticleContent = z.strictObject({
  title: lineInBoth(120),
  /** Other words people look for it by, in whatever language. */
  keywords: z.array(line(40)).max(20).default([]),
  /** Of a question: the answer to read out. Of the others: what the customer is told. */
  answer: proseInBoth(4000).nullable().default(null),
  /** What to ask the customer. The desk that takes a demand in shows these by category. */
  asks: z.array(lineInBoth(200)).max(12).default([]),
  steps: z.array(ArticleStep).max(30).default([]),
  causes: z.array(ArticleCause).max(20).default([]),
  /** Which document it rests on. */
  source: lineInBoth(300).nullable().default(null),
});
export type ArticleContent = z.infer<typeof ArticleContent>;

/** Civil date, `YYYY-MM-DD`. */
const Day = z.iso.date();

/** A version as its author leaves it: what it says, for whom, where it is shown, and while it holds. */
export const ArticleDraft = z
  .strictObject({
    content: ArticleContent,
    /** The posts it is written for; empty for everybody. */
    roles: z.array(Role).max(20).default([]),
    links: z.array(ArticleLink).max(40).default([]),
    /** Null: from its approval on. */
    validFrom: Day.nullable().default(null),
    /** Last day; null: until another version replaces it. */
    validTo: Day.nullable().default(null),
    /** What changed against the version before, and why. */
    note: line(300).nullable().default(null),
  })
  .refine(({ validFrom, validTo }) => validFrom === null || validTo === null || validFrom <= validTo, {
    path: ["validTo"],
    params: { zh: "截止日期早于生效日期", en: "Ends before it begins" },
  });
export type ArticleDraft = z.infer<typeof ArticleDraft>;

export type ContentPart = keyof ArticleContent;
export const contentParts = [
  "title",
  "keywords",
  "answer",
  "asks",
  "steps",
  "causes",
  "source",
] as const satisfies readonly ContentPart[];

type NeededPart = "answer" | "steps" | "causes";
const needed: Readonly<Record<ArticleKind, readonly NeededPart[]>> = {
  HANDBOOK: ["steps"],
  QUESTION: ["answer"],
  FAULT: ["causes"],
};

/** What an article of its kind cannot do without and does not have yet: a draft may lack it, an approved version never does. */
export const missingParts = (kind: ArticleKind, content: ArticleContent): NeededPart[] =>
  needed[kind].filter((part) => (part === "answer" ? content.answer === null : content[part].length === 0));

/** The parts that say something else than before; all that say anything where there was nothing before. */
export const changedParts = (before: ArticleContent | null, after: ArticleContent): ContentPart[] =>
  contentParts.filter((part) =>
    before === null
      ? after[part] !== null && (!Array.isArray(after[part]) || after[part].length > 0)
      : JSON.stringify(before[part]) !== JSON.stringify(after[part]),
  );

/** Every text of an article, in the order it is read. Keywords are search words of any language and not among them. */
export const wordingsOf = ({ title, answer, asks, steps, causes, source }: ArticleContent): Wording[] =>
  [
    title,
    answer,
    ...asks,
    ...steps.flatMap(({ what, how, byWhen }) => [what, how, byWhen]),
    ...causes.flatMap(({ cause, check, remedy }) => [cause, check, remedy]),
    source,
  ].filter((text) => text !== null);

/** Whether every text stands in English as well. */
export const isTranslated = (content: ArticleContent): boolean => wordingsOf(content).every(({ en }) => en !== null);

const EXCERPT = 140;
const shortened = (text: string): string => {
  const words = text.replace(/\s+/g, " ");
  return [...words].length <= EXCERPT ? words : `${[...words].slice(0, EXCERPT - 1).join("")}…`;
};

/** What a list shows under the title: the answer's beginning, else the first cause or step. Null where nothing is written yet. */
export function excerptOf({ answer, steps, causes }: ArticleContent): Wording | null {
  const text = answer ?? causes[0]?.cause ?? steps[0]?.what;
  return text ? { zh: shortened(text.zh), en: text.en === null ? null : shortened(text.en) } : null;
}
