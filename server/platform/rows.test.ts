import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { testDatabase } from "./testing/database.ts";
import { insertRows, type RowLayout } from "./rows.ts";
import { sql } from "./sql.ts";

const db = await testDatabase();
type Row = {
  readonly n: number;
  readonly word: string | null;
  readonly bytes: Buffer | null;
  readonly list: string[];
  readonly json: unknown;
};
const layout: RowLayout<Row> = {
  table: "rows_tried",
  columns: [
    ["n", (row) => row.n],
    ["word", (row) => row.word],
    ["bytes", (row) => row.bytes],
    ["list", (row) => row.list],
    ["numbers", (row) => row.list.map((item) => item.length)],
    ["json", (row) => JSON.stringify(row.json)],
    ["yes", (row) => row.word !== null],
  ],
};
// What a text column can hold: PostgreSQL keeps no zero character.
const text = fc.string({ unit: "grapheme" }).map((word) => word.replaceAll("\0", ""));
const awkward = fc.constantFrom("", " ", '"', "\\", "{}", "(,)", "null", "NULL", 'a"b\\c', "，。", "\n\t", "\\x00", "'");
const word = fc.oneof(awkward, text);
// Node 24.21 reads the key `"` of {"a":0,"\"":0} back as `\`, without any database: no key is a single quotation mark here.
const key = word.map((one) => `${one}键`);
const row: fc.Arbitrary<Omit<Row, "n">> = fc.record({
  word: fc.option(word),
  bytes: fc.option(fc.uint8Array({ maxLength: 40 }).map((bytes) => Buffer.from(bytes))),
  list: fc.array(word, { maxLength: 5 }),
  json: fc.dictionary(key, fc.oneof(word, fc.integer(), fc.constant(null)), { noNullPrototype: true }),
});

test("what is written is what is read, whatever characters it holds", async () => {
  await db.run(
    sql`create table rows_tried (n int primary key, word text, bytes bytea, list text[], numbers int[], json jsonb, yes boolean)`,
  );
  await fc.assert(
    fc.asyncProperty(fc.array(row, { maxLength: 6 }), async (made) => {
      const rows = made.map((one, n) => ({ ...one, n }));
      const read = await db.transaction(async (tx) => {
        await tx.run(sql`delete from rows_tried`);
        await insertRows(tx, layout, rows);
        return tx.rows<Row & { numbers: number[]; yes: boolean }>(sql`select * from rows_tried order by n`);
      });
      assert.deepEqual(
        read,
        rows.map((one) => ({ ...one, numbers: one.list.map((item) => item.length), yes: one.word !== null })),
      );
    }),
    { numRuns: 200 },
  );
});

test("no rows, nothing sent; a row that is there is refused, or left where the statement says so", async () => {
  const once = { n: 1, word: "一", bytes: null, list: [], json: {} };
  await db.run(sql`delete from rows_tried`);
  await db.transaction((tx) => insertRows(tx, layout, []));
  await db.transaction((tx) => insertRows(tx, layout, [once]));
  await assert.rejects(
    db.transaction((tx) => insertRows(tx, layout, [once])),
    { code: "23505" },
  );
  await db.transaction((tx) => insertRows(tx, layout, [{ ...once, word: "二" }], "leave"));
  assert.deepEqual(await db.rows(sql`select word from rows_tried`), [{ word: "一" }]);
});
