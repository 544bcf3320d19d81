import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { replyForm } from "@bihuan/core/flow/testing/stories.ts";
import { type Person, people, units } from "@bihuan/core/flow/testing/world.ts";
import { currentTree } from "../../identity/organisation/tree.ts";
import { testDatabase } from "../../platform/testing/database.ts";
import { namedFiles } from "../commands/attachments.ts";
import { erasePersonalData } from "../commands/erase.ts";
import { findHints } from "../queries/hints.ts";
import { conditionOf } from "../queries/list-queries.ts";
import { pageByIntake } from "../queries/page.ts";
import { readOrder } from "../queries/read-order.ts";
import { openDesk, REGION, scopeOf, seedOrganisation } from "../testing/desk.ts";
import { actingAs } from "../world.ts";
import { maskFreeText, maskPersonal, withoutIdentity } from "./personal.ts";
import { orderView } from "./view.ts";

const DAY_MS = 86_400_000;
const db = await testDatabase();
await seedOrganisation(db);
const desk = await openDesk(db);
const { agent, dispatcher, handler, manager } = people;
const caller = {
  contactName: "王小明",
  contactPhone: "13812345678",
  accountNo: "3301000001",
  customerId: "4711",
  externalNo: "GOV-2026-0001",
  address: "城东市解放路12号3栋501",
};
const form = {
  ...caller,
  title: "王小明举报抄表员",
  description: "来电人王小明（13812345678，户号3301000001）称抄表员索要财物，家住城东市解放路12号3栋501",
};
const secrets = Object.values(caller);

async function seenBy(person: Person, orderId: string) {
  const tree = await currentTree(desk.platform);
  const material = await readOrder(db, desk.ports, tree, scopeOf(person), orderId);
  assert.ok(material);
  return orderView(material, actingAs(scopeOf(person)), tree, desk.time.nowMs());
}
async function handled(identity: string) {
  const { orderId } = await desk.takeIn("whistleblow", { form: { ...form, identity } });
  await desk.act(dispatcher, orderId, "dispatch", { unitId: units.station, note: "请王小明所在台区核实" });
  await desk.act(handler, orderId, "accept");
  const file = { sha256: "b".repeat(64), mediaType: "image/png", sizeBytes: 1, name: "王小明的来信.png" };
  await desk.act(agent, orderId, "attach", file);
  await desk.act(handler, orderId, "reply", { ...replyForm, facts: "王小明反映情况属实" });
  return orderId;
}

describe("a confidential caller", () => {
  test("is hidden from who handles the demand, wherever the name, number or account was written", async () => {
    const view = await seenBy(handler, await handled("CONFIDENTIAL"));
    assert.ok(view.contactHidden);
    const told = JSON.stringify(view);
    for (const secret of secrets) assert.ok(!told.includes(secret), `${secret} is told`);
    assert.match(told, /\*\*\*反映情况属实/);
  });

  test("and from the manager above, who has no desk's role", async () => {
    const told = JSON.stringify(await seenBy(manager, await handled("CONFIDENTIAL")));
    for (const secret of secrets) assert.ok(!told.includes(secret), `${secret} is told`);
  });

  test("is known to the desk, masked like everybody", async () => {
    const view = await seenBy(agent, await handled("CONFIDENTIAL"));
    assert.deepEqual([view.contactHidden, view.contactName, view.contactPhone], [false, "王**", "138****5678"]);
    assert.deepEqual([view.customerId, view.externalNo], ["4711", "GOV-2026-0001"]);
  });

  test("is not found by name, number or customer by who may not know him; the order is, by its own number", async () => {
    const orderId = await handled("CONFIDENTIAL");
    const tree = await currentTree(desk.platform);
    const found = async (person: Person, filter: object) => {
      const condition = conditionOf(
        scopeOf(person),
        tree,
        { state: "all", tookPartUnitId: units.station, ...filter },
        desk.time.nowMs(),
      );
      return (await pageByIntake(db, condition, null, 50)).some((row) => row.order_id === orderId);
    };
    const searches = [{ text: caller.contactPhone }, { text: caller.contactName }, { customerId: caller.customerId }];
    for (const filter of searches) {
      assert.equal(await found(handler, filter), false);
      assert.equal(await found(agent, filter), true);
    }
    assert.equal(await found(handler, { text: orderId }), true);
    assert.equal(await found(handler, {}), true);
  });

  test("is no hint to an agent of another desk, who would learn that somebody complained", async () => {
    const orderId = await handled("CONFIDENTIAL");
    const tree = await currentTree(desk.platform);
    const matter = {
      phone: caller.contactPhone,
      regionId: REGION,
      sinceMs: desk.time.nowMs() - DAY_MS,
      nowMs: desk.time.nowMs(),
    };
    const hintsFor = async (person: Person) => (await findHints(db, scopeOf(person), tree, matter)).map((hint) => hint.orderId);
    assert.ok((await hintsFor(agent)).includes(orderId));
    const elsewhere = { id: 91, home: units.otherStation, roles: { AGENT: units.otherStation } };
    assert.ok(!(await hintsFor(elsewhere)).includes(orderId));
  });
});

describe("a named caller", () => {
  test("is told masked to who handles the demand, numbers in free text too", async () => {
    const view = await seenBy(handler, await handled("NAMED"));
    assert.deepEqual([view.contactName, view.contactPhone], ["王**", "138****5678"]);
    const told = JSON.stringify(view);
    assert.ok(!told.includes("13812345678") && !told.includes('3栋501","origin'));
    assert.match(view.title, /王小明举报/, "words that people wrote stay");
  });

  test("is a hint to a neighbouring desk: that there is an order, not what it says", async () => {
    const orderId = await handled("NAMED");
    const tree = await currentTree(desk.platform);
    const elsewhere = { id: 91, home: units.otherStation, roles: { AGENT: units.otherStation } };
    const hints = await findHints(db, scopeOf(elsewhere), tree, {
      phone: caller.contactPhone,
      regionId: REGION,
      sinceMs: desk.time.nowMs() - DAY_MS,
      nowMs: desk.time.nowMs(),
    });
    const hint = hints.find((one) => one.orderId === orderId);
    assert.deepEqual([hint?.open, hint?.title, hint?.because], [false, "", ["phone"]]);
  });
});

describe("erasure", () => {
  test("takes the files along: nobody names them any more", async () => {
    const { orderId } = await desk.takeIn();
    const sha256 = "c".repeat(64);
    await desk.act(agent, orderId, "attach", { sha256, mediaType: "image/png", sizeBytes: 1, name: "身份证.png" });
    assert.deepEqual([...(await namedFiles(db, [sha256]))], [sha256]);
    await erasePersonalData(desk.platform, orderId, "客户要求删除");
    assert.deepEqual([...(await namedFiles(db, [sha256]))], []);
  });
});

test("what strikes out a caller leaves short and empty values alone", () => {
  assert.equal(maskFreeText("王先生说王家停电", ["王", "", null]), "王先生说王家停电");
  assert.equal(maskFreeText("王小明说停电，王小明", ["王小明"]), "***说停电，***");
  assert.deepEqual(
    maskPersonal({ contactName: "王小明", note: "王小明在家", details: { symptom: "王小明说冒火" } }, true, ["王小明"]),
    {
      note: "***在家",
      details: { symptom: "***说冒火" },
    },
  );
  assert.deepEqual(withoutIdentity({ customerId: "1", externalNo: "2", details: {} }), { details: {} });
});
