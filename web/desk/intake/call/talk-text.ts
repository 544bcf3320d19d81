const two = (value: number): string => String(value).padStart(2, "0");

/** Talking time as a telephone shows it: `02:41`, from an hour on `1:02:41`. In: milliseconds; before the beginning it is `00:00`. */
export function talkText(spanMs: number): string {
  const seconds = Math.max(0, Math.floor(spanMs / 1_000));
  const [hours, minutes] = [Math.floor(seconds / 3_600), Math.floor(seconds / 60) % 60];
  return `${hours > 0 ? `${hours}:` : ""}${two(minutes)}:${two(seconds % 60)}`;
}
