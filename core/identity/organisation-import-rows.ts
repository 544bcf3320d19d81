// The rows of an organisation file, read one by one; what they mean together stands in organisation-import.ts.
import { type ImportColumn, type ImportProblem, type ImportRow, lineProblem, problem } from "./import-file.ts";
import { isZone } from "./organisation-change.ts";
import { AreaClass, FIRST_REGION, LAST_REGION, type Unit, UnitKind, unitKindTitles, unitKinds } from "./organisation.ts";

export const organisationColumns: readonly ImportColumn[] = [
  { name: "code", aliases: ["编码", "单位编码"], required: true },
  { name: "name", aliases: ["名称", "单位名称"], required: true },
  { name: "kind", aliases: ["类型", "单位类型"], required: true },
  { name: "parent_code", aliases: ["上级编码", "上级单位编码"], required: true },
  { name: "area_class", aliases: ["区域类别", "地区类别"], required: false },
  { name: "zone", aliases: ["时区"], required: false },
  { name: "region", aliases: ["地市号"], required: false },
];

const areaTitles: Readonly<Record<string, AreaClass>> = {
  城区: "URBAN",
  城市: "URBAN",
  农村: "RURAL",
  特殊边远: "REMOTE",
  特殊边远地区: "REMOTE",
  边远: "REMOTE",
};
const kindByTitle = new Map(unitKinds.map((kind) => [unitKindTitles[kind].zh, kind]));

/** A row that reads well. `standing`: the unit that has this code already. */
export type UnitDraft = {
  line: number;
  code: string;
  name: string;
  kind: UnitKind;
  parentCode: string | null;
  areaClass: AreaClass | null;
  zone: string | null;
  region: number | null;
  standing: Unit | null;
};

/** Reads one row; what is wrong with it goes to `problems`, and null comes back. */
export function readUnitRow(
  row: ImportRow,
  cell: (row: ImportRow, column: string) => string | null,
  problems: ImportProblem[],
): Omit<UnitDraft, "standing"> | null {
  const before = problems.length;
  const report = (found: ImportProblem | null) => found && problems.push(found);
  const required = (column: string, longest: number): string => {
    const value = cell(row, column);
    if (value === null) report(problem(row.line, column, "不能为空", "must not be empty"));
    else report(lineProblem(row.line, column, value, longest));
    return value ?? "";
  };
  const code = required("code", 40);
  const name = required("name", 80);
  const kindText = required("kind", 40);
  const kind = UnitKind.safeParse(kindByTitle.get(kindText) ?? kindText.toUpperCase()).data;
  if (kindText && !kind)
    report(
      problem(
        row.line,
        "kind",
        `不认识的单位类型 ${kindText}；可用 ${[...kindByTitle.keys()].join("、")}`,
        `${kindText} is not a kind of unit; known are ${unitKinds.join(", ")}`,
      ),
    );
  const areaText = cell(row, "area_class");
  const areaClass = areaText === null ? null : AreaClass.safeParse(areaTitles[areaText] ?? areaText.toUpperCase()).data;
  if (areaClass === undefined)
    report(
      problem(
        row.line,
        "area_class",
        `不认识的地区类别 ${areaText}；可用 城区、农村、特殊边远地区`,
        `${areaText} is not an area class; known are URBAN, RURAL, REMOTE`,
      ),
    );
  const zone = cell(row, "zone");
  if (zone !== null && !isZone(zone)) report(problem(row.line, "zone", "时区不存在", "not an IANA time zone"));
  const regionText = cell(row, "region");
  const region = regionText === null ? null : /^\d{3}$/.test(regionText) ? Number(regionText) : Number.NaN;
  if (region !== null && !(region >= FIRST_REGION && region <= LAST_REGION))
    report(problem(row.line, "region", "地市号须在 100–921 之间", "a region number is between 100 and 921"));
  if (problems.length > before || !kind) return null;
  return { line: row.line, code, name, kind, parentCode: cell(row, "parent_code"), areaClass: areaClass ?? null, zone, region };
}
