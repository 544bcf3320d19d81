// Where a page ended, as one opaque text: the values of the list's order, so that the next page begins behind them.

export const encodeCursor = (values: readonly string[]): string => Buffer.from(JSON.stringify(values)).toString("base64url");

/**
 * Reads a cursor. In: a pattern for each value. Out: the values, or null where there is no cursor or it is not one of ours
 * (the list then starts anew).
 */
export function decodeCursor(cursor: string | undefined, patterns: readonly RegExp[]): readonly string[] | null {
  if (!cursor) return null;
  let values: unknown;
  try {
    values = JSON.parse(Buffer.from(cursor, "base64url").toString());
  } catch {
    return null;
  }
  if (!Array.isArray(values) || values.length !== patterns.length) return null;
  const texts = values.filter((value) => typeof value === "string");
  return texts.length === patterns.length && texts.every((text, index) => patterns[index]?.test(text)) ? texts : null;
}

/** Whole milliseconds since 1970 that a date can hold. */
export const MILLISECONDS = /^\d{1,14}$/;
/** A positive bigint. */
export const BIGINT = /^\d{1,18}$/;
