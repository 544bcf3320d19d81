import { roles } from "@bihuan/core/identity/roles.ts";
import { oneOf, present, type RawSearch, text, whole } from "../platform/search.ts";

export const readUnitSearch = (search: RawSearch) => present({ unit: whole(search, "unit") });

export const readStaffSearch = (search: RawSearch) =>
  present({
    unit: whole(search, "unit"),
    role: oneOf(search, "role", roles),
    text: text(search, "text", 40),
    active: oneOf(search, "active", ["all", "no"]),
  });
export type StaffSearch = ReturnType<typeof readStaffSearch>;
