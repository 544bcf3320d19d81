// Chinese first, English complete. One chunk per language holds every slice's texts, so that a page never shows keys while it loads.
import type { Bilingual } from "@bihuan/contract/text.ts";
import type { Locale } from "antd/es/locale/index.js";
import i18next, { type i18n } from "i18next";
import { initReactI18next, useTranslation } from "react-i18next";

export type Language = "zh" | "en";
export type LanguageBundle = { readonly texts: Readonly<Record<string, object>>; readonly antd: Locale };

const bundles: Record<Language, () => Promise<{ bundle: LanguageBundle }>> = {
  zh: () => import("./language-zh.ts"),
  en: () => import("./language-en.ts"),
};
const loaded = new Map<Language, LanguageBundle>();
const stored = "bihuan.language";

const tag = (language: Language): string => (language === "zh" ? "zh-CN" : "en");

async function load(language: Language): Promise<void> {
  if (loaded.has(language)) return;
  const { bundle } = await bundles[language]();
  loaded.set(language, bundle);
  for (const [slice, texts] of Object.entries(bundle.texts)) i18next.addResourceBundle(language, slice, texts);
}

/** Starts with the language chosen last on this machine, else Chinese. */
export async function startLanguage(): Promise<void> {
  const language: Language = localStorage.getItem(stored) === "en" ? "en" : "zh";
  await i18next.use(initReactI18next).init({
    lng: language,
    fallbackLng: false,
    ns: [],
    resources: {},
    interpolation: { escapeValue: false },
    returnNull: false,
    saveMissing: true,
    // The page goes on with the key; whoever watches for errors (the browser stories do) hears of it.
    missingKeyHandler: (_, slice, key) => reportError(new Error(`no text for ${slice}:${key}`)),
  });
  await chooseLanguage(language);
}

export async function chooseLanguage(language: Language): Promise<void> {
  await load(language);
  localStorage.setItem(stored, language);
  document.documentElement.lang = tag(language);
  await i18next.changeLanguage(language);
}

/** A part of a page in a language of its own: what its provider needs. */
export async function translatorOf(language: Language): Promise<i18n> {
  await load(language);
  const translator = i18next.cloneInstance({ lng: language });
  await translator.changeLanguage(language);
  return translator;
}

export const currentLanguage = (): Language => (i18next.language === "en" ? "en" : "zh");
export const antLocale = (language: Language): Locale => (loaded.get(language) as LanguageBundle).antd;

/** The language of the screen; the component is drawn again when it changes. */
export function useLanguage(): Language {
  return useTranslation().i18n.language === "en" ? "en" : "zh";
}
/** Picks the screen's language out of a text that came with both. */
export function useBilingual(): (text: Bilingual) => string {
  const language = useLanguage();
  return (text) => text[language];
}
