import { customerCategories, importances, specialNeedKinds } from "@bihuan/core/customer/codes.ts";
import { areaClasses } from "@bihuan/core/identity/organisation.ts";
import { oneOf, present, type RawSearch, text, whole } from "../platform/search.ts";

export const evidenceFilters = ["MISSING", "EXPIRED", "EXPIRING"] as const;

// 0 stands for customers nobody answers for.
const managerIn = (search: RawSearch) => (String(search["manager"]) === "0" ? 0 : whole(search, "manager"));

/** Which two files are compared. */
export const readMergeSearch = (search: RawSearch) => present({ with: text(search, "with", 13) });

export const readCustomerSearch = (search: RawSearch) =>
  present({
    text: text(search, "text"),
    unit: whole(search, "unit"),
    category: oneOf(search, "category", customerCategories),
    area: oneOf(search, "area", areaClasses),
    importance: oneOf(search, "importance", importances),
    need: oneOf(search, "need", specialNeedKinds),
    evidence: oneOf(search, "evidence", evidenceFilters),
    manager: managerIn(search),
  });
export type CustomerSearch = ReturnType<typeof readCustomerSearch>;

export const readAreaSearch = (search: RawSearch) => present({ text: text(search, "text", 60), unit: whole(search, "unit") });
