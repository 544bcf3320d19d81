// What reports can be grouped by: five words every file shares, the month, and whatever columns a mapping names.
import { type Mapping, type Source, sourceName } from "./mapping.ts";
import type { Row, RowReader } from "./row.ts";

/** The words that mean the same in every file. */
export const sharedLabels = ["unit", "type", "channel", "priority", "state"] as const;
type SharedLabel = (typeof sharedLabels)[number];

const times = new Set(["id", "opened", "due", "closed", "resolved", "planned", "at"]);

type Label = { readonly name: string; readonly source: Source };

/** The labels a mapping keeps: the shared words first, then each mapped column under its own name. Times and ids are no labels. */
export function labelsOf(mapping: Mapping): Label[] {
  const columns: Readonly<Record<string, Source | undefined>> = mapping.columns;
  const shared = sharedLabels.flatMap((name: SharedLabel) =>
    columns[name] === undefined ? [] : [{ name, source: columns[name] }],
  );
  const mapped = Object.entries(columns).flatMap(([role, source]) =>
    source === undefined || times.has(role) ? [] : [{ name: sourceName(source), source }],
  );
  const also = mapping.also.map((source) => ({ name: sourceName(source), source }));
  const byName = new Map<string, Label>();
  for (const label of [...shared, ...mapped, ...also]) if (!byName.has(label.name)) byName.set(label.name, label);
  return [...byName.values()];
}

/** Reads the labels of a row. Labels stay as the file has them, marks for unknown included; an empty one is left out. */
export function labelReader(reader: RowReader, labels: readonly Label[]): (row: Row) => Record<string, string> {
  const readers = labels.map(({ name, source }) => ({ name, read: reader.text(source) }));
  return (row) => {
    const found: Record<string, string> = {};
    for (const { name, read } of readers) {
      const text = read(row);
      if (text !== "") found[name] = text;
    }
    return found;
  };
}
