// People and their roles from CSV: all of a file or nothing, every problem with its line.
import { Account } from "@bihuan/contract/identity-staff.ts";
import type { ImportResult } from "@bihuan/contract/identity-organisation.ts";
import {
  type ImportColumn,
  type ImportProblem,
  type ImportRow,
  lineProblem,
  problem,
  readColumns,
} from "@bihuan/core/identity/import-file.ts";
import type { OrganisationTree } from "@bihuan/core/identity/organisation.ts";
import { Role, roleDefinitions, roles } from "@bihuan/core/identity/roles.ts";
import { errorCatalogue, type ErrorCode } from "@bihuan/contract/errors.ts";
import type { Tx } from "../../platform/database.ts";
import type { Platform } from "../../platform/platform.ts";
import { sql } from "../../platform/sql.ts";
import { type AccessRecord, recordAccess } from "../access-log/commands.ts";
import { readTable } from "../import-table.ts";
import { type Editor, holdsAt } from "../editor.ts";
import { forgetSessions, IDENTITY_CHANGED } from "../memory.ts";
import { currentTree } from "../organisation/tree.ts";
import { accountKey } from "../sign-in/attempts.ts";
import { applyStaff, insertStaff } from "./commands.ts";
import { grantRefusal, insertGrant } from "./grants.ts";
import { staffByAccounts } from "./queries.ts";

const nothing: ImportResult = { applied: false, created: 0, changed: 0, unchanged: 0, problems: [] };
type Counts = { created: number; changed: number; unchanged: number };
type Cell = (row: ImportRow, column: string) => string | null;

const accountColumn: ImportColumn = { name: "account", aliases: ["账号", "工号"], required: true };
const unitColumn: ImportColumn = { name: "unit_code", aliases: ["单位编码", "编码"], required: true };
const staffColumns = [accountColumn, { name: "name", aliases: ["姓名"], required: true }, unitColumn];
const grantColumns = [accountColumn, { name: "role", aliases: ["角色"], required: true }, unitColumn];

/** Runs one import: `work` reads the rows, reports problems and, where there are none, has written everything. */
async function importRows(
  platform: Platform,
  csv: string,
  columns: readonly ImportColumn[],
  dryRun: boolean,
  editor: Editor,
  kind: string,
  work: (tx: Tx, rows: readonly ImportRow[], cell: Cell, problems: ImportProblem[]) => Promise<Counts>,
): Promise<ImportResult> {
  const file = readTable(csv);
  if ("problems" in file) return { ...nothing, problems: file.problems };
  const { problems: headerProblems, cell } = readColumns(file.header, columns);
  if (headerProblems.length > 0) return { ...nothing, problems: headerProblems };
  if (file.rows.length === 0) return { ...nothing, problems: [problem(0, null, "文件中没有数据行", "the file has no rows")] };
  const undone = new Error("undone");
  let result: ImportResult = nothing;
  try {
    await platform.db.transaction(async (tx) => {
      const problems: ImportProblem[] = [];
      const counts = await work(tx, file.rows, cell, problems);
      result = problems.length > 0 ? { ...nothing, problems } : { ...counts, applied: !dryRun, problems };
      if (!result.applied) throw undone;
      const imported: AccessRecord = {
        action: "DATA_IMPORTED",
        recordKind: kind,
        facts: { created: counts.created, changed: counts.changed },
      };
      await recordAccess(tx, platform.time.nowMs(), editor.actor, imported);
      await platform.live.publish(tx, [IDENTITY_CHANGED]);
    });
  } catch (error) {
    if (error !== undone) throw error;
  }
  forgetSessions(platform.db);
  return result;
}

/** The unit of a row: it exists, is active, and the editor's. */
function unitOf(
  tree: OrganisationTree,
  editor: Editor,
  permission: "staff.edit" | "role.grant",
  code: string | null,
  line: number,
  problems: ImportProblem[],
): number | null {
  const unit = code === null ? null : tree.byCode(code);
  if (!unit?.active)
    problems.push(problem(line, "unit_code", `单位 ${code ?? ""} 不存在或已停用`, `there is no active unit ${code ?? ""}`));
  else if (!holdsAt(editor, tree, permission, unit.unitId))
    problems.push(problem(line, "unit_code", "超出您的管理范围", "outside the units you are responsible for"));
  else return unit.unitId;
  return null;
}

