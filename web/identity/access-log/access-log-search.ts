import { accessActions } from "@bihuan/contract/identity-access.ts";
import { oneOf, present, type RawSearch, text } from "../../platform/search.ts";

const date = (search: RawSearch, name: string): string | undefined => {
  const value = text(search, name, 10);
  return value && /^\d{4}-\d{2}-\d{2}$/.test(value) ? value : undefined;
};

/** `from` and `to` are civil dates, both included. */
export const readAccessLogSearch = (search: RawSearch) =>
  present({
    from: date(search, "from"),
    to: date(search, "to"),
    action: oneOf(search, "action", accessActions),
    account: text(search, "account", 40),
  });
export type AccessLogSearch = ReturnType<typeof readAccessLogSearch>;
