import { customerCareOperations } from "@bihuan/contract/customer-care.ts";
import { Select } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { useOperation } from "../../platform/query.ts";
import { useDebounced } from "../../ui/debounce.ts";
import type { ControlProps } from "../../ui/field.tsx";

/** Somebody at work who can answer for customers. */
export function ManagerPicker({
  control,
  value,
  onChange,
}: {
  control: ControlProps;
  value: number | null;
  onChange: (staffId: number | null) => void;
}) {
  const { t } = useTranslation("customer");
  const [words, setWords] = useState("");
  const text = useDebounced(words.trim());
  const found = useOperation(customerCareOperations.findManagerChoices, { body: { text } }, { keepPrevious: true });
  return (
    <Select<number | null>
      {...control}
      style={{ width: "100%" }}
      allowClear
      placeholder={t("manager.choose")}
      showSearch={{ onSearch: setWords, filterOption: false }}
      loading={found.isFetching}
      value={value}
      onChange={(next) => onChange(next ?? null)}
      options={(found.data?.staff ?? []).map(({ staffId, name, account, unit }) => ({
        value: staffId,
        label: `${name} · ${account} · ${unit.name}`,
      }))}
    />
  );
}
