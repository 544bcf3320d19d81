// A mapping as people write it: YAML, checked as a whole, every mistake listed with its place.
import { readFile } from "node:fs/promises";
import { type Mapping, type MappingKind, mappingSchemas } from "@bihuan/core/history/mapping.ts";
import type { Bilingual } from "@bihuan/contract/text.ts";
import { LineCounter, parseDocument } from "yaml";
import { parsePart } from "../platform/http/validation.ts";

export type MappingProblem = { readonly place: string; readonly message: Bilingual };
const problem = (place: string, zh: string, en: string): MappingProblem => ({ place, message: { zh, en } });

/** Reads a mapping's text for one kind of file. Out: the mapping, or every problem found. */
export function readMapping(text: string, kind: MappingKind): { mapping: Mapping } | { problems: MappingProblem[] } {
  const lines = new LineCounter();
  const document = parseDocument(text, { lineCounter: lines, uniqueKeys: true });
  if (document.errors.length > 0)
    return {
      problems: document.errors.map((error) => {
        const line = lines.linePos(error.pos[0]).line;
        return problem(`${line}`, `第 ${line} 行不是有效的 YAML`, `line ${line} is not valid YAML`);
      }),
    };
  const value: unknown = document.toJS({ maxAliasCount: 20 });
  const given = typeof value === "object" && value !== null && "kind" in value ? value.kind : undefined;
  if (typeof given === "string" && given !== kind)
    return { problems: [problem("kind", `该映射用于 ${given}，不是 ${kind}`, `the mapping is for ${given}, not for ${kind}`)] };
  const parsed = parsePart<Mapping>(mappingSchemas[kind], value, "body");
  if ("value" in parsed) return { mapping: parsed.value };
  return { problems: parsed.errors.map(({ path, messages }) => ({ place: path, message: messages })) };
}

/** Reads a mapping file. Errors: those of the file system. */
export const readMappingFile = async (path: string, kind: MappingKind) => readMapping(await readFile(path, "utf8"), kind);
