// The customer a demand is about: what was left empty is taken from the customer's file, so that the crew finds an address on its
// order and a repeat is recognised by its telephone.
import { refuse, type Refusal } from "@bihuan/core/refusal.ts";
import type { IntakeCustomer, Named } from "../../customer/intake.ts";
import type { Matter } from "../store/search-tokens.ts";
import type { Acting } from "../world.ts";

type Asked = { readonly acting: Acting; readonly command: { readonly form: unknown } };

const isForm = (form: unknown): form is Readonly<Record<string, unknown>> =>
  typeof form === "object" && form !== null && !Array.isArray(form);
const textAt = (form: unknown, key: string): string | undefined => {
  const value = isForm(form) ? form[key] : undefined;
  return typeof value === "string" && value.trim() !== "" ? value.trim() : undefined;
};

/** What a form names of its customer, as it came: it may still prove not to be a form at all. */
export const customerNamed = ({ acting, command: { form } }: Asked): Named => ({
  scope: acting.scope,
  customerId: textAt(form, "customerId"),
  accountNo: textAt(form, "accountNo"),
});

const hidden = (account: IntakeCustomer["account"]): Partial<NonNullable<IntakeCustomer["account"]>> =>
  account ? { accountNo: account.accountNo } : {};

// The longest the form takes (core/flow/intake.ts): a company's name may be longer than a contact's.
const limits: Readonly<Record<string, number>> = { contactName: 60, contactPhone: 30, address: 200 };

/** What hints look for: what the caller said, and for the rest the customer's file. */
export const matterWith = (matter: Matter, customer: IntakeCustomer | null): Matter => ({
  customerId: matter.customerId ?? customer?.customerId,
  accountNo: matter.accountNo ?? customer?.account?.accountNo,
  phone: matter.phone ?? customer?.phone,
  address: matter.address ?? customer?.account?.address,
  transformerArea: matter.transformerArea ?? customer?.account?.transformerAreaCode,
});

/**
 * The form with the customer's file taken over. In: the form as it came, and the customer it names, null where there is none. A
 * customer who was chosen and is not there is refused; an account number that leads to no file is simply what the caller said.
 */
export function withCustomer(form: unknown, customer: IntakeCustomer | null): { readonly form: unknown } | Refusal {
  if (!isForm(form)) return { form };
  if (customer === null) {
    const customerId = textAt(form, "customerId");
    return customerId === undefined || !/^\d{1,18}$/.test(customerId)
      ? { form }
      : refuse("work-order.customer-unknown", { customerId });
  }
  // Handlers of a confidential demand are told its place and its class: those must not be the caller's own.
  const account = form["identity"] === "CONFIDENTIAL" ? hidden(customer.account) : customer.account;
  const file: Readonly<Record<string, string | null | undefined>> = {
    customerId: customer.customerId,
    contactName: customer.contactName,
    contactPhone: customer.phone,
    accountNo: account?.accountNo,
    address: account?.address,
    transformerArea: account?.transformerAreaCode,
    customerClass: account?.category,
    voltage: account?.voltage,
  };
  const taken = Object.entries(file).flatMap(([key, value]) =>
    value && (form[key] === undefined || form[key] === null || form[key] === "") ? [[key, value.slice(0, limits[key])]] : [],
  );
  return { form: { ...form, ...(Object.fromEntries(taken) as object) } };
}
