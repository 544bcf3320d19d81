// Which clocks a suspension would stop, in words.
import type { SuspensionReason } from "@bihuan/contract/work-order.ts";
import type { Bilingual } from "@bihuan/contract/text.ts";
import { useTranslation } from "react-i18next";
import { useBilingual } from "../../../platform/language.ts";

type Stops = SuspensionReason["stops"];

/** Clocks of one kind once, with whose limits they are. */
export function stopsByTitle(stops: Stops): { readonly title: Bilingual; readonly authorities: Stops[number]["authority"][] }[] {
  const found = new Map<string, { title: Bilingual; authorities: Stops[number]["authority"][] }>();
  for (const { slot, title, authority } of stops) {
    const known = found.get(slot) ?? { title, authorities: [] };
    if (!known.authorities.includes(authority)) known.authorities.push(authority);
    found.set(slot, known);
  }
  return [...found.values()];
}

/** `short` for a list of reasons, `whole` for the reason that was chosen. */
export function useStops() {
  const { t } = useTranslation(["work-order", "clock"]);
  const say = useBilingual();
  const separator = t("separator");
  const list = (stops: Stops): string =>
    stopsByTitle(stops)
      .map(({ title, authorities }) =>
        t("stops.one", {
          title: say(title),
          authorities: authorities.map((authority) => t(`clock:authority.${authority}`)).join(separator),
        }),
      )
      .join(separator);
  return {
    whole: (stops: Stops): string => (stops.length === 0 ? t("stops.none") : t("stops.some", { clocks: list(stops) })),
    short(title: Bilingual, stops: Stops): Bilingual {
      const note = stops.length === 0 ? t("stops.noneShort") : t("stops.someShort", { count: stopsByTitle(stops).length });
      return { zh: `${title.zh} · ${note}`, en: `${title.en} · ${note}` };
    },
  };
}
