// The one place of the web that reads the machine's clock. What people see counts by the server's time: a desk whose clock is
// ten minutes wrong still shows the right countdown.

let offsetMs = 0;
let uncertaintyMs = Number.POSITIVE_INFINITY;

/**
 * What one answer says about the server's clock. In: the local instants at which it was asked and received, and the instant
 * of its `Date` header, which is cut to whole seconds. Out: server minus local, and how wrong that may be, both in ms.
 */
export function measureOffset(
  askedAtMs: number,
  receivedAtMs: number,
  headerAtMs: number,
): { offsetMs: number; uncertaintyMs: number } {
  return {
    offsetMs: headerAtMs + 500 - (askedAtMs + receivedAtMs) / 2,
    uncertaintyMs: 500 + (receivedAtMs - askedAtMs) / 2,
  };
}

/** Keeps a measurement when it is at least as sure as the one held, or when the held one cannot be true any more. */
export function noteServerDate(askedAtMs: number, receivedAtMs: number, header: string | null): void {
  const headerAtMs = header ? Date.parse(header) : Number.NaN;
  if (Number.isNaN(headerAtMs)) return;
  const measured = measureOffset(askedAtMs, receivedAtMs, headerAtMs);
  const contradicts = Math.abs(measured.offsetMs - offsetMs) > measured.uncertaintyMs + uncertaintyMs;
  if (contradicts || measured.uncertaintyMs <= uncertaintyMs) ({ offsetMs, uncertaintyMs } = measured);
}

export const localNowMs = (): number => Date.now();
/** The current instant by the server's clock, epoch ms. A desk less than two seconds off is taken as right. */
export const nowMs = (): number => Date.now() + (Math.abs(offsetMs) < 2_000 ? 0 : offsetMs);
