// The progress of an import on standard error: a bar where a person looks on, a line each tenth of the way otherwise.
import type { Progress } from "../../history/import.ts";

const WIDTH = 30;
const words = {
  cases: {
    zh: { checking: "校验", loading: "导入", counted: "件" },
    en: { checking: "checking", loading: "loading", counted: "cases" },
  },
  // Rows that were read: which of them can be loaded is known at the end.
  rows: {
    zh: { checking: "校验", loading: "读取", counted: "行" },
    en: { checking: "checking", loading: "reading", counted: "rows" },
  },
} as const;

export type ProgressBar = { show(progress: Progress): void; end(): void };

/** Draws progress. In: where to write, whether that is a terminal, the language, and what is counted: cases loaded, or rows read. */
export function progressBar(
  stream: NodeJS.WritableStream,
  terminal: boolean,
  language: "zh" | "en",
  counting: "cases" | "rows" = "cases",
): ProgressBar {
  let last = "";
  let drawn = false;
  return {
    show({ phase, share: given, cases }) {
      const share = Math.min(1, given);
      const word = words[counting][language];
      const count = phase === "loading" ? `  ${cases.toLocaleString("en")} ${word.counted}` : "";
      if (terminal) {
        const text = `${word[phase]} [${"█".repeat(Math.round(share * WIDTH)).padEnd(WIDTH, "░")}] ${String(Math.floor(share * 100)).padStart(3)} %${count}`;
        if (text !== last) stream.write(`\r${text}\u001B[K`);
        last = text;
        drawn = true;
      } else {
        const tenth = `${phase} ${Math.floor(share * 10)}`;
        if (tenth !== last) stream.write(`${word[phase]} ${Math.floor(share * 10) * 10} %${count}\n`);
        last = tenth;
      }
    },
    end() {
      if (drawn) stream.write("\n");
    },
  };
}
