import { z } from "zod";

/** A text in both languages of the product. Chinese is what people see first; English is complete. */
export const Bilingual = z.object({ zh: z.string(), en: z.string() });
export type Bilingual = z.infer<typeof Bilingual>;

/** An instant on the wire: ISO 8601 with Z or an offset. */
export const Instant = z.iso.datetime({ offset: true });
/** A civil date, `YYYY-MM-DD`. */
export const CivilDate = z.iso.date();
