// Texts of articles in the language of the screen; Chinese stands in where there is no English yet.
import type { Wording } from "@bihuan/contract/knowledge.ts";
import type { ArticleLink } from "@bihuan/core/knowledge/links.ts";
import { useTranslation } from "react-i18next";
import { useFlows } from "../flow/use-flows.ts";
import { useLanguage } from "../platform/language.ts";

export const wordsIn = (language: "zh" | "en", text: Wording): string => (language === "en" ? (text.en ?? text.zh) : text.zh);

export function useWords(): (text: Wording) => string {
  const language = useLanguage();
  return (text) => wordsIn(language, text);
}

/** Where a link shows an article, in words: the business, its subtype, the step. */
export function usePlaceWords(): (link: ArticleLink) => string {
  const { t } = useTranslation("knowledge");
  const { flows, words } = useFlows();
  return ({ flow, subtype, step }) => {
    // A step of every business is called as the first that has it calls it.
    const named = flow ?? flows.find(({ steps }) => steps.some(({ key }) => key === step))?.id ?? "";
    return [
      flow === null ? t("facts.anyFlow") : words.flow(flow),
      flow !== null && subtype !== null ? words.subtype(flow, subtype) : null,
      step === null ? null : words.step(named, step),
    ]
      .filter((part) => part !== null)
      .join(" · ");
  };
}
