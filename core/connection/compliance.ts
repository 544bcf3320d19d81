// The compliance rate of service connections (业扩服务时限达标率), as service-standards §2.5 defines it.
import { nodes, WHOLE } from "./process/stretches.ts";

export const connectionClasses = ["highVoltage", "lowVoltage", "generationAndCharging"] as const;
export type ConnectionClass = (typeof connectionClasses)[number];

const classes: Readonly<Record<string, ConnectionClass>> = {
  "connection-hv-single": "highVoltage",
  "connection-hv-dual": "highVoltage",
  "connection-resident": "lowVoltage",
  "connection-low-voltage": "lowVoltage",
  "connection-generation": "generationAndCharging",
  "connection-charging": "generationAndCharging",
};

/** The class in which a flow is counted; null for a flow that is no connection. */
export const classOf = (flow: string): ConnectionClass | null => classes[flow] ?? null;

/** A connection that was archived: the slots in which a maximum of any authority judged it, and those in which one was missed. */
export type ArchivedConnection = {
  readonly flow: string;
  readonly judged: readonly string[];
  readonly missed: readonly string[];
};

const judges: ReadonlySet<string> = new Set(nodes);

/**
 * Whether a connection was in time. High voltage complies only if every one of the five nodes does; a node that was not needed
 * harms nothing. Others comply by their whole process from acceptance to energising, or by their nodes where nothing limits the
 * whole. Null where no limit judged it at all: it is counted apart.
 */
export function complies({ flow, judged, missed }: ArchivedConnection): boolean | null {
  const byNodes = () => (judged.some((slot) => judges.has(slot)) ? !missed.some((slot) => judges.has(slot)) : null);
  if (classOf(flow) === "highVoltage") return byNodes();
  return judged.includes(WHOLE) ? !missed.includes(WHOLE) : byNodes();
}

/** How much each class weighs. Only their proportion counts. */
export type ComplianceWeights = Readonly<Record<ConnectionClass, number>>;

export type ClassCompliance = {
  readonly archived: number;
  readonly complying: number;
  /** Archived without any limit that could judge them; left out of the rate. */
  readonly unjudged: number;
  /** complying / (archived − unjudged), six decimals; null where nothing was judged. */
  readonly rate: number | null;
};
export type Compliance = Readonly<Record<ConnectionClass, ClassCompliance>> & {
  readonly archived: number;
  /** w1·HV rate + w2·LV rate + w3·(generation and charging) rate, over the classes in which anything was judged. */
  readonly rate: number | null;
};

const sixDecimals = (value: number): number => Math.round(value * 1e6) / 1e6;

function ofClass(orders: readonly ArchivedConnection[]): ClassCompliance {
  const verdicts = orders.map(complies);
  const unjudged = verdicts.filter((verdict) => verdict === null).length;
  const complying = verdicts.filter((verdict) => verdict === true).length;
  const judged = orders.length - unjudged;
  return { archived: orders.length, complying, unjudged, rate: judged === 0 ? null : sixDecimals(complying / judged) };
}

/** The rate over connections archived in a period. A class without any judged order has no rate and does not weigh. */
export function complianceOf(orders: readonly ArchivedConnection[], weights: ComplianceWeights): Compliance {
  const byClass = Object.fromEntries(
    connectionClasses.map((one) => [one, ofClass(orders.filter(({ flow }) => classOf(flow) === one))]),
  ) as Record<ConnectionClass, ClassCompliance>;
  const rated = connectionClasses.flatMap((one) => {
    const { archived, unjudged, complying } = byClass[one];
    const judged = archived - unjudged;
    return judged === 0 ? [] : [{ weight: weights[one], rate: complying / judged }];
  });
  const weight = rated.reduce((sum, one) => sum + one.weight, 0);
  return {
    ...byClass,
    archived: orders.filter(({ flow }) => classOf(flow) !== null).length,
    rate: weight === 0 ? null : sixDecimals(rated.reduce((sum, one) => sum + one.weight * one.rate, 0) / weight),
  };
}
