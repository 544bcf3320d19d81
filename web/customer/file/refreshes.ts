import { customerCareOperations } from "@bihuan/contract/customer-care.ts";
import { customerFileOperations } from "@bihuan/contract/customer-file.ts";
import { customerOperations } from "@bihuan/contract/customer.ts";

/** What is read again after a customer's file changed. */
export const fileRefreshes = [
  customerOperations.getCustomer,
  customerOperations.searchCustomers,
  customerFileOperations.listCustomerNotes,
  customerFileOperations.listCustomerVisits,
  customerCareOperations.findDuplicates,
  customerCareOperations.listDuplicates,
  customerCareOperations.listCustomerManagers,
];
