// How well a category is suggested for texts that were held back: what citizens wrote to public services, where those data sets are at
// hand, beside the commonest category and beside reading pairs of characters. And how long a suggestion takes.
import path from "node:path";
import { categoriesOf, type Category } from "@bihuan/core/desk/suggestion/categories.ts";
import { builtInExamples, phrases } from "@bihuan/core/desk/suggestion/examples.ts";
import { makeModel, suggest } from "@bihuan/core/desk/suggestion/model.ts";
import { wordsOf } from "@bihuan/core/desk/suggestion/words.ts";
import { flows } from "@bihuan/core/flows.ts";
import { readCsv } from "@bihuan/server/platform/files/csv.ts";
import { datasetFolder } from "@bihuan/server/platform/testing/datasets.ts";
import { heldBack, type Said, splitAt } from "./held-back.ts";
import type { Bench, Row } from "./row.ts";
import { percentile } from "./utility.ts";

async function* rowsOf(file: string): AsyncGenerator<Record<string, string>> {
  let heading: readonly string[] | null = null;
  for await (const batch of readCsv(file, { quotes: "lenient" }))
    for (const record of batch) {
      if (!("cells" in record)) continue;
      const { cells } = record;
      if (heading === null) heading = cells;
      else yield Object.fromEntries(heading.map((name, at) => [name, cells[at] ?? ""]));
    }
}

// What citizens themselves called their message, in its subject; the message is read without these words.
const natures = { 投诉: "complaint", 举报: "whistleblow", 建议: "suggestion", 咨询: "inquiry" } as const;

async function messageBoard(folder: string): Promise<Said[]> {
  const said: (Said & { readonly at: string })[] = [];
  for await (const { subject = "", message = "", received = "" } of rowsOf(path.join(folder, "china/message-board-a.csv.gz"))) {
    const [named, ...others] = Object.entries(natures).filter(([word]) => subject.includes(word));
    if (named === undefined || others.length > 0) continue;
    const text = message.replace(new RegExp(Object.keys(natures).join("|"), "g"), "，");
    said.push({ text, category: { flow: named[1], subtype: null }, at: received });
  }
  return said.toSorted((a, b) => (a.at < b.at ? -1 : 1));
}

async function cityRequests(folder: string): Promise<Said[]> {
  const said: (Said & { readonly at: string })[] = [];
  for await (const row of rowsOf(path.join(folder, "service-requests/nyc311-2014-2019.csv.gz"))) {
    const [month = "", day = "", year = "", rest = ""] = (row["Created Date"] ?? "").split(/[/ ]/);
    const text = `${row["Descriptor"]}\n${row["Location Type"]}`;
    said.push({ text, category: { flow: row["Complaint Type"] ?? "", subtype: null }, at: `${year}-${month}-${day} ${rest}` });
  }
  return said.toSorted((a, b) => (a.at < b.at ? -1 : 1));
}

async function onRealTexts(): Promise<Row[]> {
  const folder = datasetFolder();
  if (folder === null) {
    process.stderr.write(
      "the data sets are absent (BIHUAN_DATASETS names their folder): the requests to public services are left out\n",
    );
    return [];
  }
  const [messages, requested] = [await messageBoard(folder), await cityRequests(folder)];
  return [
    ...heldBack("nature of citizens' messages (Chinese)", ...splitAt(messages, 0.7), { first: 60, three: 90 }),
    ...heldBack("type of city requests (English)", ...splitAt(requested, 0.7), { first: 60, three: 75 }),
  ];
}

const VOCABULARY = 20_000;
const REPEATED = 20;
const TARGET_MS = 5;

/** Milliseconds of one suggestion in a vocabulary of 20,000 words, p95; beside cutting the text into words alone. */
function timed(): Row {
  const categories = categoriesOf(flows);
  const said = Object.values(phrases).flatMap(({ zh }) => zh.map((text, at) => `${text}\n${zh.slice(0, at).join("，")}`));
  const words = Array.from({ length: VOCABULARY }, (_, n) => ({
    word: String.fromCodePoint(0x4e00 + Math.floor(n / 100), 0x4e00 + (n % 100)),
    category: categories[n % categories.length] as Category,
    orders: 5 + (n % 40),
  }));
  const model = makeModel(categories, builtInExamples(flows), { categories: [], words });
  const measure = (work: (text: string) => void) => {
    for (const text of said) work(text); // warm, as on any working day
    const latencies = Array.from({ length: REPEATED }, () => said).flatMap((texts) =>
      texts.map((text) => {
        const startedAt = performance.now();
        work(text);
        return performance.now() - startedAt;
      }),
    );
    return percentile(latencies, 0.95);
  };
  const floor = measure((text) => void wordsOf(text));
  const value = measure((text) => void suggest(model, wordsOf(text)));
  const name = `one suggestion, p95, ${model.size.toLocaleString("en")} words; beside cutting the text into words`;
  return { name, value, unit: "ms", floor, ratio: value / floor, target: TARGET_MS, met: value <= TARGET_MS };
}

export default {
  name: "suggestion",
  summary: {
    zh: "类别建议的准确率（留出的真实诉求）与耗时",
    en: "Categories suggested for real texts that were held back, and how fast",
  },
  run: async () => [...(await onRealTexts()), timed()],
} satisfies Bench;
