import { identityOperations } from "@bihuan/contract/identity.ts";
import { Select } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { useOperation } from "../../platform/query.ts";
import { useClearing } from "../../ui/clearing.tsx";
import { useDebounced } from "../../ui/debounce.ts";
import type { PickerProps } from "../../ui/pickers.tsx";

export function StaffPicker({ value, onChange, ...control }: PickerProps<number>) {
  const { t } = useTranslation("identity");
  const clearing = useClearing();
  const [words, setWords] = useState("");
  const text = useDebounced(words.trim());
  const found = useOperation(
    identityOperations.listStaff,
    { query: { active: "true", limit: 20, ...(text ? { text } : {}) } },
    { keepPrevious: true },
  );
  return (
    <Select<number | null>
      {...control}
      style={{ width: "100%" }}
      allowClear={clearing}
      placeholder={t("picker.staff")}
      showSearch={{ onSearch: setWords, filterOption: false }}
      loading={found.isFetching}
      value={value ?? null}
      onChange={(next) => onChange(next ?? undefined)}
      options={(found.data?.staff ?? []).map((person) => ({
        value: person.staffId,
        label: `${person.name} · ${person.homeUnitName}`,
      }))}
    />
  );
}
