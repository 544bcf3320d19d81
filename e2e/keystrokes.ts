// Hands on a keyboard: every key pressed is counted, and the time a practised agent needs for them is computed by the keystroke-level
// model (Card, Moran and Newell, "The keystroke-level model for user performance time with interactive systems", CACM 23/7, 1980).
import type { Page } from "playwright-core";

/** Seconds, as published. K is an average typist's (40 words a minute), who is slower than somebody who does this all day. */
export const klm = { keySeconds: 0.28, mentalSeconds: 1.35 } as const;

// Runs in the page from its beginning: what the hands did there. A click that a key makes has no detail.
const listen = () => {
  const seen = { keys: 0, mouse: [] as string[] };
  Object.assign(window, { handsSeen: seen });
  const isMouse = (event: Event) => event.type !== "click" || (event as UIEvent).detail > 0;
  addEventListener("keydown", () => seen.keys++, { capture: true });
  for (const type of ["mousedown", "pointerdown", "touchstart", "wheel", "dblclick", "contextmenu", "click"])
    addEventListener(type, (event) => isMouse(event) && seen.mouse.push(type), { capture: true, passive: true });
};

export type Hands = {
  /** One key or a combination such as `Control+Enter`, which is two. */
  press(key: string): Promise<void>;
  /** Digits and Latin letters, a key each. */
  type(text: string): Promise<void>;
  /** Chinese through an input method. In: the pinyin as it is typed; choosing the words is one key more for each blank in it and at the end. */
  write(text: string, pinyin: string): Promise<void>;
  /** The hands rest while something is decided or read. */
  think(): void;
  /** Counts from here on. */
  begin(): Promise<void>;
  /** What was counted: keys, decisions, the model's time for them, and what the page saw of a mouse. */
  count(): Promise<{ keys: number; decisions: number; seconds: number; mouse: readonly string[]; agrees: boolean }>;
};

type Seen = { readonly keys: number; readonly mouse: readonly string[] };
const read = (page: Page): Promise<Seen> =>
  page.evaluate(() => (window as unknown as { handsSeen: { keys: number; mouse: string[] } }).handsSeen);

/** In: a page that has not been opened yet. */
export async function handsOn(page: Page): Promise<Hands> {
  await page.addInitScript(listen);
  let [keys, composed, decisions] = [0, 0, 0];
  let before = 0;
  const { keyboard } = page;
  return {
    async press(key) {
      keys += key.split("+").length;
      await keyboard.press(key);
    },
    async type(text) {
      keys += text.length;
      await keyboard.type(text);
    },
    async write(text, pinyin) {
      // The input method's own keys do not reach the page as such: they are counted here.
      composed += pinyin.length + 1;
      await keyboard.insertText(text);
    },
    think() {
      decisions++;
    },
    async begin() {
      [keys, composed, decisions] = [0, 0, 0];
      before = (await read(page)).keys;
    },
    async count() {
      const seen = await read(page);
      const all = keys + composed;
      return {
        keys: all,
        decisions,
        seconds: all * klm.keySeconds + decisions * klm.mentalSeconds,
        mouse: seen.mouse,
        agrees: seen.keys - before === keys,
      };
    },
  };
}
