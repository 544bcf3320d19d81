// The look as figures: greys, one accent, and colour for clocks and alarms only. The same values reach the stylesheets as custom
// properties (`--ink`) and Ant Design as its theme, so that a colour is written once.

/** Every text colour reaches 4.5:1 on every ground, edges of controls and the focus 3:1 (tokens.test.ts). */
export type Palette = {
  /** Grounds: what one reads on, what lies behind it, what floats above it, what the pointer is over. */
  readonly paper: string;
  readonly canvas: string;
  readonly raised: string;
  readonly hover: string;
  /** `line` parts things, `lineStrong` marks edges, `lineControl` is what a field or button is told by. */
  readonly line: string;
  readonly lineStrong: string;
  readonly lineControl: string;
  readonly ink: string;
  readonly ink2: string;
  readonly ink3: string;
  readonly accent: string;
  readonly accentHover: string;
  readonly accentWash: string;
  readonly onAccent: string;
  readonly focus: string;
  /** Clock colours, in the order of urgency; a wash is the tint of the same hue behind text. */
  readonly slate: string;
  readonly track: string;
  readonly blue: string;
  readonly amber: string;
  readonly red: string;
  readonly redWash: string;
  readonly darkRed: string;
  readonly onDarkRed: string;
  readonly violet: string;
  readonly green: string;
  /** Under what floats, and over what lies behind a dialog: colours with a share of transparency. */
  readonly shadow: string;
  readonly scrim: string;
};

export type ThemeName = "light" | "dark";

export const light: Palette = {
  paper: "#ffffff",
  canvas: "#f5f7f9",
  raised: "#ffffff",
  hover: "#f0f3f6",
  line: "#dde2e8",
  lineStrong: "#b8c1cc",
  lineControl: "#848f9c",
  ink: "#17202b",
  ink2: "#4a5665",
  ink3: "#606c7b",
  accent: "#0b5f63",
  accentHover: "#0d7378",
  accentWash: "#e6f1f1",
  onAccent: "#ffffff",
  focus: "#1a8f95",
  slate: "#5b6b7d",
  track: "#d3dae2",
  blue: "#1d5fc4",
  amber: "#9a5b00",
  red: "#c8201e",
  redWash: "#fdf0ef",
  darkRed: "#8f1414",
  onDarkRed: "#ffffff",
  violet: "#6a45b8",
  green: "#4b7563",
  shadow: "#10182024",
  scrim: "#10182052",
};

/** For rooms that are dark at night: chosen by each person, always on the dispatch map and the wall, never on paper. */
export const dark: Palette = {
  paper: "#12181f",
  canvas: "#0c1116",
  raised: "#18202a",
  hover: "#1c2530",
  line: "#2a343f",
  lineStrong: "#46525f",
  lineControl: "#667483",
  ink: "#e8edf2",
  ink2: "#b3bec9",
  ink3: "#909dab",
  accent: "#3aa6ab",
  accentHover: "#54bbc0",
  accentWash: "#12302f",
  onAccent: "#061314",
  focus: "#5cc6cb",
  slate: "#94a3b3",
  track: "#35414d",
  blue: "#6aa5ff",
  amber: "#e6a63c",
  red: "#ff6b66",
  redWash: "#331a1a",
  darkRed: "#c93a36",
  onDarkRed: "#ffffff",
  violet: "#b39aec",
  green: "#86b5a0",
  shadow: "#00000080",
  scrim: "#000000a6",
};

export const palettes: Readonly<Record<ThemeName, Palette>> = { light, dark };

/** `touch`: the least height of what a finger has to hit. */
export const shape = { radius: 6, unit: 8, row: 36, control: 32, touch: 44, text: 14, line: 22 } as const;

/** Sizes of letters and the height of their lines, px: one scale for Chinese and Latin. Running Chinese text has lines of 1.6. */
export const typeScale = {
  figure: { size: 22, line: 32 },
  page: { size: 18, line: 26 },
  heading: { size: 16, line: 24 },
  chip: { size: 15, line: 24 },
  text: { size: 14, line: 22 },
  small: { size: 13, line: 20 },
  note: { size: 12, line: 18 },
  rail: { size: 11, line: 14 },
} as const;

/** Distances, px: halves and wholes of the grid of 8. */
export const spacing = [2, 4, 6, 8, 12, 16, 24, 32, 48] as const;

export const fonts = {
  text: `Inter, -apple-system, "Segoe UI", "PingFang SC", "Microsoft YaHei", "Noto Sans", "Noto Sans CJK SC", "Noto Sans SC", system-ui, sans-serif`,
  code: `"JetBrains Mono", ui-monospace, "SFMono-Regular", Menlo, Consolas, "DejaVu Sans Mono", "Noto Sans Mono CJK SC", monospace`,
} as const;

/** The palette as custom properties: `ink2` becomes `--ink-2`, `accentHover` `--accent-hover`. */
export function customProperties(palette: Palette): [string, string][] {
  return [
    ...Object.entries(palette).map(([name, value]): [string, string] => [
      `--${name.replace(/([A-Z]|\d+)/g, (part) => `-${part.toLowerCase()}`)}`,
      value,
    ]),
    ["--font", fonts.text],
    ["--font-code", fonts.code],
  ];
}

const block = (palette: Palette, scheme: ThemeName): string =>
  `color-scheme:${scheme};${customProperties(palette)
    .map(([name, value]) => `${name}:${value}`)
    .join(";")}`;

/**
 * Both palettes as one stylesheet. What carries `data-theme` is drawn in it, a part of a page as well as the whole; what is printed
 * is light, whatever the screen shows.
 */
export const paletteSheet = (): string =>
  `:root,[data-theme=light]{${block(light, "light")}}@media screen{[data-theme=dark]{${block(dark, "dark")}}}`;
