// The county company: command centre, departments, eight stations with their crews, twelve halls.
import type { AreaClass, UnitKind } from "@bihuan/core/identity/organisation.ts";
import { COUNTY, stations } from "./stations.ts";

export type CountyUnit = {
  readonly code: string;
  readonly name: string;
  readonly kind: UnitKind;
  readonly parent: string | null;
  readonly areaClass: AreaClass | null;
};

export const COMPANY = "WH";
export const CENTRE = "WH-ZX";
export const MARKETING = "WH-YX";
export const OPERATIONS = "WH-YJ";

const repairCrews = ["抢修一班", "抢修二班"];

/** The repair crews of a station, by code. */
export const repairCrewsOf = (station: string, count: number): string[] =>
  Array.from({ length: count }, (_, index) => `${station}-Q${index + 1}`);
/** The service crew of a station (营业班): meters, applications, everything that is not a fault. */
export const serviceCrewOf = (station: string): string => `${station}-Y`;
export const hallsOf = (station: string, count: number): string[] =>
  Array.from({ length: count }, (_, index) => `${station}-T${index + 1}`);

/** Every unit, parents first. */
export const organisation: readonly CountyUnit[] = [
  { code: COMPANY, name: `${COUNTY}供电公司`, kind: "COUNTY", parent: null, areaClass: "RURAL" },
  { code: CENTRE, name: "供电服务指挥中心", kind: "DEPARTMENT", parent: COMPANY, areaClass: null },
  { code: MARKETING, name: "营销部", kind: "DEPARTMENT", parent: COMPANY, areaClass: null },
  { code: OPERATIONS, name: "运维检修部", kind: "DEPARTMENT", parent: COMPANY, areaClass: null },
  { code: "WH-JS", name: "发展建设部", kind: "DEPARTMENT", parent: COMPANY, areaClass: null },
  ...stations.flatMap(({ code, name, areaClass, crews, halls }): CountyUnit[] => [
    { code, name, kind: "STATION", parent: COMPANY, areaClass },
    ...repairCrewsOf(code, crews).map(
      (crew, index): CountyUnit => ({
        code: crew,
        name: `${name.slice(0, 2)}${crews === 1 ? "抢修班" : repairCrews[index]}`,
        kind: "CREW",
        parent: code,
        areaClass: null,
      }),
    ),
    { code: serviceCrewOf(code), name: `${name.slice(0, 2)}营业班`, kind: "CREW", parent: code, areaClass: null },
    ...hallsOf(code, halls.length).map(
      (hall, index): CountyUnit => ({ code: hall, name: halls[index] as string, kind: "HALL", parent: code, areaClass: null }),
    ),
  ]),
];

/** The organisation as the file an administrator would import. In: the zone the county lives by. */
export const organisationFile = (zone: string): string =>
  [
    "编码,名称,类型,上级编码,区域类别,时区",
    ...organisation.map(({ code, name, kind, parent, areaClass }) =>
      [code, name, kind, parent ?? "", areaClass ?? "", parent === null ? zone : ""].join(","),
    ),
    "",
  ].join("\n");
