// The strip of an explanation: every span of a clock as a piece of one line, wide enough to be seen.

export type StripSpan = { readonly from: string; readonly to: string; readonly counted: boolean; readonly reason: string };
export type StripPiece = { readonly index: number; readonly left: number; readonly width: number; readonly kind: StripKind };

/** How a piece is drawn: counted time full, the rest by why it is skipped. */
export type StripKind = "counted" | "night" | "holiday" | "suspended" | "extended" | "overdue" | "other";

export function stripKind({ counted, reason }: Pick<StripSpan, "counted" | "reason">): StripKind {
  if (reason === "extended" || reason === "overdue") return reason;
  if (counted) return "counted";
  if (reason === "suspended") return "suspended";
  if (reason === "weekend" || reason === "holiday" || reason === "rolled-over") return "holiday";
  if (reason === "outside-hours" || reason === "after-hours") return "night";
  return "other";
}

/** No piece is narrower than this share of the strip. */
const least = 0.012;

/**
 * Pieces in shares of the strip's width, and where now stands on it (null outside). Widths follow the wall clock; short ones are
 * widened at the cost of the long ones, so that ten minutes beside four days can still be seen.
 */
export function stripPieces(spans: readonly StripSpan[], nowMs: number): { pieces: StripPiece[]; now: number | null } {
  const lengths = spans.map(({ from, to }) => Math.max(0, Date.parse(to) - Date.parse(from)));
  const whole = lengths.reduce((sum, length) => sum + length, 0);
  if (whole === 0) return { pieces: [], now: null };
  const raw = lengths.map((length) => length / whole);
  const smallest = Math.min(least, 1 / spans.length);
  const owed = raw.reduce((sum, share) => sum + Math.max(0, smallest - share), 0);
  const spare = raw.reduce((sum, share) => sum + Math.max(0, share - smallest), 0);
  const widths = raw.map((share) => (share <= smallest ? smallest : share - ((share - smallest) / spare) * owed));
  const pieces: StripPiece[] = [];
  let left = 0;
  let now: number | null = null;
  for (const [index, span] of spans.entries()) {
    const width = widths[index] ?? 0;
    const [fromMs, toMs] = [Date.parse(span.from), Date.parse(span.to)];
    if (nowMs >= fromMs && nowMs < toMs) now = left + (width * (nowMs - fromMs)) / (toMs - fromMs);
    pieces.push({ index, left, width, kind: stripKind(span) });
    left += width;
  }
  return { pieces, now };
}
