import "dayjs/locale/zh-cn.js";
import zhCN from "antd/es/locale/zh_CN.js";
import type { LanguageBundle } from "./language.ts";
import { textsByLanguage } from "./texts.ts";

export const bundle: LanguageBundle = {
  texts: textsByLanguage(
    import.meta.glob<object>(["../*/texts.zh.json", "../desk/*/texts.zh.json"], { eager: true, import: "default" }),
  ),
  antd: zhCN,
};
