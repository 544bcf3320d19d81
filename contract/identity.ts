// Organisation, staff, sign-in, API keys and the access log: every operation of the identity slice.
import { accessOperations } from "./identity-access.ts";
import { organisationOperations } from "./identity-organisation.ts";
import { staffOperations } from "./identity-staff.ts";

export * from "./identity-access.ts";
export * from "./identity-organisation.ts";
export * from "./identity-staff.ts";

export const identityOperations = { ...accessOperations, ...organisationOperations, ...staffOperations };
