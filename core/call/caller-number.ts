// A caller's number as the telephone system tells it.
import { normalisePhone } from "../customer/phone.ts";

const LEAST_DIGITS = 3;

/**
 * The number a call is kept with. In: as the switchboard writes it (`+8613800138000`, `0731-88886666`, `anonymous`), null where it was
 * withheld. Out: in the form files have it; what is no number one could call stays as its digits; null where there is none.
 */
export function callerNumber(from: string | null): string | null {
  if (from === null) return null;
  const digits = from.normalize("NFKC").replaceAll(/\D/g, "");
  return normalisePhone(from) ?? (digits.length >= LEAST_DIGITS ? digits : null);
}
