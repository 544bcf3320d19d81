// What is told of the personal data beside an order, and of a caller who is hidden from the reader.
import type { JsonObject } from "@bihuan/core/flow/form.ts";
import type { OrganisationTree } from "@bihuan/core/identity/organisation.ts";
import type { Role } from "@bihuan/core/identity/roles.ts";
import type { Scope } from "@bihuan/core/identity/scope.ts";
import { maskAddress, maskName, maskPhone, maskText } from "@bihuan/core/identity/masking.ts";

const knowing: ReadonlySet<Role> = new Set(["AGENT", "VERIFIER", "DISPATCHER"]);

/** The nodes at or below which a person knows hidden callers: where he takes demands in, dispatches or verifies them. */
export const desksKnowing = (scope: Scope): readonly number[] =>
  scope.grants.filter((grant) => knowing.has(grant.role)).map((grant) => grant.unitId);

/** A confidential or anonymous caller is hidden from those who handle the demand; the desk that took it in knows. */
export const contactHidden = (scope: Scope, tree: OrganisationTree, order: { identity: string; deskUnitId: number }): boolean =>
  order.identity !== "NAMED" && !desksKnowing(scope).some((unitId) => tree.isWithin(order.deskUnitId, unitId));

const masks: Readonly<Record<string, (value: string) => string>> = {
  contactName: maskName,
  contactPhone: maskPhone,
  address: maskAddress,
  // Told whole, as in the customer file: what it leads to is masked there. A hidden caller's is left out like his name.
  accountNo: (value) => value,
  // Where the handler stood is known to whoever may know the caller: it is where that caller lives.
  position: (value) => value,
};
const identifying: ReadonlySet<string> = new Set(Object.keys(masks));
// Public to the desk, yet keys to who it is: in the customer file, or in the system the demand came from.
const pointing: ReadonlySet<string> = new Set(["customerId", "externalNo"]);

/** Free text with the numbers in it masked. In: what identifies a hidden caller; it is struck out wherever it was written. */
export function maskFreeText(text: string, caller: readonly (string | null)[]): string {
  let told = text;
  for (const one of caller) if (one !== null && [...one.trim()].length > 1) told = told.replaceAll(one.trim(), "***");
  return maskText(told);
}

/** Personal data as they are told: names, numbers and addresses masked, or left out where the caller is hidden. */
export function maskPersonal(personal: JsonObject, hidden: boolean, caller: readonly (string | null)[]): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(personal)
      .filter(([key]) => !(hidden && identifying.has(key)))
      .map(([key, value]) => [
        key,
        typeof value === "string"
          ? (masks[key] ?? ((text: string) => maskFreeText(text, caller)))(value)
          : value !== null && typeof value === "object" && !Array.isArray(value)
            ? maskPersonal(value as JsonObject, hidden, caller)
            : value,
      ]),
  );
}

/** An event's public data, without what leads to a hidden caller. */
export const withoutIdentity = (data: JsonObject): JsonObject =>
  Object.fromEntries(Object.entries(data).filter(([key]) => !pointing.has(key)));
