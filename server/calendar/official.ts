// The public holidays of 2007 to 2026 as the State Council announced them. The dates come from the package chinese-days; where it
// names weekend days a notice does not name, or leaves out ones it names, the notice wins. No correction changes which days are worked.
import type { CalendarYearEntry, NoticeDay } from "@bihuan/contract/calendar.ts";
import type { Bilingual } from "@bihuan/contract/text.ts";
import published from "chinese-days/dist/chinese-days.json" with { type: "json" };
import { holidayNoticeUrls } from "./holiday-notices.ts";

const names: Readonly<Record<string, Bilingual>> = {
  元旦: { zh: "元旦", en: "New Year's Day" },
  春节: { zh: "春节", en: "Spring Festival" },
  清明: { zh: "清明节", en: "Tomb-Sweeping Day" },
  劳动节: { zh: "劳动节", en: "Labour Day" },
  端午: { zh: "端午节", en: "Dragon Boat Festival" },
  中秋: { zh: "中秋节", en: "Mid-Autumn Festival" },
  国庆节: { zh: "国庆节", en: "National Day" },
  中国人民抗日战争暨世界反法西斯战争胜利70周年纪念日: {
    zh: "抗日战争暨世界反法西斯战争胜利70周年纪念日",
    en: "70th anniversary of the victory in the War of Resistance and the World Anti-Fascist War",
  },
};

const notNamed = new Set(["2014-04-06", "2019-04-06", "2019-04-07", "2019-06-08", "2019-06-09", "2019-09-14", "2019-09-15"]);
const alsoOff: Readonly<Record<string, string>> = {
  "2011-06-05": "端午",
  "2012-06-23": "端午",
  "2015-09-05": "中国人民抗日战争暨世界反法西斯战争胜利70周年纪念日",
};
const alsoMakeUp: Readonly<Record<string, string>> = { "2020-02-03": "春节" };

/** `English,Chinese,days` as the package writes it. */
const nameOf = (label: string): Bilingual => {
  const chinese = label.includes(",") ? (label.split(",")[1] ?? "") : label;
  const name = names[chinese];
  if (!name) throw new Error(`chinese-days names a holiday that is not known here: ${label}`);
  return name;
};

// The 70th anniversary of 1945, and the Spring Festival prolonged against the epidemic.
const extraDays: Readonly<Record<number, number>> = { 2015: 1, 2020: 2 };

// The days of New Year that fall into the December before stand in the notice of the coming year.
const noticeYear = (date: string): number => Number(date.slice(0, 4)) + (date.slice(5, 7) === "12" ? 1 : 0);

function daysOfNotice(year: number, dates: Readonly<Record<string, string>>): NoticeDay[] {
  return Object.entries(dates)
    .filter(([date]) => noticeYear(date) === year && !notNamed.has(date))
    .map(([date, label]) => ({ date, name: nameOf(label) }))
    .sort((a, b) => a.date.localeCompare(b.date));
}

/** The announced years that come with the product, first to last. */
export const officialYears: readonly CalendarYearEntry[] = Object.entries(holidayNoticeUrls).map(([text, urls]) => {
  const year = Number(text);
  return {
    year,
    off: daysOfNotice(year, { ...published.holidays, ...alsoOff }),
    makeUp: daysOfNotice(year, { ...published.workdays, ...alsoMakeUp }),
    extraDays: extraDays[year] ?? 0,
    notice: { reference: `国务院办公厅关于${year}年部分节假日安排的通知`, urls: [...urls], announcedOn: null },
  };
});
