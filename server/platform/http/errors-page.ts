import type { ErrorEntry } from "@bihuan/contract/errors/entry.ts";
import { errorCatalogue } from "@bihuan/contract/errors.ts";

/** docs/errors.md: every refusal the product gives, by code. Written by `npm run check -- --write`. */
export function errorsMarkdown(): string {
  const entries = Object.entries(errorCatalogue as Record<string, ErrorEntry>).sort(([a], [b]) => (a < b ? -1 : 1));
  const groups = Map.groupBy(entries, ([code]) => code.split(".")[0] ?? "");
  const lines = [
    "# 错误目录 · Error catalogue",
    "",
    "所有拒绝都以 `application/problem+json`（RFC 9457）返回，`code` 取自本表。本页由 `npm run check -- --write` 生成。",
    "",
    "Every refusal is answered as `application/problem+json` (RFC 9457) with a `code` of this table. `{name}` stands for a fact of the case,",
    "which the body carries in `facts`. This page is written by `npm run check -- --write`.",
  ];
  for (const [group, members] of groups) {
    lines.push(
      "",
      `## ${group}`,
      "",
      "| code | status | 发生了什么 · What happened | 保留了什么、怎么办 · What was kept, what to do |",
      "| --- | --- | --- | --- |",
    );
    for (const [code, { status, title, action }] of members)
      lines.push(`| \`${code}\` | ${status} | ${title.zh}<br>${title.en} | ${action.zh}<br>${action.en} |`.replaceAll("\n", " "));
  }
  return `${lines.join("\n")}\n`;
}
