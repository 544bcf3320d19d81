import assert from "node:assert/strict";
import { mkdtemp, readdir, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { after, describe, test } from "node:test";
import { emptyFolder, markFolder, NotOurFolder, readFolder } from "./folder.ts";

const place = await mkdtemp(path.join(tmpdir(), "bihuan-demo-folder-"));
after(() => rm(place, { recursive: true, force: true }));
const mark = { bihuan: "demo" as const, seed: "s", zone: "UTC", customers: 1000 };

describe("the demonstration's folder", () => {
  test("that holds an installation is neither read, emptied nor written to", async () => {
    const folder = await mkdtemp(path.join(place, "data-"));
    await writeFile(path.join(folder, "postgres"), "in earnest");
    await assert.rejects(readFolder(folder), NotOurFolder);
    await assert.rejects(emptyFolder(folder, mark), NotOurFolder);
    assert.deepEqual(await readdir(folder), ["postgres"]);
  });

  test("that does not exist is made, and counts as empty until it is filled", async () => {
    const folder = path.join(place, "new");
    assert.equal(await readFolder(folder), null);
    await emptyFolder(folder, mark);
    assert.equal(await readFolder(folder), null);
    await markFolder(folder, { ...mark, filledAt: "2026-03-02T00:00:00Z" });
    assert.equal((await readFolder(folder))?.filledAt, "2026-03-02T00:00:00Z");
  });

  test("whose filling broke off is begun anew, with nothing of the attempt left", async () => {
    const folder = path.join(place, "broken");
    await emptyFolder(folder, mark);
    await writeFile(path.join(folder, "half"), "");
    assert.equal(await readFolder(folder), null);
    await emptyFolder(folder, mark);
    assert.deepEqual(await readdir(folder), ["demo.json"]);
  });
});
