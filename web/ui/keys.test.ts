import assert from "node:assert/strict";
import { test } from "node:test";
import { keyCaps, keyName, keyRows } from "./keys.ts";

const press = (key: string, held: Partial<Record<"ctrlKey" | "metaKey" | "altKey", boolean>> = {}) => ({
  key,
  code: "",
  ctrlKey: false,
  metaKey: false,
  altKey: false,
  ...held,
});

test("a key has one name, with Ctrl or ⌘ alike, and whether Caps Lock is on or not", () => {
  assert.equal(keyName(press("k", { ctrlKey: true })), "mod+k");
  assert.equal(keyName(press("K", { metaKey: true })), "mod+k");
  assert.equal(keyName(press("J")), "j");
  assert.equal(keyName(press("Enter", { ctrlKey: true })), "mod+enter");
  assert.equal(keyName(press("Escape")), "Escape");
  assert.equal(keyName(press("N", { altKey: true })), "alt+n");
  assert.equal(keyName({ ...press("¡", { altKey: true }), code: "Digit1" }), "alt+1");
});

test("a key is shown as it is printed on the keyboard", () => {
  const cases: [string, string[]][] = [
    ["mod+k", ["Ctrl", "K"]],
    ["mod+enter", ["Ctrl", "↵"]],
    ["Enter", ["↵"]],
    ["Escape", ["Esc"]],
    ["alt+n", ["Alt", "N"]],
    ["ArrowDown", ["↓"]],
    ["j", ["j"]],
    ["?", ["?"]],
    ["+", ["+"]],
  ];
  for (const [name, caps] of cases) assert.deepEqual(keyCaps(name), caps);
});

test("keys that do the same stand in one row, each once", () => {
  assert.deepEqual(
    keyRows([
      { name: "1", does: "接单" },
      { name: "j", does: "上下移动" },
      { name: "k", does: "上下移动" },
      { name: "j", does: "上下移动" },
    ]),
    [
      { does: "接单", names: ["1"] },
      { does: "上下移动", names: ["j", "k"] },
    ],
  );
});
