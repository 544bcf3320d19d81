// The permissions are rules, so they stand in core; operations name them through here.
export { Permission, permissions } from "@bihuan/core/identity/permissions.ts";
