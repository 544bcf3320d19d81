import { z } from "zod";
import type { Flow } from "../../flow/definition.ts";

/**
 * Histories of another system. Its states are the file's labels, its due time is taken as given, and it is closed there: nothing
 * acts on it here, it never warns, and it stands in no live list. The audit knows its closing condition.
 */
export const importedHistory: Flow = {
  id: "imported-history",
  version: 1,
  title: { zh: "导入历史", en: "Imported history" },
  details: z.strictObject({}),
  subtypes: {},
  initial: "recorded",
  handling: "recorded",
  steps: { recorded: { title: { zh: "已记录", en: "Recorded" }, by: [], at: "desk" } },
  actions: {},
  slots: [
    {
      key: "given",
      title: { zh: "原系统时限", en: "Limit of the other system" },
      from: ["open"],
      until: ["close"],
      limit: "given",
    },
  ],
  reviewLevels: [],
  noCallbackReasons: ["CLOSED_ELSEWHERE"],
  closedElsewhere: true,
};
