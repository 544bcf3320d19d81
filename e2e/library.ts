// A knowledge base to tell stories in: the samples that ship, written by one person and approved by another; some still on their way.
import { readFile } from "node:fs/promises";
import path from "node:path";
import { identityOperations } from "@bihuan/contract/identity.ts";
import { knowledgeOperations } from "@bihuan/contract/knowledge.ts";
import { parseArticles, type WrittenArticle } from "@bihuan/server/knowledge/import/parse-articles.ts";
import type { World } from "./world.ts";

export type Library = {
  /** Articles in force by their names in the sample files. */
  readonly articles: Readonly<Record<string, number>>;
  readonly draft: number;
  readonly submitted: number;
};

const folder = path.join(import.meta.dirname, "../docs/examples/knowledge");

/** The articles of the sample files. */
export async function samples(): Promise<WrittenArticle[]> {
  const files = ["handbooks.yaml", "faults.yaml", "questions.yaml"];
  const read = await Promise.all(files.map((name) => readFile(path.join(folder, name), "utf8")));
  return read.flatMap((text) => [...parseArticles(text).articles]);
}

/** Lets the verifier write and the manager approve, as a small utility does. */
export async function grantEditor(world: World): Promise<void> {
  await world.as.security.call(identityOperations.grantRole, {
    params: { staffId: world.staff.verifier },
    body: { role: "KNOWLEDGE_EDITOR", unitId: world.units.city },
  });
}

export async function fillLibrary(world: World): Promise<Library> {
  await grantEditor(world);
  const { verifier: editor, manager, agent } = world.as;
  const begin = ({ kind, draft, code }: WrittenArticle) =>
    editor.call(knowledgeOperations.createArticle, {
      idempotencyKey: `library-${code}`,
      body: { unitId: world.units.city, kind, draft },
    });
  const articles: Record<string, number> = {};
  for (const one of await samples()) {
    const { articleId, revision } = await begin(one);
    const params = { articleId };
    const submitted = await editor.call(knowledgeOperations.submitDraft, { params, body: { revision } });
    await manager.call(knowledgeOperations.approveVersion, { params, body: { revision: submitted.revision } });
    articles[one.code] = articleId;
  }
  const [first, second] = (await samples()).map((one) => ({ ...one, code: `next-${one.code}` }));
  if (!first || !second) throw new Error("there are no samples");
  const draft = await begin(first);
  const submitted = await begin(second);
  await editor.call(knowledgeOperations.submitDraft, {
    params: { articleId: submitted.articleId },
    body: { revision: submitted.revision },
  });
  const faultCall = articles["fault-call"] ?? 0;
  for (const [who, helped, remark] of [
    [agent, true, null],
    [manager, false, "没写夜间值班电话"],
  ] as const)
    await who.call(knowledgeOperations.giveFeedback, {
      params: { articleId: faultCall, version: 1 },
      body: { helped, remark },
    });
  for (const text of ["光伏并网结算周期", "光伏并网结算周期", "充电桩报装资料"])
    await agent.call(knowledgeOperations.searchKnowledge, { body: { text, finished: true } });
  return { articles, draft: draft.articleId, submitted: submitted.articleId };
}
