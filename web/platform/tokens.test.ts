import assert from "node:assert/strict";
import { test } from "node:test";
import { customProperties, dark, light, type Palette } from "./tokens.ts";

/** WCAG 2 relative luminance of `#rrggbb`. */
function luminance(colour: string): number {
  const [red = 0, green = 0, blue = 0] = [1, 3, 5]
    .map((at) => Number.parseInt(colour.slice(at, at + 2), 16) / 255)
    .map((part) => (part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4));
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}
function contrast(a: string, b: string): number {
  const [high, low] = [luminance(a), luminance(b)].sort((x, y) => y - x) as [number, number];
  return (high + 0.05) / (low + 0.05);
}

const textOn: [keyof Palette, keyof Palette][] = [
  ["ink", "paper"],
  ["ink2", "paper"],
  ["ink3", "paper"],
  ["ink3", "canvas"],
  ["ink3", "hover"],
  ["accent", "paper"],
  ["accent", "accentWash"],
  ["onAccent", "accent"],
  ["slate", "paper"],
  ["blue", "paper"],
  ["amber", "paper"],
  ["red", "paper"],
  ["red", "redWash"],
  ["onDarkRed", "darkRed"],
  ["violet", "paper"],
  ["green", "paper"],
];

for (const [name, palette] of Object.entries({ light, dark })) {
  test(`every text colour of the ${name} palette reaches 4.5:1 on its ground`, () => {
    for (const [text, ground] of textOn) {
      const ratio = contrast(palette[text], palette[ground]);
      assert.ok(ratio >= 4.5, `${text} on ${ground} is ${ratio.toFixed(2)}`);
    }
  });
}

test("custom properties are named in kebab case", () => {
  const names = customProperties(light).map(([name]) => name);
  assert.ok(names.includes("--ink-2") && names.includes("--accent-hover") && names.includes("--on-dark-red"));
});
