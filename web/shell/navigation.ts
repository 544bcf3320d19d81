// The pages one can go to, in the order of the rail, and who sees them.
import type { Permission } from "@bihuan/contract/permissions.ts";
import type { IconName } from "../ui/icon.tsx";

export type Destination = {
  readonly key:
    | "desk"
    | "work"
    | "orders"
    | "connections"
    | "customers"
    | "knowledge"
    | "organisation"
    | "staff"
    | "calendars"
    | "rules"
    | "flows"
    | "keys"
    | "log";
  readonly to: string;
  readonly icon: IconName;
  /** Absent where everybody who is signed in may see it. */
  readonly permission?: Permission;
};

export const destinations: readonly Destination[] = [
  { key: "desk", to: "/desk", icon: "phone", permission: "order.intake" },
  { key: "work", to: "/work", icon: "check", permission: "order.read" },
  { key: "orders", to: "/orders", icon: "order", permission: "order.read" },
  { key: "connections", to: "/connections", icon: "plug", permission: "order.read" },
  { key: "customers", to: "/customers", icon: "customer", permission: "customer.read" },
  { key: "knowledge", to: "/knowledge", icon: "lamp", permission: "knowledge.read" },
  { key: "organisation", to: "/organisation", icon: "organisation", permission: "organisation.read" },
  { key: "staff", to: "/staff", icon: "staff", permission: "staff.read" },
  { key: "calendars", to: "/calendars", icon: "calendar", permission: "calendar.read" },
  { key: "rules", to: "/rule-packs", icon: "rule", permission: "rule.read" },
  { key: "flows", to: "/flows", icon: "flow" },
  { key: "keys", to: "/api-keys", icon: "key", permission: "api-key.manage" },
  { key: "log", to: "/access-log", icon: "log", permission: "access-log.read" },
];

/** Pages below those of the rail, which the search finds by name. */
const further = [
  { key: "transformerAreas", to: "/transformer-areas", icon: "customer", permission: "customer.read" },
  { key: "knowledgeWork", to: "/knowledge/work", icon: "lamp", permission: "knowledge.edit" },
  { key: "enterYear", to: "/calendars/enter-year", icon: "calendar", permission: "calendar.edit" },
  { key: "policies", to: "/policies", icon: "rule", permission: "rule.read" },
  { key: "rulebooks", to: "/rulebooks", icon: "rule", permission: "rule.read" },
  { key: "account", to: "/account", icon: "staff" },
  { key: "styleguide", to: "/styleguide", icon: "eye" },
] as const satisfies readonly (Omit<Destination, "key"> & { readonly key: string })[];

/** The destinations a person sees. In: whether they hold a permission. */
export const destinationsFor = (may: (permission: Permission) => boolean): readonly Destination[] =>
  destinations.filter(({ permission }) => permission === undefined || may(permission));

export const furtherFor = (may: (permission: Permission) => boolean): readonly (typeof further)[number][] =>
  further.filter((one) => !("permission" in one) || may(one.permission));
