// Which matters there are, how often each comes, and which one an order is about.
import type { Random } from "../random.ts";
import { demands } from "./demands.ts";
import { faults } from "./faults.ts";
import type { Matter, Outcome } from "./matter.ts";
import { applications, requests } from "./requests.ts";

/** Of a hundred demands, so many of each kind: calls for information most, then faults. */
const shares: readonly (readonly [readonly Matter[], number])[] = [
  [faults, 30],
  [requests.filter(({ flow }) => flow === "inquiry"), 36],
  [requests.filter(({ flow }) => flow === "service-request"), 14],
  [demands, 14],
  [applications, 6],
];

export const drawMatter = (random: Random): Matter =>
  random.weighted(random.weighted(shares).map((matter) => [matter, matter.weight] as const));

/** The matter of a storm: many households at once. */
export const stormMatters: readonly Matter[] = faults.filter(({ details }) => details?.["scope"] === "MANY");

const all = shares.flatMap(([matters]) => matters);

/** The matter an order is about, by its title; null for one that somebody else wrote. */
export const matterOf = (flow: string, title: string): Matter | null =>
  all.find((matter) => matter.flow === flow && matter.titles.some((one) => title.startsWith(one))) ?? null;

const plain: Outcome = {
  cause: "NO_FAULT",
  facts: "已到现场核实，情况与客户描述一致",
  why: "按规定核查",
  done: "已处理完毕并向客户说明",
};

/** What proves to be behind an order. In: its matter where it is known, else one of its flow. */
export function outcomeOf(matter: Matter | null, flow: string, random: Random): Outcome {
  const outcomes = matter?.outcomes ?? all.filter((one) => one.flow === flow).flatMap((one) => one.outcomes);
  return outcomes.length === 0 ? plain : random.pick(outcomes);
}
