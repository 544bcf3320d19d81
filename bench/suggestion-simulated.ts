// The suggestion of categories on the demands the simulator's callers tell: on the first day, and after orders were learnt.
import { categoriesOf, type Category } from "@bihuan/core/desk/suggestion/categories.ts";
import { builtInExamples } from "@bihuan/core/desk/suggestion/examples.ts";
import { type Example, makeModel, nothingLearnt } from "@bihuan/core/desk/suggestion/model.ts";
import { wordsOf } from "@bihuan/core/desk/suggestion/words.ts";
import { flows } from "@bihuan/core/flows.ts";
import { demands } from "@bihuan/simulator/matters/demands.ts";
import { faults } from "@bihuan/simulator/matters/faults.ts";
import { descriptionOf, type Matter } from "@bihuan/simulator/matters/matter.ts";
import { applications, requests } from "@bihuan/simulator/matters/requests.ts";
import { randomOf } from "@bihuan/simulator/random.ts";
import { commonest, judgeTexts, learntFrom, percentRow, type Said } from "./held-back.ts";
import type { Bench, Row } from "./row.ts";

const matters: readonly Matter[] = [...faults, ...requests, ...demands, ...applications];
const categoryOf = ({ flow, subtype }: Matter): Category => ({ flow, subtype: subtype ?? null });
const SIMULATED = 2000;

/** Demands as the simulator's callers tell them, each title with one of its stories. `titles`: those of a matter to draw from. */
function simulated(name: string, titles: (matter: Matter) => readonly string[], withStory: boolean): Said[] {
  const random = randomOf("bench", name);
  const told = matters.filter((matter) => titles(matter).length > 0);
  return Array.from({ length: SIMULATED }, () => {
    const matter = random.weighted(told.map((one) => [one, one.weight] as const));
    const title = random.pick(titles(matter));
    return { text: withStory ? `${title}\n${descriptionOf(matter, random)}` : title, category: categoryOf(matter) };
  });
}

// Invented texts, written by somebody else than the built-in phrases. A title that was learnt comes back word by word, so those
// that are judged were never learnt: the last title of each matter that has several.
function onSimulatedTexts(examples: readonly Example[]): Row[] {
  const last = ({ titles }: Matter) => (titles.length > 1 ? titles.slice(-1) : []);
  const others = ({ titles }: Matter) => (titles.length > 1 ? titles.slice(0, -1) : titles);
  const held = simulated("held", last, false);
  const learnt = simulated("learnt", others, true);
  const categories = categoriesOf(flows);
  const firstDay = judgeTexts(makeModel(categories, examples, nothingLearnt), held, wordsOf);
  const later = judgeTexts(makeModel(categories, examples, learntFrom(learnt, wordsOf)), held, wordsOf);
  const alone = judgeTexts(makeModel(categories, [], learntFrom(learnt, wordsOf)), held, wordsOf);
  const most = commonest(learnt, held);
  const name = "titles the simulator tells and nobody has learnt";
  return [
    percentRow(`${name}, first day; right at first, beside the commonest`, firstDay.first, most, 50),
    percentRow(`${name}, first day; among the first three`, firstDay.three, null, 65),
    percentRow(
      `${name}, first day; right where it suggests (${firstDay.told.toFixed(0)} %), beside the confidence it claims`,
      firstDay.right,
      firstDay.claimed,
      firstDay.claimed - 10,
    ),
    percentRow(
      `${name}, ${SIMULATED} other orders learnt; right at first, beside learning without phrases`,
      later.first,
      alone.first,
      75,
    ),
    percentRow(`${name}, ${SIMULATED} other orders learnt; among the first three`, later.three, alone.three, 90),
  ];
}

export default {
  name: "suggestion-simulated",
  summary: {
    zh: "类别建议的准确率（模拟诉求，未学过的说法）",
    en: "Categories suggested for simulated demands in words nobody has learnt",
  },
  run: async () => onSimulatedTexts(builtInExamples(flows)),
} satisfies Bench;
