import type { Permission } from "@bihuan/core/identity/permissions.ts";
import type { OrganisationTree } from "@bihuan/core/identity/organisation.ts";
import { can, type Scope } from "@bihuan/core/identity/scope.ts";
import { type Refusal, refuse } from "@bihuan/core/refusal.ts";
import { type Actor, actorOf, atCommandLine } from "./access-log/commands.ts";

/** Who administers. A null scope is the command line: it is bound by the rules, but by no unit. */
export type Editor = { readonly scope: Scope | null; readonly actor: Actor };

export const commandLine: Editor = { scope: null, actor: atCommandLine };
export const editorOf = (scope: Scope, address: string): Editor => ({ scope, actor: actorOf(scope, address) });

/** Whether the editor holds the permission at the unit. */
export const holdsAt = ({ scope }: Editor, tree: OrganisationTree, permission: Permission, unitId: number): boolean =>
  scope === null || can(scope, tree, permission, unitId);

/** Why the editor may not act on the unit, or null. */
export const outside = (editor: Editor, tree: OrganisationTree, permission: Permission, unitId: number): Refusal | null =>
  holdsAt(editor, tree, permission, unitId) ? null : refuse("identity.outside-scope", { unit: unitId });

/** The editor's staff id, null for the command line and for keys: who granted, revoked, created. */
export const staffIdOf = ({ actor }: Editor): number | null => (actor.kind === "staff" ? actor.id : null);
