import { Role, roleDefinitions } from "@bihuan/core/identity/roles.ts";
import { useBilingual } from "../platform/language.ts";

/** The name of a role; the code itself where it is none of ours. */
export function useRoleName(): (role: string) => string {
  const say = useBilingual();
  return (role) => {
    const known = Role.safeParse(role);
    return known.success ? say(roleDefinitions[known.data].title) : role;
  };
}
