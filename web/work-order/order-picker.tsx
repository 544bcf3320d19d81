// Naming another order: by its number, or by finding it.
import { workOrderOperations } from "@bihuan/contract/work-order.ts";
import { Select } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { useOperation } from "../platform/query.ts";
import { useDebounced } from "../ui/debounce.ts";
import type { PickerProps } from "../ui/pickers.tsx";

export function OrderPicker({ value, onChange, ...control }: PickerProps<string>) {
  const { t } = useTranslation("work-order");
  const [words, setWords] = useState("");
  const text = useDebounced(words.trim());
  const found = useOperation(
    workOrderOperations.listOrders,
    { body: { state: "all", sort: "intake", limit: 20, ...(text ? { text } : {}) } },
    { keepPrevious: true },
  );
  const options = (found.data?.orders ?? []).map((order) => ({
    value: order.orderId,
    label: `${order.orderId} · ${order.title}`,
  }));
  // A number that was typed in full counts also where it is not among the first found.
  if (/^[1-9]\d{18}$/.test(text) && !options.some((one) => one.value === text)) options.unshift({ value: text, label: text });
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
      options={options}
    />
  );
}
