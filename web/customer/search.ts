import { customerCategories, importances, specialNeedKinds } from "@bihuan/core/customer/codes.ts";
import { areaClasses } from "@bihuan/core/identity/organisation.ts";
import { oneOf, present, type RawSearch, text, whole } from "../platform/search.ts";

export const readCustomerSearch = (search: RawSearch) =>
  present({
    text: text(search, "text"),
    unit: whole(search, "unit"),
    category: oneOf(search, "category", customerCategories),
    area: oneOf(search, "area", areaClasses),
    importance: oneOf(search, "importance", importances),
    need: oneOf(search, "need", specialNeedKinds),
  });
export type CustomerSearch = ReturnType<typeof readCustomerSearch>;

export const readAreaSearch = (search: RawSearch) => present({ text: text(search, "text", 60), unit: whole(search, "unit") });
