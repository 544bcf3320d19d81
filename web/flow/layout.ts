// Where the parts of a flow stand in its drawing: steps in layers from left to right, actions as arrows, clocks as bars beneath.
// Small on purpose: flows have about ten steps, and the order in which they are defined is the order in which they are passed.
import type { FlowView } from "@bihuan/contract/flow.ts";

export const CLOSED = "closed";
export const measures = { node: { width: 90, height: 58 }, gap: { x: 48, y: 36 }, track: 26, bar: 22, margin: 8 } as const;

export type PlacedStep = {
  readonly key: string;
  readonly layer: number;
  readonly row: number;
  readonly x: number;
  readonly y: number;
};
/** Actions that lead from several steps to one: they share a line. */
export type Bus = {
  readonly actions: readonly string[];
  readonly from: readonly string[];
  readonly to: string;
  /** `straight`: to the right-hand neighbour; `over`: ahead past others; `under`: back. */
  readonly way: "straight" | "over" | "under";
  /** Lines that would cross lie on tracks of their own, counted from the steps outwards. */
  readonly track: number;
  /** SVG path data, one per source, the arrow head at its end. */
  readonly paths: readonly string[];
  readonly label: { readonly x: number; readonly y: number };
};
export type Bar = {
  readonly slot: string;
  readonly x: number;
  readonly y: number;
  /** To the step in which the usual stop is taken. */
  readonly width: number;
  /** To the last step in which anything can stop it; never less than `width`. */
  readonly reach: number;
};
export type Layout = {
  readonly width: number;
  readonly height: number;
  readonly steps: readonly PlacedStep[];
  readonly buses: readonly Bus[];
  readonly bars: readonly Bar[];
  /** Actions that may be taken in any open step and lead nowhere by themselves. */
  readonly anywhere: readonly string[];
};

type Move = { readonly action: string; readonly from: string; readonly to: string };

function movesOf(flow: FlowView): Move[] {
  return flow.actions.flatMap(({ key, from, outcomes }) =>
    outcomes.flatMap(({ to }) =>
      to === null || from.length === 0 ? [] : from.filter((step) => step !== to).map((step) => ({ action: key, from: step, to })),
    ),
  );
}

/** Layer by layer: a step stands behind the farthest one that leads to it; steps nothing leads to stand at the left. */
function layersOf(keys: readonly string[], moves: readonly Move[]): Map<string, number> {
  const place = new Map(keys.map((key, at) => [key, at]));
  const layers = new Map<string, number>();
  for (const key of keys) {
    const before = moves
      .filter(({ from, to }) => to === key && (place.get(from) ?? 0) < (place.get(key) ?? 0))
      .map(({ from }) => layers.get(from) ?? 0);
    layers.set(key, before.length > 0 ? Math.max(...before) + 1 : 0);
  }
  return layers;
}

/** How far the way goes on from a step: the main way of a layer is the one that goes farthest. */
function reachOf(keys: readonly string[], moves: readonly Move[], layers: ReadonlyMap<string, number>): Map<string, number> {
  const reach = new Map<string, number>();
  for (const key of keys.toReversed()) {
    const ahead = moves
      .filter(({ from, to }) => from === key && (layers.get(to) ?? 0) > (layers.get(key) ?? 0))
      .map(({ to }) => reach.get(to) ?? 0);
    reach.set(key, ahead.length > 0 ? Math.max(...ahead) + 1 : 0);
  }
  return reach;
}

const step = measures.node.width + measures.gap.x;
const rowHeight = measures.node.height + measures.gap.y;
/** Steps beside the way stand a little to the right, so that lines from the step above pass them on their left. */
const asideBy = 50;

/**
 * A place for every step: the one of a layer from which the way goes farthest stands on the line, the others below it, each under
 * a layer of its own.
 */
function placesOf(
  keys: readonly string[],
  layers: ReadonlyMap<string, number>,
  reach: ReadonlyMap<string, number>,
): Map<string, { layer: number; row: number }> {
  const places = new Map<string, { layer: number; row: number }>();
  const taken = new Set<number>();
  for (let layer = 0; layer <= Math.max(0, ...layers.values()); layer++) {
    const [main, ...others] = keys
      .filter((one) => layers.get(one) === layer)
      .sort((a, b) => (reach.get(b) ?? 0) - (reach.get(a) ?? 0));
    if (main !== undefined) places.set(main, { layer, row: 0 });
    for (const key of others) {
      let under = layer;
      while (taken.has(under)) under++;
      taken.add(under);
      places.set(key, { layer: under, row: 1 });
    }
  }
  return places;
}

