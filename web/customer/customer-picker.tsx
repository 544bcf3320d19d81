import { customerOperations } from "@bihuan/contract/customer.ts";
import { Select } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { useOperation } from "../platform/query.ts";
import { useDebounced } from "../ui/debounce.ts";
import type { PickerProps } from "../ui/pickers.tsx";

export function CustomerPicker({ value, onChange, ...control }: PickerProps<string>) {
  const { t } = useTranslation("customer");
  const [words, setWords] = useState("");
  const text = useDebounced(words.trim());
  const found = useOperation(
    customerOperations.searchCustomers,
    { body: { text, limit: 20 } },
    { enabled: text.length >= 1, keepPrevious: true },
  );
  const options = [...new Map((found.data?.rows ?? []).map((row) => [row.customerId, row])).values()];
  return (
    <Select<string | null>
      {...control}
      style={{ width: "100%" }}
      allowClear
      placeholder={t("picker")}
      showSearch={{ onSearch: setWords, filterOption: false }}
      loading={found.isFetching}
      value={value ?? null}
      onChange={(next) => onChange(next ?? undefined)}
      options={options.map((row) => ({
        value: row.customerId,
        label: `${row.customerName} · ${row.accountNo} · ${row.address}`,
      }))}
    />
  );
}
