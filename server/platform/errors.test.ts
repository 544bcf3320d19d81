import assert from "node:assert/strict";
import { readdir, readFile } from "node:fs/promises";
import path from "node:path";
import { test } from "node:test";
import type { ErrorEntry } from "@bihuan/contract/errors/entry.ts";
import { errorCatalogue } from "@bihuan/contract/errors.ts";
import type { Operation } from "@bihuan/contract/operation.ts";
import { operationGroups } from "../start.ts";
import { errorsMarkdown } from "./http/errors-page.ts";
import { declaredErrors } from "./http/operations.ts";

const root = path.join(import.meta.dirname, "../..");
const catalogue: Record<string, ErrorEntry> = errorCatalogue;

async function sources(): Promise<{ file: string; text: string }[]> {
  const found: { file: string; text: string }[] = [];
  for (const folder of ["core", "contract", "server"])
    for (const entry of await readdir(path.join(root, folder), { recursive: true, withFileTypes: true })) {
      const file = path.join(entry.parentPath, entry.name);
      if (!entry.isFile() || !file.endsWith(".ts") || /\.test\.ts$|\/testing\/|node_modules/.test(file)) continue;
      found.push({ file: path.relative(root, file), text: await readFile(file, "utf8") });
    }
  return found;
}
const texts = await sources();

test("every refusal in the source is in the catalogue", () => {
  const unknown = texts.flatMap(({ file, text }) =>
    [...text.matchAll(/\brefuse\(\s*"([^"]+)"|\brefused: "([^"]+)"/g)]
      .map((match) => match[1] ?? match[2] ?? "")
      .flatMap((code) => (code in catalogue ? [] : [`${file}: ${code}`])),
  );
  assert.deepEqual(unknown, []);
});

test("every entry of the catalogue is given by some source", () => {
  const given = new Set(
    texts
      .filter(({ file }) => !file.startsWith("contract/"))
      .flatMap(({ text }) => [...text.matchAll(/"([a-z-]+\.[a-z0-9-]+)"/g)].map((match) => match[1])),
  );
  assert.deepEqual(
    Object.keys(catalogue).filter((code) => !given.has(code)),
    [],
  );
});

test("every entry says in both languages what happened and what to do, with the same facts", () => {
  for (const [code, { status, title, action }] of Object.entries(catalogue)) {
    assert.ok(status >= 400 && status < 600, code);
    for (const text of [title, action]) {
      assert.ok(/\p{Script=Han}/u.test(text.zh), `${code}: ${text.zh}`);
      assert.ok(/[a-z]/i.test(text.en) && !/\p{Script=Han}/u.test(text.en), `${code}: ${text.en}`);
      // A fact that is itself a text comes once for each language: {firstZh}, {firstEn}.
      const facts = (of: string) =>
        [...of.matchAll(/\{(\w+)\}/g)].map((match) => (match[1] ?? "").replace(/^(zh|en)$|(Zh|En)$/, "")).sort();
      assert.deepEqual(facts(text.zh), facts(text.en), code);
    }
  }
});

test("docs/errors.md holds the catalogue, no more and no less", async () => {
  const page = await readFile(path.join(root, "docs/errors.md"), "utf8");
  const documented = [...page.matchAll(/^\| `([^`]+)` \|/gm)].map((match) => match[1] ?? "");
  assert.deepEqual(documented.toSorted(), Object.keys(catalogue).toSorted());
  assert.equal(page, errorsMarkdown());
});

test("what an operation may refuse with is in the catalogue", () => {
  for (const operation of operationGroups.flatMap((group): Operation[] => Object.values(group)))
    for (const code of declaredErrors(operation)) assert.ok(code in catalogue, `${operation.method} ${operation.path}: ${code}`);
});
