// Reading a page's state from its address. What does not fit is left out, so that an old link still opens.

export type RawSearch = Readonly<Record<string, unknown>>;

/** Names of `Shape` whose values are absent are left out altogether: addresses stay short. */
export const present = <Shape extends Record<string, unknown>>(
  shape: Shape,
): { [Name in keyof Shape]?: Exclude<Shape[Name], undefined> } =>
  Object.fromEntries(Object.entries(shape).filter(([, value]) => value !== undefined)) as never;

/** An address's query as it is written: every value a text, so that the 19 digits of an order stay what they are. */
export const parseSearch = (query: string): RawSearch => Object.fromEntries(new URLSearchParams(query));
export function writeSearch(search: RawSearch): string {
  const query = new URLSearchParams();
  for (const [name, value] of Object.entries(search))
    if ((typeof value === "string" && value !== "") || typeof value === "number" || typeof value === "boolean")
      query.set(name, String(value));
  return query.size > 0 ? `?${query}` : "";
}

/** Text of at most `max` characters. */
export function text(search: RawSearch, name: string, max = 100): string | undefined {
  const value = search[name];
  return typeof value === "string" && value.trim() !== "" && value.length <= max ? value : undefined;
}
export const oneOf = <const Code extends string>(search: RawSearch, name: string, codes: readonly Code[]): Code | undefined =>
  codes.find((code) => code === search[name]);

export function whole(search: RawSearch, name: string, low = 1, high = 2_147_483_647): number | undefined {
  const value = typeof search[name] === "string" ? Number(search[name]) : search[name];
  return typeof value === "number" && Number.isInteger(value) && value >= low && value <= high ? value : undefined;
}
/** A number of up to 19 digits: a text, since it must not pass through a floating-point number. */
export function digits(search: RawSearch, name: string, pattern: RegExp): string | undefined {
  const value = text(search, name);
  return value !== undefined && pattern.test(value) ? value : undefined;
}
