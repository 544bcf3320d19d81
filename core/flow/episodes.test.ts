// Reopening: a new episode with clocks of its own, the old one's figures as they were.
import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { answered, archived, reached, remoteReply, taken } from "./testing/stories.ts";
import { people, type Play, units } from "./testing/world.ts";

const { agent, dispatcher, handler, reviewer, verifier, manager } = people;
const HOUR = 3_600_000;
const again = { reason: "CUSTOMER_AGAIN", note: "再次来电" };
const last = (order: Play) => order.events.at(-1)?.atMs ?? 0;
const ofEpisode = (order: Play, episode: number) => order.clocks.filter((clock) => clock.episode === episode);
/** From the desk to the callback once more. */
const handledAgain = (order: Play): Play =>
  order
    .act(dispatcher, "dispatch", { unitId: units.station })
    .act(handler, "accept")
    .act(handler, "reply", remoteReply)
    .act(reviewer, "review-reply", { approved: true });

const reopenings: readonly [string, () => Play][] = [
  ["by hand", () => archived().act(agent, "reopen", again)],
  ["by a dissatisfied customer", () => answered().act(verifier, "callback", reached("DISSATISFIED"))],
];

for (const [how, reopened] of reopenings)
  describe(`an order reopened ${how}`, () => {
    test("has the clocks of a new one, from the instant of the reopening", () => {
      const order = reopened();
      const slots = (clocks: Play["clocks"]) => clocks.map(({ slot }) => slot).sort();
      assert.deepEqual(slots(ofEpisode(order, 2)), slots(ofEpisode(taken(), 1)));
      for (const clock of ofEpisode(order, 2)) {
        assert.deepEqual([clock.startedAtMs, clock.round, clock.status], [last(order), 1, "running"]);
        assert.equal(clock.startedBySeq, order.state.episodeOpenedSeq);
      }
    });

    test("begins at the desk with nothing of the old episode but who worked on it, its facts, files and links", () => {
      const { state } = reopened();
      assert.deepEqual([state.step, state.unitId, state.holderId, state.episode], ["dispatching", units.centre, null, 2]);
      assert.deepEqual(
        [state.replySeq, state.reviewLevel, state.reviewers, state.callbacks, state.callbackOutcome, state.contacts],
        [null, 0, [], [], null, 0],
      );
      assert.deepEqual([state.requests, state.urges, state.consultations, state.returns, state.ruling], [[], [], [], {}, null]);
      assert.deepEqual(state.handlers, [{ kind: "staff", id: handler.id }]);
      assert.equal(state.facts.areaClass, "URBAN");
    });

    test("leaves every figure of the old episode as it was, to the end of the new one and beyond", () => {
      const order = reopened();
      const old = ofEpisode(order, 1);
      assert.ok(old.length > 0 && old.every(({ stoppedAtMs }) => stoppedAtMs !== null));
      const closed = handledAgain(order).act(verifier, "callback", reached("SATISFIED"));
      const third = closed.act(agent, "reopen", again);
      for (const later of [handledAgain(order), closed, third]) assert.deepEqual(ofEpisode(later, 1), old);
      assert.deepEqual(ofEpisode(third, 2), ofEpisode(closed, 2));
      assert.deepEqual([third.state.episode, third.state.status], [3, "OPEN"]);
    });

    test("is reviewed and verified anew, and archived only then", () => {
      const order = handledAgain(reopened());
      assert.equal(order.refused(verifier, "archive"), "work-order.wrong-step");
      assert.equal(order.state.closedAtMs, null);
      assert.equal(order.act(verifier, "callback", reached("SATISFIED")).state.status, "ARCHIVED");
    });
  });

test("clocks numbered once keep their number over all episodes", () => {
  const order = handledAgain(reopenings[0]?.[1]() as Play).act(verifier, "callback", reached("DISSATISFIED"));
  assert.deepEqual(
    order.clocks.map(({ number }) => number),
    order.clocks.map((_, index) => index + 1),
  );
  assert.deepEqual([...new Set(order.clocks.map(({ episode }) => episode))], [1, 2, 3]);
});

test("an answer that was late in the first episode is late for ever, and the second is judged by itself", () => {
  const late = answered().act(verifier, "callback", reached("DISSATISFIED"), last(answered()) + 25 * HOUR);
  const answer = (order: Play, episode: number) => ofEpisode(order, episode).find(({ slot }) => slot === "answer")?.status;
  assert.deepEqual([answer(late, 1), answer(late, 2)], ["missed", "running"]);
  const closed = handledAgain(late).act(verifier, "callback", reached("SATISFIED"));
  assert.deepEqual([answer(closed, 1), answer(closed, 2)], ["missed", "met"]);
});

test("an extension and a suspension end with their episode", () => {
  const order = answered();
  const extended = order.act(agent, "request-extension", {
    dueAt: new Date(last(order) + 240 * HOUR).toISOString(),
    reason: "x",
  });
  const granted = extended.act(manager, "decide", { requestSeq: extended.state.requests[0]?.seq, approved: true });
  const reopened = granted.act(verifier, "callback", reached("DISSATISFIED"));
  assert.ok(ofEpisode(reopened, 1).some(({ dueBeforeExtensionMs }) => dueBeforeExtensionMs !== null));
  assert.ok(ofEpisode(reopened, 2).every(({ dueBeforeExtensionMs }) => dueBeforeExtensionMs === null));
});
