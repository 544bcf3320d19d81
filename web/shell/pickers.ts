// Which picker serves which field of a generated form.
import { CustomerPicker } from "../customer/customer-picker.tsx";
import { StaffPicker } from "../identity/staff/staff-picker.tsx";
import { UnitPicker, UnitsPicker } from "../identity/organisation/unit-picker.tsx";
import type { Pickers } from "../ui/pickers.tsx";
import { OrderPicker } from "../work-order/order-picker.tsx";

export const pickers: Pickers = {
  unit: UnitPicker,
  units: UnitsPicker,
  staff: StaffPicker,
  order: OrderPicker,
  customer: CustomerPicker,
};
