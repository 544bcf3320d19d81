import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { test } from "node:test";
import { customProperties, light, type Palette, palettes, paletteSheet, typeScale } from "./tokens.ts";

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

type Name = keyof Palette;
const grounds: readonly Name[] = ["paper", "canvas", "raised", "hover", "accentWash"];
const inks: readonly Name[] = [
  ...(["ink", "ink2", "ink3", "accent", "accentHover"] as const),
  ...(["slate", "blue", "amber", "red", "violet", "green"] as const),
];
/** Pairs that stand only with each other. */
const pairs: readonly (readonly [Name, Name])[] = [
  ["onAccent", "accent"],
  ["onAccent", "accentHover"],
  ["onAccent", "red"],
  ["onDarkRed", "darkRed"],
  ["red", "redWash"],
  ["ink", "redWash"],
];

for (const [name, palette] of Object.entries(palettes)) {
  const reaches = (least: number, a: Name, b: Name): void => {
    const ratio = contrast(palette[a], palette[b]);
    assert.ok(ratio >= least, `${a} on ${b} is ${ratio.toFixed(2)}`);
  };
  test(`every text colour of the ${name} palette reaches 4.5:1 on every ground (AA)`, () => {
    for (const ground of grounds) for (const ink of inks) reaches(4.5, ink, ground);
    for (const [text, ground] of pairs) reaches(4.5, text, ground);
  });
  test(`the focus and the edges of controls of the ${name} palette reach 3:1 (AA)`, () => {
    for (const ground of ["paper", "canvas", "raised"] as const) {
      reaches(3, "focus", ground);
      reaches(3, "lineControl", ground);
    }
  });
}

test("custom properties are named in kebab case", () => {
  const names = customProperties(light).map(([name]) => name);
  assert.ok(names.includes("--ink-2") && names.includes("--accent-hover") && names.includes("--on-dark-red"));
});

test("both palettes stand in the stylesheet, the dark one for screens only", () => {
  const [everywhere = "", onScreens = ""] = paletteSheet().split("@media screen");
  assert.match(everywhere, /^:root,\[data-theme=light\]\{color-scheme:light;.*--paper:#ffffff/);
  assert.match(onScreens, /^\{\[data-theme=dark\]\{color-scheme:dark;.*--paper:#12181f/);
});

const web = path.join(import.meta.dirname, "..");
const sheets = readdirSync(web, { recursive: true, encoding: "utf8" })
  .filter((file) => file.endsWith(".css") && !/(^|[\\/])(node_modules|dist)[\\/]/.test(file))
  .map((file): [string, string] => [file, readFileSync(path.join(web, file), "utf8")]);

test("no stylesheet names a colour of its own: what is dark at night follows the tokens; print alone is black on white", () => {
  for (const [file, text] of sheets) {
    const onScreens = text.replace(/@media print \{[\s\S]*?\n\}/g, "");
    assert.deepEqual(onScreens.match(/#[0-9a-f]{3,8}\b|\b(?:rgb|hsl)a?\(/gi) ?? [], [], file);
  }
});

test("letters have sizes of the one scale", () => {
  const known = new Set<number>(Object.values(typeScale).map(({ size }) => size));
  for (const [file, text] of sheets)
    for (const [, size] of text.matchAll(/font(?:-size)?: (?:\d+ )?(\d+)px/g))
      assert.ok(known.has(Number(size)), `${file}: ${size} px`);
});
