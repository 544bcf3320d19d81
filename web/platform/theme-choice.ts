// Light, dark, or as the machine is set. The choice is a person's, kept in this browser: whoever signs in here finds theirs again, and
// before anybody is known the machine shows what it showed last (public/theme.js reads the same, so that nothing flashes).
import { useSyncExternalStore } from "react";
import { paletteSheet, type ThemeName } from "./tokens.ts";

export const themeChoices = ["light", "dark", "system"] as const;
export type ThemeChoice = (typeof themeChoices)[number];

type Memory = Pick<Storage, "getItem" | "setItem">;
const ofMachine = "bihuan.theme";
const ofPerson = (staffId: number): string => `${ofMachine}.${staffId}`;

const read = (memory: Memory, key: string): ThemeChoice | null =>
  themeChoices.find((choice) => choice === memory.getItem(key)) ?? null;

/** What a person chose here; of nobody, or of somebody who never chose, what the machine showed last. */
export const readChoice = (memory: Memory, staffId: number | null): ThemeChoice =>
  (staffId === null ? null : read(memory, ofPerson(staffId))) ?? read(memory, ofMachine) ?? "system";

export function keepChoice(memory: Memory, staffId: number | null, choice: ThemeChoice): void {
  memory.setItem(ofMachine, choice);
  if (staffId !== null) memory.setItem(ofPerson(staffId), choice);
}

/** What is drawn. Paper is light whatever the screen shows. */
export const themeShown = (choice: ThemeChoice, machineIsDark: boolean, printing: boolean): ThemeName =>
  printing ? "light" : choice === "system" ? (machineIsDark ? "dark" : "light") : choice;

type State = { readonly choice: ThemeChoice; readonly staffId: number | null; readonly printing: boolean };
let state: State = { choice: "system", staffId: null, printing: false };
const listeners = new Set<() => void>();
const machine = (): MediaQueryList => window.matchMedia("(prefers-color-scheme: dark)");
const shown = (): ThemeName => themeShown(state.choice, machine().matches, state.printing);

function draw(next: State): void {
  state = next;
  const { dataset, style } = document.documentElement;
  dataset["theme"] = shown();
  style.colorScheme = shown();
  for (const listener of listeners) listener();
}

/** Before anything is drawn: the palettes stand, the machine and the printer are heard. */
export function startTheme(): void {
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(paletteSheet());
  document.adoptedStyleSheets = [...document.adoptedStyleSheets, sheet];
  machine().addEventListener("change", () => draw(state));
  window.addEventListener("beforeprint", () => draw({ ...state, printing: true }));
  window.addEventListener("afterprint", () => draw({ ...state, printing: false }));
  draw({ ...state, choice: readChoice(localStorage, null) });
}

/** Somebody is known now: what they chose is shown, and is what the machine shows until somebody else is. */
export function takeThemeOf(staffId: number): void {
  if (state.staffId === staffId) return;
  const choice = readChoice(localStorage, staffId);
  keepChoice(localStorage, staffId, choice);
  draw({ ...state, staffId, choice });
}

export function chooseTheme(choice: ThemeChoice): void {
  keepChoice(localStorage, state.staffId, choice);
  draw({ ...state, choice });
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  return () => {
    listeners.delete(listener);
  };
}
/** The palette that is drawn. */
export const useTheme = (): ThemeName => useSyncExternalStore(subscribe, shown);
export const useThemeChoice = (): ThemeChoice => useSyncExternalStore(subscribe, () => state.choice);
