// Naming another order: by its number, or by finding it.
import { workOrderOperations } from "@bihuan/contract/work-order.ts";
import { Select } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { useOperation } from "../platform/query.ts";
import { useDebounced } from "../ui/debounce.ts";
import type { PickerProps } from "../ui/pickers.tsx";
import { besides, useOrderInHand } from "./order/form/order-in-hand.ts";

export function OrderPicker({ value, onChange, ...control }: PickerProps<string>) {
  const { t } = useTranslation("work-order");
  const [words, setWords] = useState("");
  const text = useDebounced(words.trim());
  const inHand = useOrderInHand();
  // A link may lead to what is closed, once it is looked for; what is only offered is open and of the same kind.
  const narrow = inHand !== null && (inHand.sameBusiness || text === "");
  const found = useOperation(
    workOrderOperations.listOrders,
    {
      body: {
        state: narrow ? "open" : "all",
        sort: "intake",
        limit: 30,
        ...(narrow ? { flow: inHand.flow } : {}),
        ...(text ? { text } : {}),
      },
    },
    { keepPrevious: true },
  );
  const options = besides(found.data?.orders ?? [], inHand).map((order) => ({
    value: order.orderId,
    label: [order.orderId, order.title, order.address ?? order.unit.name].join(" · "),
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
      popupMatchSelectWidth={420}
      loading={found.isFetching}
      value={value ?? null}
      onChange={(next) => onChange(next ?? undefined)}
      options={options}
    />
  );
}
