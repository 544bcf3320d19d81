// The card a customer keeps (客户服务卡): who answers for him, whom to call, and a code that tells strangers nothing.
import { maskIdNumber } from "../../identity/masking.ts";

const letters = "abcdefghijklmnopqrstuvwxyz234567";

/**
 * The token of a card: the region and 128 random bits, in letters and digits nobody mistakes when reading them out. In: the region
 * and 16 random bytes. It leads to a file for signed-in staff only, and says nothing by itself.
 */
export function cardToken(regionId: number, random: Uint8Array): string {
  if (random.length !== 16) throw new RangeError("a card's token is made of 16 bytes");
  let bits = 0;
  let held = 0;
  let text = "";
  for (const byte of random) {
    held = (held << 8) | byte;
    bits += 8;
    for (; bits >= 5; bits -= 5) text += letters[(held >> (bits - 5)) & 31];
    held &= (1 << bits) - 1;
  }
  return `${regionId}${text}${letters[(held << (5 - bits)) & 31]}`;
}

/** The region a card belongs to. */
export const regionOfCard = (token: string): number => Number(token.slice(0, 3));

/** What the code on a card holds: an address of the product. In: its public address, the token. */
export const cardAddress = (publicUrl: string, token: string): string => `${publicUrl.replace(/\/+$/, "")}/card/${token}`;

/** An account number as a card shows it: whoever finds the card cannot ask about the account by it. */
export const cardAccountNo = (accountNo: string): string => maskIdNumber(accountNo);
