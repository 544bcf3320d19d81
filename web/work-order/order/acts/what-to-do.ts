import type { Bilingual } from "@bihuan/contract/text.ts";

/** How the server begins a refusal of an act: true, but idle where nothing was tried yet. */
const kept: Bilingual = { zh: "工单未改动。", en: "The order is unchanged. " };

/** What to do about an action that is withheld, without the assurance that nothing was changed. */
export const whatToDo = ({ zh, en }: Bilingual): Bilingual => ({
  zh: zh.startsWith(kept.zh) ? zh.slice(kept.zh.length) : zh,
  en: en.startsWith(kept.en) ? en.slice(kept.en.length) : en,
});
