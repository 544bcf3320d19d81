// The organisation to walk through: arrow keys as in any tree, a link on every unit.
import { unitKindTitles } from "@bihuan/core/identity/organisation.ts";
import { Link } from "@tanstack/react-router";
import { type KeyboardEvent, useState } from "react";
import { useTranslation } from "react-i18next";
import { useBilingual } from "../../platform/language.ts";
import { Icon } from "../../ui/icon.tsx";
import { Empty } from "../../ui/states.tsx";
import { TextInput } from "../../ui/text-input.tsx";
import styles from "./organisation-tree.module.css";
import { matching, type UnitNode } from "./unit-tree.ts";

/** Tops and their children stand open at first; a search opens everything it found. */
const openFirst = (nodes: readonly UnitNode[]): ReadonlySet<number> =>
  new Set(
    nodes.flatMap(({ unit, children }) => [
      unit.unitId,
      ...(children.length <= 12 ? children.map((child) => child.unit.unitId) : []),
    ]),
  );

export function OrganisationTree({ tree, current }: { tree: readonly UnitNode[]; current: number | null }) {
  const { t } = useTranslation("identity");
  const [words, setWords] = useState("");
  const [open, setOpen] = useState<ReadonlySet<number>>(() => openFirst(tree));
  const searching = words.trim() !== "";
  const shown = matching(tree, words);
  const toggle = (unitId: number): void =>
    setOpen(open.has(unitId) ? new Set([...open].filter((one) => one !== unitId)) : new Set([...open, unitId]));

  const onKey = (event: KeyboardEvent<HTMLElement>): void => {
    const step = event.key === "ArrowDown" ? 1 : event.key === "ArrowUp" ? -1 : 0;
    if (step === 0) return;
    const links = [...event.currentTarget.querySelectorAll<HTMLElement>("a")];
    const at = links.indexOf(document.activeElement as HTMLElement);
    event.preventDefault();
    links[Math.min(links.length - 1, Math.max(0, at + step))]?.focus();
  };
  return (
    <div className={styles.tree}>
      <div className={styles.find}>
        <TextInput
          value={words}
          onChange={(event) => setWords(event.target.value)}
          placeholder={t("unit.find")}
          aria-label={t("unit.find")}
        />
      </div>
      <div className={styles.nodes} onKeyDown={onKey} role="tree" tabIndex={-1} aria-label={t("organisation.title")}>
        {shown.map((node) => (
          <Node
            key={node.unit.unitId}
            node={node}
            level={1}
            current={current}
            isOpen={(unitId) => searching || open.has(unitId)}
            toggle={toggle}
          />
        ))}
        {shown.length === 0 && <Empty title={t("unit.noneFound")} />}
      </div>
    </div>
  );
}

function Node(props: {
  node: UnitNode;
  level: number;
  current: number | null;
  isOpen: (unitId: number) => boolean;
  toggle: (unitId: number) => void;
}) {
  const { t } = useTranslation("identity");
  const say = useBilingual();
  const { unit, children } = props.node;
  const open = props.isOpen(unit.unitId);
  return (
    <div
      role="treeitem"
      aria-level={props.level}
      aria-expanded={children.length > 0 ? open : undefined}
      aria-selected={unit.unitId === props.current}
    >
      <div
        className={styles.node}
        data-current={unit.unitId === props.current}
        data-active={unit.active}
        style={{ paddingLeft: 4 + (props.level - 1) * 16 }}
      >
        {children.length > 0 ? (
          <button
            type="button"
            tabIndex={-1}
            className={styles.toggle}
            aria-label={t(open ? "unit.collapse" : "unit.expand", { name: unit.name })}
            onClick={() => props.toggle(unit.unitId)}
          >
            <Icon name={open ? "down" : "right"} size={14} />
          </button>
        ) : (
          <span className={styles.toggle} />
        )}
        <Link
          className={styles.name}
          to="/organisation"
          search={{ unit: unit.unitId }}
          onKeyDown={(event) => {
            if ((event.key === "ArrowRight" && !open) || (event.key === "ArrowLeft" && open)) props.toggle(unit.unitId);
          }}
        >
          {unit.name}
        </Link>
        <span className={styles.kind}>{say(unitKindTitles[unit.kind])}</span>
      </div>
      {open && children.length > 0 && (
        <div role="group">
          {children.map((child) => (
            <Node key={child.unit.unitId} {...props} node={child} level={props.level + 1} />
          ))}
        </div>
      )}
    </div>
  );
}
