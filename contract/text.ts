import { Whole } from "@bihuan/core/whole.ts";
import { z } from "zod";

export { Bilingual } from "@bihuan/core/text.ts";
export { Whole };

/** An instant on the wire: ISO 8601 with Z or an offset. */
export const Instant = z.iso.datetime({ offset: true });
/** A whole number in an address, where numbers are text. */
export const WholeText = z.coerce.number<number | string>().int().min(1).max(2_147_483_647);
/** A civil date, `YYYY-MM-DD`. */
export const CivilDate = z.iso.date();
