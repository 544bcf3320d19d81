// Chinese first, English complete: both languages say the same things, and nothing visible is said outside of them.
import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { test } from "node:test";
import { textKeys } from "./texts.ts";

const web = path.join(import.meta.dirname, "..");
const read = (file: string): string => readFileSync(path.join(web, file), "utf8");
const files = readdirSync(web, { recursive: true, encoding: "utf8" })
  .filter((file) => !/(^|[\\/])(node_modules|dist)[\\/]/.test(file))
  .map((file) => file.split(path.sep).join("/"));
const slices = files.filter((file) => file.endsWith("/texts.zh.json")).map((file) => path.posix.dirname(file));
/** What a folder's texts are asked for by: its own name, wherever it lies. */
const nameOf = (slice: string): string => path.posix.basename(slice);
const folderOf = new Map(slices.map((slice) => [nameOf(slice), slice]));
const sources = files.filter((file) => /\.tsx?$/.test(file) && !file.endsWith(".test.ts") && !file.endsWith(".d.ts"));

type Texts = { readonly [name: string]: string | Texts };
const texts = (slice: string, language: "zh" | "en"): Texts => JSON.parse(read(`${slice}/texts.${language}.json`)) as Texts;

function flat(tree: Texts, prefix = ""): Map<string, string> {
  const found = new Map<string, string>();
  for (const [name, value] of Object.entries(tree))
    if (typeof value === "string") found.set(`${prefix}${name}`, value);
    else for (const [key, text] of flat(value, `${prefix}${name}.`)) found.set(key, text);
  return found;
}
const placeholders = (text: string): string =>
  [...text.matchAll(/\{\{(\w+)\}\}/g)]
    .map(([, name]) => name)
    .sort((a, b) => (a ?? "").localeCompare(b ?? ""))
    .join(" ");

test("every slice says the same things in both languages", () => {
  assert.ok(slices.length >= 8);
  for (const slice of slices) {
    const [zh, en] = [texts(slice, "zh"), texts(slice, "en")];
    assert.deepEqual(textKeys(zh), textKeys(en), slice);
    for (const language of ["zh", "en"] as const) {
      const written = [...read(`${slice}/texts.${language}.json`).matchAll(/"(?:[^"\\]|\\.)*":\s*"/g)].length;
      assert.equal(flat(texts(slice, language)).size, written, `${slice}: a text stands twice in ${language}`);
    }
    const english = flat(en);
    for (const [key, text] of flat(zh)) {
      assert.notEqual(text.trim(), "", `${slice}:${key}`);
      const counterpart = english.get(key) ?? english.get(key.replace(/_other$/, ""));
      if (counterpart !== undefined)
        assert.equal(placeholders(counterpart), placeholders(text), `${slice}:${key} names other figures in English`);
    }
    for (const [key, text] of english)
      if (key !== "language") assert.ok(!/\p{Script=Han}/u.test(text), `${slice}:${key} speaks Chinese in English`);
  }
});

/** Calls of `t` in a source: whole keys, and the beginnings of those that are put together. */
function calls(source: string): { slices: string[]; whole: string[]; begun: string[] } {
  const names = [...source.matchAll(/useTranslation(?:<[^>]*>)?\(\s*(\[[^\]]*\]|"[^"]*")/g)].flatMap(([, list = ""]) =>
    [...list.matchAll(/"([^"]+)"/g)].map(([, name = ""]) => name),
  );
  const generic = [...source.matchAll(/(?:useTranslation|TFunction)<"([^"]+)">/g)].map(([, name = ""]) => name);
  const whole = [...source.matchAll(/\bt\(\s*"([^"]+)"/g)].map(([, key = ""]) => key);
  const chosen = [...source.matchAll(/\bt\(\s*[^"`()]*\?\s*"([^"]+)"\s*:\s*"([^"]+)"/g)].flatMap(([, a = "", b = ""]) => [a, b]);
  const begun = [...source.matchAll(/\bt\(\s*`([^`$]*)\$\{/g)].map(([, start = ""]) => start);
  return { slices: [...names, ...generic], whole: [...whole, ...chosen], begun };
}

test("every key the code asks for has a text", () => {
  let asked = 0;
  for (const file of sources) {
    const { slices: used, whole, begun } = calls(read(file));
    if (used.length === 0) continue;
    const keys = used.flatMap((slice) =>
      textKeys(texts(folderOf.get(slice) ?? slice, "zh")).flatMap((key) => [key, `${slice}:${key}`]),
    );
    for (const key of whole) assert.ok(keys.includes(key), `${file}: no text for ${key}`);
    for (const start of begun)
      assert.ok(start === "" || keys.some((key) => key.startsWith(start)), `${file}: no text begins with ${start}`);
    asked += whole.length + begun.length;
  }
  assert.ok(asked > 300);
});

test("every text is asked for somewhere", () => {
  const unused: string[] = [];
  const all = sources.map(read).map((source) => ({ source, ...calls(source) }));
  for (const slice of slices) {
    const users = all.filter(({ slices: used }) => used.includes(nameOf(slice)));
    for (const key of textKeys(texts(slice, "zh"))) {
      const isUsed = users.some(
        ({ source, whole, begun }) =>
          whole.includes(key) ||
          whole.includes(`${nameOf(slice)}:${key}`) ||
          begun.some((start) => start !== "" && key.startsWith(start)) ||
          source.includes(`"${key}"`),
      );
      if (!isUsed) unused.push(`${slice}:${key}`);
    }
  }
  assert.deepEqual(unused, []);
});

test("no component says anything by itself", () => {
  for (const file of sources.filter((name) => name.endsWith(".tsx"))) {
    const code = read(file)
      .replace(/\/\*[\s\S]*?\*\//g, "")
      .replace(/(^|\s)\/\/.*$/gm, "");
    assert.ok(!/\p{Script=Han}/u.test(code), `${file} has Chinese text in it`);
    const attribute = /\b(?:aria-label|placeholder|title|label|alt|submit)="[^"]*[A-Za-z]{2,}[^"]*"/.exec(code);
    assert.equal(attribute, null, `${file}: ${attribute?.[0]}`);
    const words = />\s*[A-Z][a-z]+(?: [a-z]+)*[.!?]?\s*<\//.exec(code);
    assert.ok(words === null || /<kbd/.test(words.input.slice(words.index - 8, words.index + 1)), `${file}: ${words?.[0]}`);
  }
});
