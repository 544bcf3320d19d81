import assert from "node:assert/strict";
import { test } from "node:test";
import { planOrganisationImport } from "./organisation-import.ts";
import { organisationTree, type Unit, type UnitKind } from "./organisation.ts";

const unit = (
  unitId: number,
  code: string,
  parentId: number | null,
  kind: UnitKind,
  regionId: number,
  more: Partial<Unit> = {},
): Unit => ({
  unitId,
  code,
  name: code,
  kind,
  parentId,
  regionId,
  zone: null,
  areaClass: null,
  active: true,
  version: 1,
  ...more,
});
const fresh = organisationTree([unit(1, "ROOT", null, "PROVINCE", 100)]);
const standing = organisationTree([
  unit(1, "P", null, "PROVINCE", 100),
  unit(2, "HZ", 1, "CITY", 101),
  unit(3, "NB", 1, "CITY", 102),
  unit(4, "YH", 2, "COUNTY", 101, { areaClass: "URBAN", zone: "Asia/Shanghai" }),
  unit(5, "OLD", 2, "COUNTY", 101, { active: false }),
]);

const header = "code,name,kind,parent_code,area_class,zone,region".split(",");
const rowsOf = (columns: readonly string[], text: string) =>
  text
    .trim()
    .split("\n")
    .map((line, index) => ({
      line: index + 2,
      values: Object.fromEntries(line.split(",").map((value, at) => [columns[at] ?? "?", value])),
    }));
const plan = (tree: typeof fresh, text: string, options: { placeholder?: boolean; columns?: string[] } = {}) => {
  const columns = options.columns ?? header;
  return planOrganisationImport(tree, options.placeholder ?? false, columns, rowsOf(columns, text));
};
const problemsOf = (result: ReturnType<typeof plan>) =>
  "problems" in result ? result.problems.map((each) => `${each.line} ${each.column}`) : [];
const planOf = (result: ReturnType<typeof plan>) => {
  assert.ok("plan" in result, JSON.stringify(result));
  return result.plan;
};

test("the first file's root takes the placeholder's place, units in any order, regions given out", () => {
  const { create, change } = planOf(
    plan(fresh, "C1,余杭,COUNTY,HZ,,,\nHZ,杭州,地市公司,P,城区,,\nNB,宁波,CITY,P,,,101\nP,浙江,PROVINCE,,,Asia/Shanghai,", {
      placeholder: true,
    }),
  );
  assert.deepEqual(
    create.map((each) => [each.code, each.parentCode, each.kind, each.regionId]),
    [
      ["HZ", "P", "CITY", 102],
      ["C1", "HZ", "COUNTY", 102],
      ["NB", "P", "CITY", 101],
    ],
  );
  assert.deepEqual(
    change.map((each) => [each.unitId, each.code, each.name, each.zone, each.regionId, each.moved]),
    [[1, "P", "浙江", "Asia/Shanghai", 100, false]],
  );
});

test("a single county may take a region number of its own", () => {
  const { change } = planOf(plan(fresh, "YH,余杭,COUNTY,,,,571", { placeholder: true }));
  assert.equal(change[0]?.regionId, 571);
});

test("every problem is reported with its line and column", () => {
  const result = plan(
    standing,
    [
      "A,,COUNTY,HZ,,,", // 2 no name
      "B,乙,VILLAGE,HZ,,,", // 3 no such kind
      "C,丙,COUNTY,HZ,HILLY,,", // 4 no such area class
      "D,丁,COUNTY,HZ,,Mars/Base,", // 5 no such zone
      "E,戊,CITY,P,,,99", // 6 region out of range
      "F,=1+1,COUNTY,HZ,,,", // 7 formula
      "HZ,杭州,CITY,P,,,", // 8
      "HZ,杭州,CITY,P,,,", // 9 repeated
      "Z,另一,PROVINCE,,,,", // 10 a second root
    ].join("\n"),
  );
  assert.deepEqual(problemsOf(result), [
    "2 name",
    "3 kind",
    "4 area_class",
    "5 zone",
    "6 region",
    "7 name",
    "9 code",
    "10 parent_code",
  ]);
});

test("parents must exist and fit, and nothing stands below itself", () => {
  assert.deepEqual(problemsOf(plan(standing, "A,甲,COUNTY,NOWHERE,,,\nB,乙,CITY,HZ,,,\nC,丙,STATION,OLD,,,")), [
    "2 parent_code",
    "3 kind",
    "4 parent_code",
  ]);
  assert.deepEqual(problemsOf(plan(standing, "A,甲,DEPARTMENT,B,,,\nB,乙,DEPARTMENT,A,,,")), ["2 parent_code", "3 parent_code"]);
  const chain = Array.from(
    { length: 20_000 },
    (_, index) => `D${index},部门,DEPARTMENT,${index === 0 ? "HZ" : `D${index - 1}`},,,`,
  ).join("\n");
  assert.equal(problemsOf(plan(standing, chain)).length, 20_000 - 4, "six levels: the root, the city and four departments");
});

test("a standing unit keeps its region", () => {
  assert.deepEqual(problemsOf(plan(standing, "YH,余杭,COUNTY,NB,,,")), ["2 parent_code"]);
  assert.deepEqual(problemsOf(plan(standing, "YH,余杭,CITY,P,,,")), ["2 kind"]);
  assert.deepEqual(problemsOf(plan(standing, "HZ,杭州,COUNTY,P,,,")), ["2 kind"]);
  assert.deepEqual(problemsOf(plan(standing, "X,新,CITY,P,,,102\nHZ,杭州,CITY,P,,,300")), ["2 region", "3 region"]);
});

test("an absent column changes nothing, an empty cell inherits", () => {
  const short = planOf(plan(standing, "YH,余杭区,COUNTY,HZ", { columns: header.slice(0, 4) })).change[0];
  assert.deepEqual([short?.name, short?.areaClass, short?.zone], ["余杭区", "URBAN", "Asia/Shanghai"]);
  const full = planOf(plan(standing, "YH,余杭区,COUNTY,HZ,,,")).change[0];
  assert.deepEqual([full?.areaClass, full?.zone], [null, null]);
});

test("importing what stands changes nothing; naming an inactive unit brings it back", () => {
  const same = planOf(plan(standing, "HZ,HZ,CITY,P,,,\nNB,NB,CITY,P,,,"));
  assert.deepEqual([same.create.length, same.change.length, same.unchanged], [0, 0, 2]);
  assert.equal(planOf(plan(standing, "OLD,OLD,COUNTY,HZ,,,")).change.length, 1);
});

test("headers are read in Chinese too; unknown, repeated and missing ones are reported", () => {
  const chinese = plan(standing, "A,甲,县公司,HZ", { columns: ["编码", "名称", "类型", "上级编码"] });
  assert.equal(planOf(chinese).create.length, 1);
  assert.deepEqual(problemsOf(plan(standing, "A,甲,COUNTY", { columns: ["code", "name", "编码", "colour"] })), [
    "1 code",
    "1 colour",
    "1 kind",
    "1 parent_code",
  ]);
});
