import pg from "pg";
import type { Sql } from "./sql.ts";

// Read conventions, set once: timestamptz comes back as epoch milliseconds, bigint as string (order ids exceed 2^53;
// counts are cast to int in the statement), date as its text `YYYY-MM-DD`, json parsed.
const types = new pg.TypeOverrides();
types.setTypeParser(1184, (text: string) => Date.parse(text)); // timestamptz
types.setTypeParser(1082, (text: string) => text); // date

/** What a statement can be run on: the pool, or the one connection of a transaction. */
export type Queryable = {
  /** Runs one statement and returns its rows. */
  rows<Row>(statement: Sql): Promise<Row[]>;
  /** The first row, or null where there is none. */
  maybe<Row>(statement: Sql): Promise<Row | null>;
  /** The only row; throws where there is none. */
  one<Row>(statement: Sql): Promise<Row>;
  /** Runs a statement for its effect; returns the number of rows it touched. */
  run(statement: Sql): Promise<number>;
  /** A named statement, parsed and planned once a connection: for hot paths. */
  prepared<Row>(name: string, text: string, values: unknown[]): Promise<Row[]>;
  /** Statements that do not need one another's answers: sent together where the connection is pipelined, else one by one. */
  together(statements: readonly (() => Promise<unknown>)[]): Promise<void>;
};

/** A connection inside a transaction. `client` is for COPY only. */
export type Tx = Queryable & { readonly client: pg.ClientBase };

export type TransactionOptions = {
  readonly isolation?: "read committed" | "repeatable read" | "serializable";
  readonly readOnly?: boolean;
  /** Statements run {@link Queryable.together} share one journey to the database. No COPY on such a connection. */
  readonly pipelined?: boolean;
};

export type Database = Queryable & {
  /**
   * Runs `work` in one transaction: committed when it resolves, rolled back when it rejects. Serialisation failures and
   * deadlocks (40001, 40P01) are tried again up to three times, so `work` must have no effect outside the transaction.
   */
  transaction<T>(work: (tx: Tx) => Promise<T>, options?: TransactionOptions): Promise<T>;
  /** A connection of its own, outside the pool (LISTEN, advisory locks). The caller ends it. */
  connect(): Promise<pg.Client>;
  readonly url: string;
  readonly pool: pg.Pool;
  close(): Promise<void>;
};

const queryable = (client: pg.Pool | pg.ClientBase, pipelined = false): Queryable => ({
  async rows<Row>(statement: Sql) {
    return (await client.query({ text: statement.text, values: statement.values })).rows as Row[];
  },
  async maybe<Row>(statement: Sql) {
    return ((await client.query({ text: statement.text, values: statement.values })).rows[0] as Row | undefined) ?? null;
  },
  async one<Row>(statement: Sql) {
    const row = (await client.query({ text: statement.text, values: statement.values })).rows[0] as Row | undefined;
    if (row === undefined) throw new Error(`expected one row: ${statement.text.slice(0, 120)}`);
    return row;
  },
  async run(statement: Sql) {
    return (await client.query({ text: statement.text, values: statement.values })).rowCount ?? 0;
  },
  async prepared<Row>(name: string, text: string, values: unknown[]) {
    return (await client.query({ name, text, values })).rows as Row[];
  },
  async together(statements) {
    if (!pipelined) {
      for (const statement of statements) await statement();
      return;
    }
    // All have ended before anything is taken back: one that came after the rollback would stand by itself.
    const outcomes = await Promise.allSettled(statements.map((statement) => statement()));
    const errors = outcomes.filter((outcome) => outcome.status === "rejected").map(({ reason }): unknown => reason);
    // What travels behind a failure fails because of it (25P02): the cause is told.
    if (errors.length > 0) throw errors.find((error) => sqlState(error) !== "25P02") ?? errors[0];
  },
});

const retryable = new Set(["40001", "40P01"]);

/** SQLSTATE of a PostgreSQL error, or null for any other. */
export const sqlState = (error: unknown): string | null =>
  error instanceof Error && "code" in error && typeof error.code === "string" && /^[0-9A-Z]{5}$/.test(error.code)
    ? error.code
    : null;

