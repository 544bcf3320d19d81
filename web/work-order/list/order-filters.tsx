// The filters of the order list. Each change stands in the address at once, so that a list can be sent to somebody.
import type { FlowView } from "@bihuan/contract/flow.ts";
import { Button, Select } from "antd";
import { useTranslation } from "react-i18next";
import { useBilingual } from "../../platform/language.ts";
import { Icon } from "../../ui/icon.tsx";
import { Tag } from "../../ui/page.tsx";
import { usePickers } from "../../ui/pickers.tsx";
import { SearchInput } from "../../ui/search-input.tsx";
import { clockFilters, dueWithin, filterCount, holders, noFilters, type OrderSearch, orderStates } from "./search.ts";

export function OrderFilters(props: {
  search: OrderSearch;
  flows: readonly FlowView[];
  onChange: (change: { [Name in keyof OrderSearch]?: OrderSearch[Name] | undefined }) => void;
}) {
  const { t } = useTranslation("work-order");
  const say = useBilingual();
  const pickers = usePickers();
  const { search, flows, onChange } = props;
  const flow = flows.find(({ id }) => id === search.flow);
  return (
    <>
      <SearchInput
        width={136}
        value={search.text}
        onSearch={(text) => onChange({ text })}
        placeholder={t("filter.text")}
        label={t("filter.textLabel")}
      />
      <div style={{ width: 120 }}>
        <pickers.unit
          id="order-unit"
          aria-label={t("filter.unit")}
          placeholder={t("filter.unit")}
          value={search.unit}
          onChange={(unit) => onChange({ unit })}
        />
      </div>
      <Select
        allowClear
        style={{ width: 112 }}
        placeholder={t("filter.flow")}
        aria-label={t("filter.flow")}
        value={search.flow ?? null}
        onChange={(next) => onChange({ flow: next ?? undefined, step: undefined })}
        options={flows.filter(({ takesIn }) => takesIn).map(({ id, title }) => ({ value: id, label: say(title) }))}
      />
      {flow && (
        <Select
          allowClear
          style={{ width: 104 }}
          placeholder={t("filter.step")}
          aria-label={t("filter.step")}
          value={search.step ?? null}
          onChange={(step) => onChange({ step: step ?? undefined })}
          options={flow.steps.map(({ key, title }) => ({ value: key, label: say(title) }))}
        />
      )}
      <Select
        style={{ width: 92 }}
        aria-label={t("filter.state")}
        value={search.state ?? "open"}
        onChange={(state) => onChange({ state: state === "open" ? undefined : state })}
        options={orderStates.map((value) => ({ value, label: t(`state.${value}`) }))}
      />
      <Select
        allowClear
        style={{ width: 104 }}
        placeholder={t("filter.clock")}
        aria-label={t("filter.clock")}
        value={search.clock ?? null}
        onChange={(clock) => onChange({ clock: clock ?? undefined })}
        options={clockFilters.map((value) => ({ value, label: t(`clock.${value}`) }))}
      />
      <Select
        allowClear
        style={{ width: 104 }}
        placeholder={t("filter.due")}
        aria-label={t("filter.due")}
        value={search.due ?? null}
        onChange={(due) => onChange({ due: due ?? undefined })}
        options={[...new Set([...dueWithin, ...(search.due ? [search.due] : [])])]
          .sort((a, b) => a - b)
          .map((value) => ({ value, label: dueLabel(t, value) }))}
      />
      <Select
        allowClear
        style={{ width: 92 }}
        placeholder={t("filter.holder")}
        aria-label={t("filter.holder")}
        value={search.holder ?? null}
        onChange={(holder) => onChange({ holder: holder ?? undefined })}
        options={holders.map((value) => ({ value, label: t(`holder.${value}`) }))}
      />
      {search.customer && (
        <Tag tone="accent">
          {t("filter.customer")}
          <button type="button" aria-label={t("filter.customerOff")} onClick={() => onChange({ customer: undefined })}>
            ×
          </button>
        </Tag>
      )}
      {search.person && (
        <Tag tone="accent">
          {t("filter.person")}
          <button type="button" aria-label={t("filter.personOff")} onClick={() => onChange({ person: undefined })}>
            ×
          </button>
        </Tag>
      )}
      {filterCount(search) > 0 && (
        <Button
          type="text"
          aria-label={t("filter.clear")}
          title={t("filter.clear")}
          icon={<Icon name="close" size={16} />}
          onClick={() => onChange(noFilters)}
        />
      )}
    </>
  );
}

type Translate = ReturnType<typeof useTranslation<"work-order">>["t"];
const dueLabel = (t: Translate, minutes: number): string =>
  minutes % 1_440 === 0
    ? t("due.days", { count: minutes / 1_440 })
    : minutes % 60 === 0
      ? t("due.hours", { count: minutes / 60 })
      : t("due.minutes", { count: minutes });
