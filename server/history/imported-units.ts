// Units of an import: one for each label of the file's unit column, below the node the command names.
import { createRefusal } from "@bihuan/core/identity/organisation-change.ts";
import type { OrganisationTree, Unit } from "@bihuan/core/identity/organisation.ts";
import { isRefusal, type Refusal } from "@bihuan/core/refusal.ts";
import { type Actor, recordAccess } from "../identity/access-log/commands.ts";
import { insertUnit, lockOrganisation } from "../identity/organisation/commands.ts";
import { loadTree } from "../identity/organisation/tree.ts";
import type { Tx } from "../platform/database.ts";

const LONGEST_NAME = 80;
const LONGEST_CODE = 40;

/** A label as the name of a unit: no control characters, never the start of a spreadsheet formula, at most 80 characters. */
export function unitName(label: string): string {
  const name = label
    .replaceAll(/\p{Cc}+/gu, " ")
    .replace(/^[\s=+\-@]+/u, "")
    .trim();
  return [...name].length > LONGEST_NAME
    ? `${[...name]
        .slice(0, LONGEST_NAME - 1)
        .join("")
        .trim()}…`
    : name;
}

/** A free code made of the name: its letters and digits, then a number where somebody has that code already. */
export function unitCode(name: string, taken: (code: string) => boolean): string {
  const word = name
    .normalize("NFKC")
    .toUpperCase()
    .replaceAll(/[^\p{L}\p{N}]+/gu, "-")
    .replaceAll(/^-+|-+$/g, "");
  const base = [...(word || "UNIT")].slice(0, LONGEST_CODE - 5).join("");
  for (let number = 1; ; number++) {
    const code = number === 1 ? base : `${base}-${number}`;
    if (!taken(code)) return code;
  }
}

/**
 * The units of an import. Labels that make the same name are one unit; a child of the node with that name is used, an
 * inactive one too. Labels that leave no name belong to the node itself.
 */
export class ImportedUnits {
  readonly #node: Unit;
  readonly #byName: Map<string, number>;
  readonly #byLabel = new Map<string, number>();
  readonly #codes: Set<string>;
  readonly #actor: Actor;
  readonly #nowMs: number;
  #tree: OrganisationTree;
  created = 0;

  constructor(tree: OrganisationTree, node: Unit, actor: Actor, nowMs: number) {
    this.#tree = tree;
    this.#node = node;
    this.#actor = actor;
    this.#nowMs = nowMs;
    this.#byName = new Map(tree.children(node.unitId).map((unit) => [unit.name, unit.unitId]));
    this.#codes = new Set(tree.units.map((unit) => unit.code));
  }

  /** The organisation with the units created so far. */
  get tree(): OrganisationTree {
    return this.#tree;
  }

  /** The unit of a label, once {@link ensure} has seen it. */
  of(label: string | null): number {
    return label === null ? this.#node.unitId : (this.#byLabel.get(label) ?? this.#node.unitId);
  }

  /** Makes sure that every label has its unit. Errors: the node stands too deep, or nothing may stand below it. */
  async ensure(tx: Tx, labels: Iterable<string | null>): Promise<Refusal | null> {
    const before = this.created;
    for (const label of new Set(labels)) {
      if (label === null || this.#byLabel.has(label)) continue;
      const name = unitName(label);
      let unitId = name === "" ? this.#node.unitId : this.#byName.get(name);
      if (unitId === undefined) {
        const created = await this.#create(tx, name);
        if (isRefusal(created)) return created;
        unitId = created;
      }
      this.#byLabel.set(label, unitId);
    }
    if (this.created > before) this.#tree = await loadTree(tx);
    return null;
  }

  async #create(tx: Tx, name: string): Promise<number | Refusal> {
    const code = unitCode(name, (one) => this.#codes.has(one));
    const unit = { code, name, kind: "DEPARTMENT", parentId: this.#node.unitId, zone: null, areaClass: null } as const;
    const refused = createRefusal(this.#tree, unit);
    if (refused) return refused;
    const unitId = await insertUnit(tx, this.#nowMs, { ...unit, regionId: this.#node.regionId });
    this.#codes.add(code);
    this.#byName.set(name, unitId);
    this.created++;
    await recordAccess(tx, this.#nowMs, this.#actor, {
      action: "ORGANISATION_CHANGED",
      recordKind: "unit",
      recordId: unitId,
      facts: { change: "created", code, parent: this.#node.unitId },
    });
    return unitId;
  }
}

/** The node units are created below: by its code, the root where none is named. Locks the organisation until the transaction ends. */
export async function importNode(tx: Tx, code: string | null): Promise<{ tree: OrganisationTree; node: Unit | null }> {
  await lockOrganisation(tx);
  const tree = await loadTree(tx);
  return { tree, node: code === null ? tree.root : tree.byCode(code) };
}
