// One history as it comes out of a file, before it becomes an order.
import type { Bilingual } from "../text.ts";

/** What the file itself says about its limit. */
export type Verdict = "met" | "missed";

/** One step of a case, in the file's order. */
export type CaseStep = { readonly atMs: number; readonly state: string };

export type HistoryCase = {
  /** Number of the case's first row in the file, the header not counted. With the file's hash it recognises a repeated import. */
  readonly row: number;
  /** The file's own number of the case; not unique, since some files repeat lines on purpose. */
  readonly externalId: string;
  readonly openedAtMs: number;
  readonly dueAtMs: number | null;
  readonly closedAtMs: number | null;
  readonly resolvedAtMs: number | null;
  readonly plannedAtMs: number | null;
  /** Null where the file does not know the unit: the case then belongs to the node above the imported units. */
  readonly unit: string | null;
  /** The file's last label of the state. */
  readonly state: string | null;
  readonly given: Verdict | null;
  readonly reassignments: number | null;
  readonly reopenings: number | null;
  /** Every label reports can be grouped by, by its name there: `unit`, `type`, `channel`, `priority`, `state` and the columns. */
  readonly labels: Readonly<Record<string, string>>;
  /** Empty for files with one row a case. */
  readonly steps: readonly CaseStep[];
};

/** Why a row was not loaded. */
export type RowProblem = { readonly reason: RejectReason; readonly column: string | null };

export const rejectReasons = {
  "id-missing": { zh: "编号为空", en: "the id is empty" },
  "time-missing": { zh: "必填时间为空", en: "a time that is needed is empty" },
  "time-out-of-range": { zh: "时间不在 1970 年至 2099 年之间", en: "a time lies before 1970 or after 2099" },
  "time-unreadable": { zh: "时间与映射的格式不符", en: "the time is not written as the mapping says" },
  "number-unreadable": { zh: "不是非负整数", en: "not a whole number" },
  "state-missing": { zh: "状态为空", en: "the state is empty" },
  "state-too-long": { zh: "状态超过 200 字", en: "the state is longer than 200 characters" },
  "verdict-unreadable": { zh: "结论不在映射所列之内", en: "the verdict is none of those the mapping lists" },
  "columns-differ": { zh: "列数与表头不同", en: "the row has not as many fields as the header" },
  "case-incomplete": { zh: "同一案件另有行被拒，整案未导入", en: "another row of the case was rejected; the case is not loaded" },
} as const satisfies Record<string, Bilingual>;
export type RejectReason = keyof typeof rejectReasons;
