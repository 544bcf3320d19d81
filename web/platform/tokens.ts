// The look as figures: greys, one accent, and colour for clocks and alarms only. The same values reach the stylesheets as custom
// properties (`--ink`) and Ant Design as its theme, so that a colour is written once.

/** Text on paper is at least 4.5:1 (`ink3` on `canvas` too); `line` is the one border colour. */
export type Palette = {
  readonly paper: string;
  readonly canvas: string;
  readonly hover: string;
  readonly line: string;
  readonly lineStrong: string;
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
};

export const light: Palette = {
  paper: "#ffffff",
  canvas: "#f5f7f9",
  hover: "#f0f3f6",
  line: "#dde2e8",
  lineStrong: "#b8c1cc",
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
};

/** For rooms that are dark at night: the dispatch map and the wall use it; ordinary pages stay light. */
export const dark: Palette = {
  paper: "#12181f",
  canvas: "#0c1116",
  hover: "#1a222b",
  line: "#2a343f",
  lineStrong: "#46525f",
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
};

export const shape = { radius: 6, unit: 8, row: 36, control: 32, text: 14, line: 22 } as const;

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
