// Articles written in a file become drafts, or a list of everything wrong with them, each with its place in the text.
import { flows } from "@bihuan/core/flows.ts";
import { ArticleDraft, ArticleKind, missingParts } from "@bihuan/core/knowledge/article.ts";
import { linkRefusal } from "@bihuan/core/knowledge/links.ts";
import type { Bilingual } from "@bihuan/core/text.ts";
import { isNode, LineCounter, parseDocument } from "yaml";
import { z } from "zod";
import { parsePart } from "../../platform/http/validation.ts";

export type WrittenArticle = { readonly code: string; readonly kind: ArticleKind; readonly draft: ArticleDraft };
export type FileProblem = { readonly line: number; readonly path: string; readonly message: Bilingual };

const MOST_ARTICLES = 1000;
const MOST_ALIASES = 100;

// In a file an article is one flat list of fields; what a draft keeps apart is sorted afterwards.
const { content, ...beside } = ArticleDraft.shape;
const FileArticle = z.strictObject({
  /** Its name in this file: the same one again is the next version of the same article. */
  key: z.string().regex(/^[a-z0-9][a-z0-9-]{1,59}$/),
  kind: ArticleKind,
  ...content.shape,
  ...beside,
});
const ArticleFileShape = z.strictObject({ articles: z.array(z.unknown()).min(1).max(MOST_ARTICLES) });

type Path = readonly (string | number)[];

/** Reads a file of articles. In: YAML. Out: the articles where nothing is wrong, and every problem. */
export function parseArticles(text: string): {
  readonly articles: readonly WrittenArticle[];
  readonly problems: readonly FileProblem[];
} {
  const lines = new LineCounter();
  const document = parseDocument(text, { lineCounter: lines, prettyErrors: false });
  const problems: FileProblem[] = [];
  const lineAt = (offset: number) => Math.max(1, lines.linePos(offset).line);
  const report = (path: Path, message: Bilingual) =>
    problems.push({ line: lineAt(offsetOf(document, path)), path: path.join("."), message });
  for (const { pos, message } of [...document.errors, ...document.warnings])
    problems.push({
      line: lineAt(pos[0]),
      path: "",
      message: { zh: `YAML 格式错误：${message}`, en: `not valid YAML: ${message}` },
    });
  if (problems.length > 0) return { articles: [], problems };

  const parsed = parsePart(ArticleFileShape, unfold(document), "body");
  if ("errors" in parsed) {
    for (const { path, messages } of parsed.errors) report(segments(path), messages);
    return { articles: [], problems };
  }
  const articles: WrittenArticle[] = [];
  for (const [at, input] of parsed.value.articles.entries()) {
    const reportHere = (path: Path, message: Bilingual) => report(["articles", at, ...path], message);
    const article = articleOf(input, reportHere);
    if (!article) continue;
    if (articles.some(({ code }) => code === article.code))
      reportHere(["key"], { zh: `编号 ${article.code} 重复`, en: `the key ${article.code} stands twice` });
    articles.push(article);
  }
  return { articles: problems.length > 0 ? [] : articles, problems };
}

function articleOf(input: unknown, report: (path: Path, message: Bilingual) => void): WrittenArticle | null {
  const parsed = parsePart(FileArticle, input, "body");
  if ("errors" in parsed) {
    for (const { path, messages } of parsed.errors) report(segments(path), messages);
    return null;
  }
  const { key: code, kind, roles, links, validFrom, validTo, note, ...said } = parsed.value;
  const whole = parsePart(ArticleDraft, { content: said, roles, links, validFrom, validTo, note }, "body");
  if ("errors" in whole) {
    for (const { path, messages } of whole.errors) report(segments(path), messages);
    return null;
  }
  for (const [at, link] of links.entries()) {
    const refused = linkRefusal([link], flows);
    const named = refused?.facts["link"];
    if (refused)
      report(["links", at], { zh: `没有业务、细类或环节 ${named}`, en: `there is no business, subtype or step ${named}` });
  }
  for (const part of missingParts(kind, whole.value.content)) report([], { zh: `缺少 ${part}`, en: `${part} is missing` });
  return { code, kind, draft: whole.value };
}

const segments = (path: string): Path =>
  path === "" ? [] : path.split(".").map((part) => (/^\d+$/.test(part) ? Number(part) : part));

function unfold(document: ReturnType<typeof parseDocument>): unknown {
  try {
    return document.toJS({ maxAliasCount: MOST_ALIASES });
  } catch {
    return null; // too many aliases: the library's only way to say so is to throw
  }
}

// The nearest node above a place that stands in the text.
function offsetOf(document: ReturnType<typeof parseDocument>, path: Path): number {
  for (let length = path.length; length > 0; length--) {
    const node: unknown = document.getIn(path.slice(0, length), true);
    if (isNode(node) && node.range) return node.range[0];
  }
  return document.contents?.range?.[0] ?? 0;
}
