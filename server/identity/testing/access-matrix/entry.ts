// The words of the access matrix: who may call an operation, for which records, and how the answer shows it.
import type { Role } from "@bihuan/core/identity/roles.ts";
import type { Caller } from "../people.ts";
import type { MatrixWorld } from "./world.ts";

/** Where a record lies, seen from the caller, whose role is held at unit A1. */
export const positions = { own: "A1", sub: "A11", sibling: "A2", parent: "A", foreign: "B1" } as const;
export type Position = keyof typeof positions;
/** A role reaches its unit and what is below. */
export const within: ReadonlySet<Position> = new Set(["own", "sub"]);

export type MatrixRequest = {
  /** Below `/api`, parameters filled in. */
  readonly path: string;
  readonly body?: object;
  /** For answers that are given to everybody but show more to some: whether this one shows the record at the position. */
  readonly shows?: (body: never) => boolean;
};

export type MatrixEntry = {
  /** The roles that may call it; `signed-in`: whoever is; `public`: anybody. */
  readonly by: readonly Role[] | "signed-in" | "public";
  /**
   * `within`: for records of one's unit and below; `line`: of the units above as well; `everywhere`: the record does not
   * matter; `root`: only for who holds the role at the root.
   */
  readonly reach: "within" | "line" | "everywhere" | "root";
  /** Makes the request about a record at the position. It must be let through or stopped by who calls, not by what is asked. */
  readonly request: (world: MatrixWorld, position: Position, caller: Caller) => MatrixRequest | Promise<MatrixRequest>;
  /** Refusals that come after the question who may: meeting one of them is being let in. Without them the answer is 2xx. */
  readonly inside?: readonly string[];
  /** Refusals for records out of reach. Not needed where `shows` tells. */
  readonly outside?: readonly string[];
  /** True where the answer keeps to the region of the caller's desk, whoever asks. */
  readonly regional?: boolean;
  /** Roles that pass the door, since the permission is theirs, and find no record: not even at the root. */
  readonly findsNothing?: readonly Role[];
  /** True where the request ends the caller's own session, so that each needs a caller of its own. */
  readonly spendsCaller?: boolean;
};

/** Entries of one contract: one for each of its operations, no more. */
export type Matrix<Operations> = { readonly [Name in keyof Operations]: MatrixEntry };

export const business = [
  "AGENT",
  "DISPATCHER",
  "HANDLER",
  "REVIEWER",
  "VERIFIER",
  "SUPERVISOR",
  "MANAGER",
  "ANALYST",
] as const satisfies readonly Role[];
/** Everybody who works with customers, their orders, or what is known about them. */
export const atWork = [...business, "KNOWLEDGE_EDITOR"] as const satisfies readonly Role[];
export const administrators = ["SYSTEM_ADMIN", "SECURITY_ADMIN", "AUDIT_ADMIN"] as const satisfies readonly Role[];