/** Lays a flow out. Out: everything in px, the top left corner at 0, 0. */
export function layoutFlow(flow: FlowView): Layout {
  const moves = movesOf(flow);
  const keys = [...flow.steps.map(({ key }) => key), ...(moves.some(({ to }) => to === CLOSED) ? [CLOSED] : [])];
  const layers = layersOf(keys, moves);
  if (layers.has(CLOSED))
    layers.set(CLOSED, Math.max(0, ...keys.filter((key) => key !== CLOSED).map((key) => (layers.get(key) ?? 0) + 1)));
  const places = placesOf(keys, layers, reachOf(keys, moves, layers));
  const left = (key: string): number => {
    const { layer, row } = places.get(key) ?? { layer: 0, row: 0 };
    return measures.margin + layer * step + (row > 0 ? asideBy : 0);
  };

  const drafts = draftBuses(moves, left, (key) => places.get(key)?.row ?? 0);
  const tracks = (way: Bus["way"]): number =>
    1 + Math.max(-1, ...drafts.filter((draft) => draft.way === way).map(({ track }) => track));
  const top = measures.margin + tracks("over") * measures.track + 12;
  const steps = keys.map((key): PlacedStep => {
    const { layer = 0, row = 0 } = places.get(key) ?? {};
    return { key, layer, row, x: left(key), y: top + row * rowHeight };
  });
  const placed = new Map(steps.map((one) => [one.key, one]));
  const bottom = Math.max(...steps.map(({ y }) => y)) + measures.node.height;
  const barTop = bottom + 12 + tracks("under") * measures.track + 16;
  const bars = barsOf(flow, left).map(
    ({ slot, from, usual, last }, at): Bar => ({
      slot,
      x: from,
      y: barTop + at * measures.bar,
      width: usual + measures.node.width - from,
      reach: last + measures.node.width - from,
    }),
  );
  return {
    width: measures.margin + Math.max(...steps.map(({ x }) => x)) + measures.node.width,
    height: barTop + bars.length * measures.bar + measures.margin,
    steps,
    buses: drafts.map((draft) => drawBus(draft, placed, top, bottom)),
    bars,
    anywhere: flow.actions
      .filter(({ from, outcomes }) => from.length === 0 || outcomes.every(({ to }) => to === null))
      .map(({ key }) => key),
  };
}

type Draft = { actions: string[]; from: string[]; to: string; way: Bus["way"]; track: number; low: number; high: number };

function draftBuses(moves: readonly Move[], left: (key: string) => number, rowOf: (key: string) => number): Draft[] {
  const wayOf = ({ from, to }: Move): Bus["way"] => {
    const ahead = left(to) - left(from);
    return ahead === step && rowOf(from) === 0 && rowOf(to) === 0 ? "straight" : ahead > 0 ? "over" : "under";
  };
  // One line for each action, way and target; lines with the same ends are one line with several names.
  const lines = new Map<string, Draft>();
  for (const move of moves) {
    const way = wayOf(move);
    const key = [move.action, way, move.to, way === "straight" ? move.from : ""].join(" ");
    const line = lines.get(key) ?? { actions: [move.action], from: [], to: move.to, way, track: 0, low: 0, high: 0 };
    if (!line.from.includes(move.from)) line.from.push(move.from);
    lines.set(key, line);
  }
  const merged = new Map<string, Draft>();
  for (const line of lines.values()) {
    const key = [line.way, line.to, ...[...line.from].sort()].join(" ");
    const same = merged.get(key);
    if (same) same.actions.push(...line.actions);
    else merged.set(key, line);
  }
  const drafts = [...merged.values()];
  for (const draft of drafts) {
    const ends = [...draft.from, draft.to].map(left);
    draft.low = Math.min(...ends);
    draft.high = Math.max(...ends) + measures.node.width;
  }
  for (const way of ["over", "under"] as const) assignTracks(drafts.filter((draft) => draft.way === way));
  return drafts;
}

/** Short lines lie nearest to the steps; a line takes the first track on which it meets no other. */
function assignTracks(drafts: readonly Draft[]): void {
  const taken: Draft[][] = [];
  for (const draft of [...drafts].sort((a, b) => a.high - a.low - (b.high - b.low))) {
    let track = taken.findIndex((others) => others.every((other) => draft.high < other.low || draft.low > other.high));
    if (track < 0) track = taken.push([]) - 1;
    taken[track]?.push(draft);
    draft.track = track;
  }
}

