import { defineErrors } from "./entry.ts";

const nothing = { zh: "没有导入任何内容。", en: "Nothing was loaded." };
const say = (zh: string, en: string) => ({ zh: `${nothing.zh}${zh}`, en: `${nothing.en} ${en}` });

export const reportErrors = defineErrors({
  "import.file-unreadable": {
    status: 422,
    title: { zh: "文件无法读取", en: "The file cannot be read" },
    action: say("请核对路径与文件是否完整：{reason}", "Check the path and whether the file is complete: {reason}"),
  },
  "import.file-empty": {
    status: 422,
    title: { zh: "文件是空的", en: "The file is empty" },
    action: say("文件至少要有一行表头。", "It needs a header row at least."),
  },
  "import.file-changed": {
    status: 409,
    title: { zh: "文件在读取过程中被改动", en: "The file changed while it was read" },
    action: say("请等文件写完后重试。", "Try again once it is complete."),
  },
  "import.encoding-wrong": {
    status: 422,
    title: { zh: "文件不是映射所写的编码", en: "The file is not in the encoding the mapping names" },
    action: say(
      "请在映射中写 encoding: gb18030（中文 Excel 常用）或 utf-8。",
      "Say encoding: gb18030 (usual for Chinese Excel) or utf-8 in the mapping.",
    ),
  },
  "import.quote-not-closed": {
    status: 422,
    title: { zh: "第 {line} 行附近的引号没有闭合", en: "A quotation mark near line {line} is never closed" },
    action: say("请更正该行。", "Correct that line."),
  },
  "import.mapping-invalid": {
    status: 422,
    title: { zh: "映射文件不符合要求", en: "The mapping is not valid" },
    action: say("请更正：{problems}", "Correct: {problems}"),
  },
  "import.column-missing": {
    status: 422,
    title: { zh: "文件中没有映射所写的列", en: "The file lacks columns the mapping names" },
    action: say("请核对表头：{columns}", "Check the header: {columns}"),
  },
  "import.node-unknown": {
    status: 404,
    title: { zh: "没有单位 {code}", en: "There is no unit {code}" },
    action: say("请用 --below 给出已有单位的编码。", "Name an existing unit's code with --below."),
  },
  "import.unknown": {
    status: 404,
    title: { zh: "没有名为 {name} 的导入", en: "There is no import named {name}" },
    action: { zh: "已有：{known}", en: "There are: {known}" },
  },
  "report.dimension-unknown": {
    status: 422,
    title: { zh: "不能按 {dimension} 分组", en: "Cannot group by {dimension}" },
    action: { zh: "可用：{known}", en: "Available: {known}" },
  },
  "report.too-many-dimensions": {
    status: 422,
    title: { zh: "分组维度过多", en: "Too many dimensions" },
    action: { zh: "最多 {most} 个，请减少。", en: "Name {most} at most." },
  },
  "report.instant-unreadable": {
    status: 422,
    title: { zh: "无法识别时间 {text}", en: "The instant {text} is not understood" },
    action: {
      zh: "请写成 2024-03-31 18:00:00 或带时区偏移的 2024-03-31T18:00:00+08:00。",
      en: "Write 2024-03-31 18:00:00, or 2024-03-31T18:00:00+08:00 with an offset.",
    },
  },
});
