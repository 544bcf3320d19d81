// Why a customer was found, as far as the answer tells: by whom the account belongs to, or by where it is.

type Row = { readonly customerName: string; readonly accountNo: string; readonly address: string | null };

/** Of a masked name the first character is known, and that it is one. */
const isNamed = (name: string, word: string): boolean => (name.includes("*") ? name[0] === word[0] : name.includes(word));

/** In: what was typed, and what was found by it. True where Chinese was typed that is not the customer's name: then it is the place. */
export const isFoundByPlace = (text: string, { customerName, address }: Row): boolean =>
  address !== null &&
  /\p{Script=Han}/u.test(text) &&
  !text
    .trim()
    .split(/\s+/)
    .some((word) => isNamed(customerName, word));
