// What a benchmark is and what it prints.

export type Row = {
  readonly name: string;
  readonly value: number;
  readonly unit: string;
  /** The floor or peer measured in the same run, in its own unit as the name says; null where there is none. */
  readonly floor: number | null;
  /** Value against floor; null where there is none. */
  readonly ratio: number | null;
  readonly target: number;
  readonly met: boolean;
};

export type Bench = {
  readonly name: string;
  readonly summary: { readonly zh: string; readonly en: string };
  run(): Promise<readonly Row[]>;
};

/** The middle of several measurements: one slow run on a shared machine says nothing. */
export const median = (values: readonly number[]): number =>
  values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] as number;

/** Random numbers from 0 to 1 that are the same in every run. */
export function seededRandom(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 4_294_967_296;
  };
}
