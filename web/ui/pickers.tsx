// Choosing a unit, a person, an order or a customer inside a generated form. The slices that know them bring their pickers; the
// form only knows that there is one.
import { type ComponentType, createContext, useContext } from "react";
import type { ControlProps } from "./field.tsx";

export type PickerProps<Value> = ControlProps & {
  readonly value: Value | undefined;
  readonly onChange: (value: Value | undefined) => void;
  readonly placeholder?: string;
};

export type Pickers = {
  readonly unit: ComponentType<PickerProps<number>>;
  readonly units: ComponentType<PickerProps<readonly number[]>>;
  readonly staff: ComponentType<PickerProps<number>>;
  readonly order: ComponentType<PickerProps<string>>;
  readonly customer: ComponentType<PickerProps<string>>;
};

const Context = createContext<Pickers | null>(null);
export const PickersProvider = Context.Provider;

export function usePickers(): Pickers {
  const pickers = useContext(Context);
  if (!pickers) throw new Error("a generated form stands below PickersProvider");
  return pickers;
}
