// Codes that the intake keeps open, in the words of the customer's file.
import { customerCategories, customerCategoryTitles, voltages, voltageTitles } from "@bihuan/core/customer/codes.ts";
import type { KnownChoices } from "../ui/schema-form-model.ts";

export const intakeCodes: KnownChoices = {
  customerClass: customerCategories.map((code) => ({ code, label: customerCategoryTitles[code] })),
  voltage: voltages.map((code) => ({ code, label: voltageTitles[code] })),
};
