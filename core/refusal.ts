/**
 * A rule that says no is a result, not an exception. `code` is an entry of the error catalogue (contract/errors.ts);
 * `facts` fill its text and travel to the caller.
 */
export type Refusal = { readonly refused: string; readonly facts: Readonly<Record<string, string | number | boolean | null>> };

export const refuse = (code: string, facts: Refusal["facts"] = {}): Refusal => ({ refused: code, facts });
export const isRefusal = (value: unknown): value is Refusal => typeof value === "object" && value !== null && "refused" in value;
