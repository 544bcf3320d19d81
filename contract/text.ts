import { Whole } from "@bihuan/core/whole.ts";
import { z } from "zod";

export { Whole };

/** A text in both languages of the product. Chinese is what people see first; English is complete. */
export const Bilingual = z.object({ zh: z.string(), en: z.string() });
export type Bilingual = z.infer<typeof Bilingual>;

/** An instant on the wire: ISO 8601 with Z or an offset. */
export const Instant = z.iso.datetime({ offset: true });
/** A whole number in an address, where numbers are text. */
export const WholeText = z.coerce.number<number | string>().int().min(1).max(2_147_483_647);
/** A civil date, `YYYY-MM-DD`. */
export const CivilDate = z.iso.date();
