import { defineErrors } from "./error-entry.ts";

export const calendarErrors = defineErrors({
  "calendar.year-invalid": {
    status: 422,
    title: { zh: "{year} 年的安排有 {problems} 处问题", en: "The arrangement of {year} has {problems} problems" },
    action: { zh: "没有保存。第一处：{place}：{first}", en: "Nothing was saved. The first: {place}: {first}" },
  },
  "calendar.date-invalid": {
    status: 422,
    title: { zh: "日期设置有 {problems} 处问题", en: "The dates have {problems} problems" },
    action: { zh: "没有保存。第一处：{place}：{first}", en: "Nothing was saved. The first: {place}: {first}" },
  },
  "calendar.hours-invalid": {
    status: 422,
    title: { zh: "工作时段不成立", en: "The working hours do not stand" },
    action: {
      zh: "没有保存。各时段须先后有序、互不重叠，结束晚于开始。",
      en: "Nothing was saved. Intervals must follow one another without overlap, each ending after it begins.",
    },
  },
});
