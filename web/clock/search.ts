import { oneOf, present, type RawSearch, whole } from "../platform/search.ts";

export const ruleViews = ["rules", "edit", "versions"] as const;
export const readRuleSearch = (search: RawSearch) =>
  present({ view: oneOf(search, "view", ruleViews), version: whole(search, "version") });
