// Published rulebooks, compiled. One never changes, so what was compiled once is kept.
import { compileRulebook, type Rulebook } from "@bihuan/core/clock/rules/rulebook.ts";
import type { Database, Queryable } from "../platform/database.ts";
import { currentVersion, definitionsOf } from "./queries.ts";

/** More than the versions open orders are bound to at one time; each holds its calendars, some megabytes. */
const MOST_KEPT = 16;

export type Rulebooks = {
  /** The rulebook in force, as the caller's connection sees it: one small query, so that no process works with an old one. */
  current(on: Queryable): Promise<Rulebook>;
  /** Rulebooks by version. Out: a function for exactly these versions. Errors: throws for versions that were never published. */
  of(on: Queryable, versions: readonly number[]): Promise<(version: number) => Rulebook>;
};

// Keyed by the database, so that each platform (each test) has its own; they go when the database does.
const byDatabase = new WeakMap<Database, Rulebooks>();

/** The rulebooks of a platform's database. */
export function rulebooksOf(db: Database): Rulebooks {
  let rulebooks = byDatabase.get(db);
  if (rulebooks === undefined) byDatabase.set(db, (rulebooks = openRulebooks()));
  return rulebooks;
}

function openRulebooks(): Rulebooks {
  const kept = new Map<number, Rulebook>();
  const keep = (rulebook: Rulebook) => {
    kept.set(rulebook.version, rulebook);
    for (const oldest of kept.keys()) {
      if (kept.size <= MOST_KEPT) break;
      kept.delete(oldest);
    }
  };
  const of: Rulebooks["of"] = async (on, versions) => {
    const found = new Map<number, Rulebook>();
    for (const version of versions) {
      const rulebook = kept.get(version);
      if (rulebook === undefined) continue;
      found.set(version, rulebook);
      // Used last, forgotten last.
      kept.delete(version);
      kept.set(version, rulebook);
    }
    const missing = versions.filter((version) => !found.has(version));
    for (const { definition } of missing.length === 0 ? [] : await definitionsOf(on, missing)) {
      const rulebook = compileRulebook(definition);
      found.set(rulebook.version, rulebook);
      keep(rulebook);
    }
    return (version) => {
      const rulebook = found.get(version);
      if (rulebook === undefined) throw new Error(`rulebook ${version} was never published`);
      return rulebook;
    };
  };
  return {
    of,
    async current(on) {
      const version = await currentVersion(on);
      return (await of(on, [version]))(version);
    },
  };
}
