// Chance with a seed: the same names give the same numbers, whatever was drawn before and in whatever order.

export type Random = {
  /** From 0 up to, not including, 1. */
  next(): number;
  /** A whole number from 0 up to, not including, `count`. */
  below(count: number): number;
  /** A number between two. */
  between(low: number, high: number): number;
  chance(share: number): boolean;
  pick<T>(list: readonly T[]): T;
  /** One of several, each with its weight. */
  weighted<T>(choices: readonly (readonly [T, number])[]): T;
  /** How long something takes: mostly about the median, now and then much longer (log-normal; `spread` 0.3 is narrow, 1 is wide). */
  around(median: number, spread: number): number;
};

// Two 32-bit halves of a text's hash, mixed twice so that neighbouring names have nothing in common.
function hash(text: string): [number, number] {
  let a = 0xdeadbeef;
  let b = 0x41c6ce57;
  for (let index = 0; index < text.length; index++) {
    const code = text.charCodeAt(index);
    a = Math.imul(a ^ code, 2_654_435_761);
    b = Math.imul(b ^ code, 1_597_334_677);
  }
  a = Math.imul(a ^ (a >>> 16), 2_246_822_507) ^ Math.imul(b ^ (b >>> 13), 3_266_489_909);
  b = Math.imul(b ^ (b >>> 16), 2_246_822_507) ^ Math.imul(a ^ (a >>> 13), 3_266_489_909);
  return [a >>> 0, b >>> 0];
}

/** Random numbers of a name. In: what they are for, from the seed down to the single decision. */
export function randomOf(...names: readonly (string | number)[]): Random {
  let [state, step] = hash(names.join("\u0001"));
  step |= 1;
  const next = (): number => {
    state = (state + step) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
  const random: Random = {
    next,
    below: (count) => Math.floor(next() * count),
    between: (low, high) => low + (high - low) * next(),
    chance: (share) => next() < share,
    pick<T>(list: readonly T[]): T {
      if (list.length === 0) throw new Error(`nothing to pick from: ${names.join("/")}`);
      return list[Math.floor(next() * list.length)] as T;
    },
    weighted<T>(choices: readonly (readonly [T, number])[]): T {
      let left = next() * choices.reduce((sum, [, weight]) => sum + weight, 0);
      for (const [choice, weight] of choices) {
        left -= weight;
        if (left < 0) return choice;
      }
      return (choices.at(-1) as readonly [T, number])[0];
    },
    around: (median, spread) => median * Math.exp(spread * Math.sqrt(-2 * Math.log(1 - next())) * Math.cos(2 * Math.PI * next())),
  };
  return random;
}
