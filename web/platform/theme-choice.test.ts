import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import path from "node:path";
import { test } from "node:test";
import vm from "node:vm";
import { keepChoice, readChoice, type ThemeChoice, themeShown } from "./theme-choice.ts";

function memory(entries: Record<string, string> = {}) {
  const kept = new Map(Object.entries(entries));
  return {
    getItem: (key: string): string | null => kept.get(key) ?? null,
    setItem: (key: string, value: string) => void kept.set(key, value),
  };
}

test("each person finds their own choice again on a machine that several use", () => {
  const kept = memory();
  keepChoice(kept, 7, "dark");
  keepChoice(kept, 9, "light");
  assert.equal(readChoice(kept, 7), "dark");
  assert.equal(readChoice(kept, 9), "light");
});

test("who never chose, and nobody, see what the machine showed last; a machine that never showed anything follows its setting", () => {
  const kept = memory();
  assert.equal(readChoice(kept, null), "system");
  keepChoice(kept, 7, "dark");
  assert.equal(readChoice(kept, 8), "dark");
  assert.equal(readChoice(kept, null), "dark");
  assert.equal(readChoice(memory({ "bihuan.theme": "sepia" }), null), "system");
});

test("the machine decides only where it was asked to, and paper is always light", () => {
  const cases: [ThemeChoice, boolean, boolean, "light" | "dark"][] = [
    ["light", true, false, "light"],
    ["dark", false, false, "dark"],
    ["system", true, false, "dark"],
    ["system", false, false, "light"],
    ["dark", true, true, "light"],
    ["system", true, true, "light"],
  ];
  for (const [choice, machineIsDark, printing, expected] of cases)
    assert.equal(themeShown(choice, machineIsDark, printing), expected);
});

test("what runs before the app decides as the app does: nothing flashes", () => {
  const script = readFileSync(path.join(import.meta.dirname, "../public/theme.js"), "utf8");
  for (const stored of ["light", "dark", "system", null])
    for (const matches of [true, false]) {
      const documentElement = { dataset: {} as Record<string, string>, style: {} as Record<string, string> };
      const kept = memory(stored === null ? {} : { "bihuan.theme": stored });
      vm.runInNewContext(script, { localStorage: kept, matchMedia: () => ({ matches }), document: { documentElement } });
      const expected = themeShown(readChoice(kept, null), matches, false);
      assert.equal(documentElement.dataset["theme"], expected);
      assert.equal(documentElement.style["colorScheme"], expected);
    }
});
