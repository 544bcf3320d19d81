/** Where "now" comes from. Everything that needs the current instant receives one; nothing else reads the machine's clock. */
export type TimeSource = { nowMs(): number };

export const systemTime: TimeSource = { nowMs: () => Date.now() };

/** A clock for tests that stands still until it is moved. In: epoch milliseconds or ISO text. */
export function manualTime(start: number | string): TimeSource & { set(to: number | string): void; advanceMs(by: number): void } {
  let now = typeof start === "number" ? start : Date.parse(start);
  return {
    nowMs: () => now,
    set(to) {
      now = typeof to === "number" ? to : Date.parse(to);
    },
    advanceMs(by) {
      now += by;
    },
  };
}
