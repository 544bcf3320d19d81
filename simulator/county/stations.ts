// Wanghe (望禾县), a county that does not exist: where its supply stations are and what lies in their areas.
import type { AreaClass } from "@bihuan/core/identity/organisation.ts";

export type Station = {
  readonly code: string;
  readonly name: string;
  readonly town: string;
  readonly areaClass: AreaClass;
  /** Its part of the county's customers. */
  readonly share: number;
  /** Repair crews (抢修班). */
  readonly crews: number;
  /** Business halls (营业厅). */
  readonly halls: readonly string[];
  /** Where people live: roads with housing estates in town, villages outside. */
  readonly places: readonly string[];
};

export const COUNTY = "望禾县";

export const stations: readonly Station[] = [
  {
    code: "WH-G1",
    name: "城关供电所",
    town: "城关镇",
    areaClass: "URBAN",
    share: 0.24,
    crews: 2,
    halls: ["城关营业厅", "政务中心营业厅", "城北营业厅"],
    places:
      "人民路锦绣花园 解放路书香苑 建设路金桂小区 学府路翰林名邸 文昌路电力新村 和平路阳光家园 望河路滨江一品 青年路紫荆苑".split(
        " ",
      ),
  },
  {
    code: "WH-G2",
    name: "城东供电所",
    town: "东湖街道",
    areaClass: "URBAN",
    share: 0.2,
    crews: 2,
    halls: ["城东营业厅", "开发区营业厅"],
    places: "东湖大道湖畔雅居 迎宾路世纪花城 工业一路安居园 工业二路蓝领公寓 体育路奥林花园 园区路科创苑 桃源路桃源新居".split(
      " ",
    ),
  },
  {
    code: "WH-G3",
    name: "河口供电所",
    town: "河口镇",
    areaClass: "RURAL",
    share: 0.14,
    crews: 2,
    halls: ["河口营业厅", "渡头营业厅"],
    places: "河口街 渡头村 柳堤村 下湾村 沙洲村 鱼塘村 新联村 双河村".split(" "),
  },
  {
    code: "WH-G4",
    name: "柳塘供电所",
    town: "柳塘镇",
    areaClass: "RURAL",
    share: 0.12,
    crews: 2,
    halls: ["柳塘营业厅"],
    places: "柳塘街 莲花村 塘坊村 荷叶村 麦垄村 前进村 古井村".split(" "),
  },
  {
    code: "WH-G5",
    name: "石桥供电所",
    town: "石桥镇",
    areaClass: "RURAL",
    share: 0.11,
    crews: 2,
    halls: ["石桥营业厅"],
    places: "石桥街 桥头村 青石村 砖窑村 大樟村 油坊村 祠堂村".split(" "),
  },
  {
    code: "WH-G6",
    name: "双坪供电所",
    town: "双坪乡",
    areaClass: "RURAL",
    share: 0.08,
    crews: 1,
    halls: ["双坪营业厅"],
    places: "双坪街 上坪村 下坪村 竹园村 茶场村 枫树村".split(" "),
  },
  {
    code: "WH-G7",
    name: "云岭供电所",
    town: "云岭乡",
    areaClass: "REMOTE",
    share: 0.06,
    crews: 1,
    halls: ["云岭营业厅"],
    places: "云岭街 岭脚村 半山村 松坳村 雾峰村 瓦寨村".split(" "),
  },
  {
    code: "WH-G8",
    name: "高垭供电所",
    town: "高垭乡",
    areaClass: "REMOTE",
    share: 0.05,
    crews: 1,
    halls: ["高垭营业厅"],
    places: "高垭街 垭口村 石背村 冷水村 羊角村".split(" "),
  },
];

/** The station of a transformer area, whose code begins with the station's. */
export const stationOfArea = (areaCode: string): Station | null =>
  stations.find(({ code }) => areaCode.startsWith(`${code}-`)) ?? null;
