import { z } from "zod";

/** A text in both languages of the product. Chinese is what people see first; English is complete. */
export const Bilingual = z.object({ zh: z.string(), en: z.string() });
export type Bilingual = Readonly<z.infer<typeof Bilingual>>;

/** As people write one into a rule pack or a calendar: neither language is left out, and nothing else stands beside them. */
export const BilingualEntry = z.strictObject({ zh: z.string().min(1), en: z.string().min(1) });
