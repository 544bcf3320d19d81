// The sample articles that come with the product, taken over and approved, so that steps show their pages. The last few wait for the
// visitor's editor.
import { readdir, readFile } from "node:fs/promises";
import path from "node:path";
import type { OrganisationTree } from "@bihuan/core/identity/organisation.ts";
import { isRefusal } from "@bihuan/core/refusal.ts";
import { commandLine } from "@bihuan/server/identity/editor.ts";
import { approveVersion } from "@bihuan/server/knowledge/commands.ts";
import { importArticles } from "@bihuan/server/knowledge/import/import-articles.ts";
import { parseArticles } from "@bihuan/server/knowledge/import/parse-articles.ts";
import { readerOf } from "@bihuan/server/knowledge/reader.ts";
import type { Platform } from "@bihuan/server/platform/platform.ts";
import { sql } from "@bihuan/server/platform/sql.ts";

const SAMPLES = path.join(import.meta.dirname, "../docs/examples/knowledge");
const LEFT_TO_APPROVE = 3;

/** Takes the samples over for the whole company. In: who approves them. Errors: throws where a sample is wrong, which would be ours. */
export async function furnishKnowledge(
  platform: Platform,
  tree: OrganisationTree,
  approver: { staffId: number; name: string },
): Promise<void> {
  const files = (await readdir(SAMPLES)).filter((name) => name.endsWith(".yaml")).sort();
  const texts = await Promise.all(files.map((name) => readFile(path.join(SAMPLES, name), "utf8")));
  const { unitId } = tree.root;
  await importArticles(
    platform,
    commandLine.actor,
    unitId,
    texts.flatMap((text) => parseArticles(text).articles),
  );
  const articles = await platform.db.rows<{ articleId: number; revision: number }>(
    sql`select article_id "articleId", revision from article order by article_id`,
  );
  const scope = {
    principal: { kind: "staff" as const, id: approver.staffId, name: approver.name },
    homeUnitId: unitId,
    grants: [{ role: "MANAGER" as const, unitId }],
  };
  const reader = await readerOf(platform, scope);
  for (const asked of articles.slice(0, -LEFT_TO_APPROVE)) {
    const result = await approveVersion(platform, reader, asked);
    if (isRefusal(result)) throw new Error(`article ${asked.articleId}: ${result.refused}`);
  }
}
