// Choosing a unit from the tree, by looking or by typing part of its name.
import { DownOutlined } from "@ant-design/icons";
import { TreeSelect } from "antd";
import { useMemo } from "react";
import { useTranslation } from "react-i18next";
import { useClearing } from "../../ui/clearing.tsx";
import type { PickerProps } from "../../ui/pickers.tsx";
import type { UnitNode } from "./unit-tree.ts";
import { useOrganisation } from "./use-organisation.ts";

type Option = { value: number; title: string; label: string; disabled: boolean; children: Option[] };

const options = (nodes: readonly UnitNode[]): Option[] =>
  nodes
    .filter(({ unit }) => unit.active)
    .map(({ unit, children }) => ({
      value: unit.unitId,
      title: unit.name,
      label: unit.name,
      disabled: false,
      children: options(children),
    }));

function useTreeProps() {
  const { t } = useTranslation("identity");
  const { query, tree } = useOrganisation();
  const clearing = useClearing();
  const treeData = useMemo(() => options(tree), [tree]);
  return {
    treeData,
    loading: query.isLoading,
    showSearch: { treeNodeFilterProp: "title" },
    treeDefaultExpandedKeys: treeData.flatMap((top) => [
      top.value,
      ...(top.children.length < 20 ? top.children.map((child) => child.value) : []),
    ]),
    placeholder: t("picker.unit"),
    style: { width: "100%" },
    styles: { popup: { root: { maxHeight: 360, minWidth: 280 } } },
    treeLine: false,
    allowClear: clearing,
    suffixIcon: <DownOutlined aria-hidden />,
  } as const;
}

export function UnitPicker({ value, onChange, ...control }: PickerProps<number>) {
  return (
    <TreeSelect<number | null>
      {...useTreeProps()}
      {...control}
      {...(control["aria-required"] ? { allowClear: false } : {})}
      value={value ?? null}
      onChange={(next) => onChange(next ?? undefined)}
    />
  );
}

export function UnitsPicker({ value, onChange, ...control }: PickerProps<readonly number[]>) {
  return (
    <TreeSelect<number[]>
      {...useTreeProps()}
      {...control}
      multiple
      value={[...(value ?? [])]}
      onChange={(next) => onChange(next.length > 0 ? next : undefined)}
    />
  );
}
