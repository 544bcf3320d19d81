/** Names each slice's texts after its folder: `../clock/texts.zh.json` is the namespace `clock`. */
export function textsByLanguage(files: Record<string, object>): Record<string, object> {
  return Object.fromEntries(Object.entries(files).map(([path, texts]) => [path.split("/").at(-2) ?? path, texts]));
}

/** Every key of a tree of texts, with dots; the plural forms of one key (`_one`, `_other`) count as that key. */
export function textKeys(texts: object, prefix = ""): string[] {
  const keys = Object.entries(texts).flatMap(([name, value]: [string, unknown]) =>
    typeof value === "object" && value !== null
      ? textKeys(value, `${prefix}${name}.`)
      : [`${prefix}${name.replace(/_(one|other)$/, "")}`],
  );
  return [...new Set(keys)].sort();
}