function drawBus(draft: Draft, placed: ReadonlyMap<string, PlacedStep>, top: number, bottom: number): Bus {
  const { width, height } = measures.node;
  const target = placed.get(draft.to) as PlacedStep;
  const sources = draft.from.map((key) => placed.get(key) as PlacedStep);
  const common = { actions: draft.actions, from: draft.from, to: draft.to, way: draft.way, track: draft.track };
  if (draft.way === "straight") {
    const [source] = sources as [PlacedStep];
    const y = source.y + height / 2;
    return {
      ...common,
      paths: [`M${source.x + width} ${y}H${target.x}`],
      label: { x: (source.x + width + target.x) / 2, y: y - 6 },
    };
  }
  const over = draft.way === "over";
  const y = over ? top - 12 - draft.track * measures.track : bottom + 12 + draft.track * measures.track;
  // Lines of one step leave beside one another, so that they can be told apart; all to the left of a step that stands below.
  const shift = 10 + (draft.track % 5) * 8;
  const leave = (one: PlacedStep): number => one.x + (over ? width - shift : shift);
  const isCovered = [...placed.values()].some(({ layer, row }) => row > 0 && target.row === 0 && layer === target.layer);
  const arrive = over
    ? target.row === 0
      ? target.x + shift
      : target.x - asideBy + width + 5
    : target.x + (isCovered ? shift + 4 : width - shift);
  const edge = (one: PlacedStep): number => (over ? one.y : one.y + height);
  const paths = sources.map((one) =>
    rounded([
      [leave(one), edge(one)],
      [leave(one), y],
      [arrive, y],
      [arrive, edge(target)],
    ]),
  );
  const farthest = sources.map(leave).reduce((a, b) => (Math.abs(b - arrive) > Math.abs(a - arrive) ? b : a), arrive);
  return { ...common, paths, label: { x: (farthest + arrive) / 2, y: y + (over ? -4 : 12) } };
}

type Point = readonly [x: number, y: number];

/** A way of straight pieces with corners of 6 px. */
function rounded(points: readonly Point[]): string {
  const [first, ...rest] = points as [Point, ...Point[]];
  let path = `M${first[0]} ${first[1]}`;
  for (const [at, [x, y]] of rest.entries()) {
    const next = rest[at + 1];
    const [fromX, fromY] = points[at] as Point;
    if (!next || (x === next[0] && y === next[1])) {
      path += `L${x} ${y}`;
      continue;
    }
    const radius = Math.min(6, Math.hypot(x - fromX, y - fromY) / 2, Math.hypot(next[0] - x, next[1] - y) / 2);
    const towards = (px: number, py: number): Point => {
      const length = Math.hypot(px - x, py - y) || 1;
      return [x + ((px - x) / length) * radius, y + ((py - y) / length) * radius];
    };
    const [ax, ay] = towards(fromX, fromY);
    const [bx, by] = towards(next[0], next[1]);
    path += `L${ax} ${ay}Q${x} ${y} ${bx} ${by}`;
  }
  return path;
}

/**
 * A clock's stretch: from the step its start leads to, to the step of its usual stop (a slot names that one first), and to the last
 * step it can be stopped in. Out: their left edges.
 */
function barsOf(flow: FlowView, left: (key: string) => number): { slot: string; from: number; usual: number; last: number }[] {
  const end = Math.max(0, ...flow.steps.map(({ key }) => left(key)));
  const taken = (type: string): { leads: number[]; leaves: number[] } => {
    const actions = flow.actions.filter(({ key, outcomes }) => key === type || outcomes.some((outcome) => outcome.type === type));
    return {
      leads: actions.flatMap(({ from, outcomes }) =>
        outcomes
          .filter((outcome) => outcome.type === type)
          .flatMap(({ to }) => (to !== null && to !== CLOSED ? [left(to)] : from.map(left))),
      ),
      leaves: actions.flatMap(({ from }) => from.map(left)),
    };
  };
  return flow.slots.map(({ key, from, until }) => {
    const starts = from.flatMap((type) => (type === "open" ? [left(flow.initial)] : taken(type).leads));
    const stops = until.flatMap((type) => taken(type).leaves);
    const usual = until.slice(0, 1).flatMap((type) => taken(type).leaves);
    const low = starts.length > 0 ? Math.min(...starts) : measures.margin;
    const high = stops.length > 0 ? Math.max(...stops) : end;
    const [first, last] = [Math.min(low, high), Math.max(low, high)];
    // Where the usual stop has no step of its own (an answer that may come anywhere), it is as far as the last.
    const stop = usual.length > 0 ? Math.max(...usual) : last;
    return { slot: key, from: first, usual: Math.min(Math.max(stop, first), last), last };
  });
}

/** Breaks a name for the space between two steps: English between words, Chinese after three characters. */
export function labelLines(text: string): string[] {
  if (/^[\x20-\x7e]*$/.test(text)) return text.split(" ");
  return text.length <= 3 ? [text] : (text.match(/.{1,2}/gsu) ?? [text]);
}

/** A step's name in at most two lines, as even as its words allow. */
export function titleLines(title: string): string[] {
  if (title.length <= 11 || !title.includes(" ")) return [title];
  const words = title.split(" ");
  const breaks = words.slice(1).map((_, at) => [words.slice(0, at + 1).join(" "), words.slice(at + 1).join(" ")]);
  const longest = (lines: readonly string[]): number => Math.max(...lines.map((line) => line.length));
  return breaks.reduce((best, lines) => (longest(lines) < longest(best) ? lines : best));
}
