// One filter of a list: a code out of few, or none.
import { Select } from "antd";
import { useClearing } from "./clearing.tsx";

type Props<Code extends string> = {
  readonly label: string;
  /** Pixels. */
  readonly width: number;
  readonly value: Code | undefined;
  readonly onChange: (value: Code | undefined) => void;
  readonly options: readonly { readonly value: Code; readonly label: string }[];
};

export function FilterSelect<Code extends string>({ label, width, value, onChange, options }: Props<Code>) {
  const clearing = useClearing();
  return (
    <Select
      allowClear={clearing}
      style={{ width }}
      placeholder={label}
      aria-label={label}
      value={value ?? null}
      onChange={(chosen: Code | null | undefined) => onChange(chosen ?? undefined)}
      options={[...options]}
    />
  );
}
