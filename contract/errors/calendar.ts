import { defineErrors } from "./entry.ts";

export const calendarErrors = defineErrors({
  "calendar.year-invalid": {
    status: 422,
    title: { zh: "{year} 年的安排有 {problems} 处问题", en: "The arrangement of {year} has {problems} problems" },
    action: { zh: "没有保存。第一处（{place}）：{firstZh}", en: "Nothing was saved. The first ({place}): {firstEn}" },
  },
  "calendar.date-invalid": {
    status: 422,
    title: { zh: "日期设置有 {problems} 处问题", en: "The dates have {problems} problems" },
    action: { zh: "没有保存。第一处（{place}）：{firstZh}", en: "Nothing was saved. The first ({place}): {firstEn}" },
  },
  "calendar.hours-invalid": {
    status: 422,
    title: { zh: "工作时段不成立", en: "The working hours do not stand" },
    action: {
      zh: "没有保存。各时段须先后有序、互不重叠，结束晚于开始。",
      en: "Nothing was saved. Intervals must follow one another without overlap, each ending after it begins.",
    },
  },
  "calendar.question-invalid": {
    status: 400,
    title: { zh: "第 {line} 行不是可以回答的问题（{place}）", en: "Line {line} is no question that can be answered ({place})" },
    action: {
      zh: "该行没有回答，其余各行照常回答。请按 --help 中的格式修改。",
      en: "This line was not answered, the others were. Write it as --help shows.",
    },
  },
  "calendar.out-of-reach": {
    status: 422,
    title: { zh: "第 {line} 行超出日历的范围（2000 至 2060 年）", en: "Line {line} lies beyond the calendar (2000 to 2060)" },
    action: { zh: "该行没有回答，其余各行照常回答。", en: "This line was not answered, the others were." },
  },
});