/** Imports people: account, name, unit_code. A known account gets the name and unit of the file; inactive ones are reported. */
export const importStaff = (platform: Platform, editor: Editor, csv: string, dryRun: boolean): Promise<ImportResult> =>
  importRows(platform, csv, staffColumns, dryRun, editor, "staff", async (tx, rows, cell, problems) => {
    const tree = await currentTree(platform);
    const nowMs = platform.time.nowMs();
    await tx.run(sql`lock table staff in share row exclusive mode`);
    const keys = rows.map((row) => accountKey(cell(row, "account") ?? ""));
    const known = new Map((await staffByAccounts(tx, keys)).map((person) => [person.key, person]));
    const lines = new Map<string, number>();
    const counts = { created: 0, changed: 0, unchanged: 0 };
    for (const row of rows) {
      const before = problems.length;
      const account = Account.safeParse(cell(row, "account") ?? "").data;
      const name = cell(row, "name");
      if (!account)
        problems.push(
          problem(
            row.line,
            "account",
            "账号须为 2–40 个字母、数字、汉字或 . _ -",
            "an account has 2 to 40 letters, digits or . _ -",
          ),
        );
      if (name === null) problems.push(problem(row.line, "name", "不能为空", "must not be empty"));
      const nameProblem = name === null ? null : lineProblem(row.line, "name", name, 40);
      if (nameProblem) problems.push(nameProblem);
      const homeUnitId = unitOf(tree, editor, "staff.edit", cell(row, "unit_code"), row.line, problems);
      const key = accountKey(account ?? "");
      const person = known.get(key);
      const earlier = lines.get(key);
      if (account && earlier !== undefined)
        problems.push(
          problem(row.line, "account", `账号与第 ${earlier} 行重复`, `the account stands on line ${earlier} already`),
        );
      lines.set(key, row.line);
      if (person && !person.active) problems.push(problem(row.line, "account", "人员已停用", "the person's account is inactive"));
      if (person && !holdsAt(editor, tree, "staff.edit", person.homeUnitId))
        problems.push(
          problem(row.line, "account", "账号属于您管理范围之外的人员", "the account belongs to somebody outside your units"),
        );
      if (problems.length > before || !account || name === null || homeUnitId === null) continue;
      if (person && person.name === name && person.homeUnitId === homeUnitId) counts.unchanged++;
      else if (person) {
        await applyStaff(tx, person.staffId, { name, homeUnitId }, nowMs);
        counts.changed++;
      } else {
        await insertStaff(tx, { account, name, homeUnitId }, nowMs);
        counts.created++;
      }
    }
    return counts;
  });

const roleByTitle = new Map(roles.map((role) => [roleDefinitions[role].title.zh, role]));

/** Imports grants: account, role (its code or its Chinese title), unit_code. Those that stand already are left as they are. */
export const importGrants = (platform: Platform, editor: Editor, csv: string, dryRun: boolean): Promise<ImportResult> =>
  importRows(platform, csv, grantColumns, dryRun, editor, "grant", async (tx, rows, cell, problems) => {
    const tree = await currentTree(platform);
    const nowMs = platform.time.nowMs();
    await tx.run(sql`lock table staff in share row exclusive mode`);
    const people = new Map(
      (
        await staffByAccounts(
          tx,
          rows.map((row) => accountKey(cell(row, "account") ?? "")),
        )
      ).map((person) => [person.key, person]),
    );
    const counts = { created: 0, changed: 0, unchanged: 0 };
    for (const row of rows) {
      const person = people.get(accountKey(cell(row, "account") ?? ""));
      const text = cell(row, "role") ?? "";
      const role = Role.safeParse(roleByTitle.get(text) ?? text.toUpperCase()).data;
      if (!person) problems.push(problem(row.line, "account", "没有此账号", "there is no such account"));
      if (!role) problems.push(problem(row.line, "role", "角色不认识", `not a role; known are ${roles.join(", ")}`));
      const unitId = unitOf(tree, editor, "role.grant", cell(row, "unit_code"), row.line, problems);
      if (!person || !role || unitId === null) continue;
      const grant = { role, unitId, fromMs: null, toMs: null };
      const refusal = await grantRefusal(platform, tx, editor, person.staffId, grant, nowMs);
      if (refusal?.refused === "identity.grant-exists") counts.unchanged++;
      else if (refusal) {
        const { title } = errorCatalogue[refusal.refused as ErrorCode];
        problems.push(problem(row.line, null, title.zh, title.en));
      } else {
        await insertGrant(tx, editor, person.staffId, grant, nowMs);
        counts.created++;
      }
    }
    return counts;
  });
