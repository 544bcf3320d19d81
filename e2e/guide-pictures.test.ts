import assert from "node:assert/strict";
import { existsSync } from "node:fs";
import { readFile } from "node:fs/promises";
import path from "node:path";
import { test } from "node:test";
import { guidePictures, picturesFolder } from "./guide-pictures.ts";

const guides = { zh: "guide.zh-CN.md", en: "guide.en.md" } as const;

for (const [language, file] of Object.entries(guides))
  test(`${file} shows every picture that is taken for it, each with words for who cannot see it`, async () => {
    const text = await readFile(path.join(picturesFolder, "..", file), "utf8");
    const shown = [...text.matchAll(/!\[([^\]]*)\]\(pictures\/(\w+)\/([\w-]+)\.webp\)/g)];
    assert.deepEqual(
      shown.map(([, , of, name]) => `${of}/${name}`).toSorted(),
      guidePictures.map(({ name }) => `${language}/${name}`).toSorted(),
    );
    for (const [, words, of, name] of shown) {
      assert.ok((words as string).length >= 4, `${name} has no words`);
      assert.ok(existsSync(path.join(picturesFolder, of as string, `${name}.webp`)), `${name} is not there: npm run pictures`);
    }
  });
