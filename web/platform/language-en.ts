import "dayjs/locale/en-gb.js";
import enGB from "antd/es/locale/en_GB.js";
import type { LanguageBundle } from "./language.ts";
import { textsByLanguage } from "./texts.ts";

export const bundle: LanguageBundle = {
  texts: textsByLanguage(
    import.meta.glob<object>(["../*/texts.en.json", "../desk/*/texts.en.json"], { eager: true, import: "default" }),
  ),
  antd: enGB,
};