// Class 08 connection exceptions; 57P01-57P05 shutdown and start-up; class 53 no room for the moment (connections, disk, memory);
// 25006 read-only, as a server is that another one has taken over from.
const lostStates = /^(08...|57P0[1-5]|53...|25006)$/;
const lostCodes = new Set([
  "ECONNREFUSED",
  "ECONNRESET",
  "EPIPE",
  "ETIMEDOUT",
  "ENOTFOUND",
  "EAI_AGAIN",
  "EHOSTUNREACH",
  "ENETUNREACH",
]);
// The driver throws these without a code.
const lostMessages =
  /^(Connection terminated|timeout exceeded when trying to connect|Client has encountered a connection error|Cannot use a pool after)/;

/** Whether an error means that the database cannot be reached, went away or has no room, and the same request may succeed later. */
export function connectionLost(error: unknown): boolean {
  if (!(error instanceof Error)) return false;
  if (error instanceof AggregateError) return error.errors.some(connectionLost);
  const code = "code" in error && typeof error.code === "string" ? error.code : "";
  if ("severity" in error && (error.severity === "FATAL" || error.severity === "PANIC")) return true; // these end the connection
  if (lostStates.test(code) || lostMessages.test(error.message)) return true;
  return lostCodes.has(code) && "syscall" in error;
}

// How long a statement waits for a connection before the caller is told to come back: longer than any queue worth standing in.
const LONGEST_WAIT_MS = 30_000;

/**
 * A pool of connections. One that is lost while it is being given back has no listener of pg's own, and an error nobody hears
 * ends the process: every connection has one from its first moment.
 */
export function openPool(config: pg.PoolConfig, onError: (error: Error) => void): pg.Pool {
  const pool = new pg.Pool({ connectionTimeoutMillis: LONGEST_WAIT_MS, keepAlive: true, ...config });
  pool.on("connect", (client) => client.on("error", () => undefined));
  pool.on("error", onError);
  return pool;
}

// A property of pg's client that its types do not know yet. It is only turned while no statement is on its way.
function pipeline(client: pg.PoolClient, on: boolean): void {
  Object.assign(client, { pipeline: on });
}

/** Opens a pool. In: a PostgreSQL URL and the most connections to hold. `onError` hears of idle connections that were lost. */
export function openDatabase(url: string, options: { poolSize?: number; onError?: (error: Error) => void } = {}): Database {
  const pool = openPool({ connectionString: url, max: options.poolSize ?? 10, types, application_name: "bihuan" }, (error) =>
    options.onError?.(error),
  );
  return {
    ...queryable(pool),
    url,
    pool,
    async transaction(work, { isolation = "read committed", readOnly = false, pipelined = false } = {}) {
      for (let attempt = 1; ; attempt++) {
        const client = await pool.connect();
        let lost: Error | undefined;
        const onClientError = (error: Error) => {
          lost = error;
        };
        client.on("error", onClientError);
        pipeline(client, pipelined);
        try {
          const begun = client.query(`begin isolation level ${isolation}${readOnly ? " read only" : ""}`);
          // Pipelined, the first statements travel with it; where it is lost, so are they.
          if (pipelined) begun.catch(() => undefined);
          else await begun;
          const result = await work({ ...queryable(client, pipelined), client });
          await begun;
          await client.query("commit");
          return result;
        } catch (error) {
          await client.query("rollback").catch((rollbackError: Error) => {
            lost = rollbackError;
          });
          if (attempt < 4 && retryable.has(sqlState(error) ?? "")) continue;
          throw error;
        } finally {
          client.off("error", onClientError);
          pipeline(client, false);
          client.release(lost);
        }
      }
    },
    async connect() {
      const client = new pg.Client({ connectionString: url, types, application_name: "bihuan", keepAlive: true });
      client.on("error", () => undefined); // whoever holds it hears of its end; an error nobody hears ends the process
      await client.connect();
      return client;
    },
    close: () => pool.end(),
  };
}
