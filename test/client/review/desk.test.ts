import { describe, expect, test } from "vitest";
import { ApiError } from "#lib/client/call-api.ts";
import { createDesk, type DeskPorts, GRACE_MS } from "#lib/client/review/desk.ts";
import type { Review } from "#lib/protocol/reviews.ts";
import { aReview, asset } from "./asking.ts";

/** An inbox in memory, and time that passes when the test says so. */
function inbox(reviews: Review[], start?: { runId?: string }) {
  const sent: [string, unknown, boolean][] = [];
  const stars: [string, number][] = [];
  const decided = new Map<string, Review>();
  let waiting = reviews;
  let refuse: Error | undefined;
  let timers: { at: number; callback: () => void }[] = [];
  let now = 0;
  const ports: DeskPorts = {
    load: async () => ({ reviews: waiting, total: waiting.length }),
    one: async (review) => decided.get(review.runId) ?? { ...review, state: "over" },
    async answer({ runId }, answer, leaving) {
      if (refuse) throw refuse;
      sent.push([runId, answer, leaving]);
      waiting = waiting.filter((one) => one.runId !== runId);
    },
    stars: async (_review, of, given) => void stars.push([of, given]),
    later(ms, callback) {
      const timer = { at: now + ms, callback };
      timers.push(timer);
      return () => {
        timers = timers.filter((one) => one !== timer);
      };
    },
  };
  const desk = createDesk(ports, start);
  const settle = async () => {
    for (let i = 0; i < 20; i += 1) await Promise.resolve();
  };
  return {
    desk,
    sent,
    stars,
    settle,
    state: () => desk.store.getState(),
    keys: () => desk.store.getState().queue.map(({ review }) => review.runId),
    at: () => {
      const { at } = desk.store.getState();
      return at && `${at.key.split("/")[0]}.${at.picture}`;
    },
    others(runId: string, answer: unknown) {
      const review = reviews.find((one) => one.runId === runId) as Review;
      decided.set(runId, { ...review, state: "decided", decided: { by: "Anna, by a link", at: 5, answer } });
      waiting = waiting.filter((one) => one.runId !== runId);
    },
    arrives: (review: Review) => {
      waiting = [review, ...waiting];
    },
    fails(error: Error | undefined) {
      refuse = error;
    },
    async passes(ms: number) {
      now += ms;
      const due = timers.filter(({ at }) => at <= now);
      timers = timers.filter(({ at }) => at > now);
      for (const { callback } of due) callback();
      await settle();
    },
  };
}

const three = () => [aReview("a", ["a"]), aReview("b", ["b", "c"]), aReview("c", ["d"])];
const opened = async (reviews = three(), start?: { runId?: string }) => {
  const box = inbox(reviews, start);
  const close = box.desk.open();
  await box.settle();
  return { ...box, close };
};

describe("the desk", () => {
  test("goes from picture to picture over the borders of questions, and no further than the ends", async () => {
    const { desk, at } = await opened();
    const seen = [at()];
    for (let i = 0; i < 4; i += 1) {
      desk.go(1);
      seen.push(at());
    }
    expect(seen).toEqual(["a.0", "b.0", "b.1", "c.0", "c.0"]);
    desk.go(-1);
    expect(at()).toBe("b.1");
  });

  test("a decision moves on at once and is sent when its time to undo is over, once", async () => {
    const { desk, at, keys, sent, passes, state } = await opened();
    desk.decide("approve");
    expect([at(), keys(), sent, state().total]).toEqual(["b.0", ["b", "c"], [], 2]);
    await passes(GRACE_MS - 1);
    expect(sent).toEqual([]);
    await passes(1);
    expect(sent).toEqual([["a", { decision: "approve" }, false]]);
    await passes(60_000);
    expect(sent).toHaveLength(1);
    expect(state().pending).toEqual([]);
  });

  test("undo takes the last decision back as it was prepared; what is sent stays sent", async () => {
    const { desk, at, sent, passes, state } = await opened();
    desk.edit("a/look@0", (draft) => ({ ...draft, notes: "Bluer." }));
    desk.decide("revise");
    desk.undo();
    expect([at(), desk.draftOf("a/look@0").notes, state().pending]).toEqual(["a.0", "Bluer.", []]);
    await passes(GRACE_MS * 2);
    expect(sent).toEqual([]);
    desk.decide("revise");
    await passes(GRACE_MS);
    desk.undo();
    expect(sent).toEqual([["a", { decision: "revise", notes: "Bluer." }, false]]);
  });

  test("several decisions have their own time each, and leaving the page sends them all at once", async () => {
    const { desk, sent, passes, close, keys } = await opened();
    desk.decide("approve");
    await passes(2000);
    desk.decide("reject");
    await passes(3000);
    expect(sent.map(([runId]) => runId)).toEqual(["a"]);
    expect(keys()).toEqual(["c"]);
    close();
    expect(sent).toEqual([
      ["a", { decision: "approve" }, false],
      ["b", { decision: "reject" }, true],
    ]);
  });

  test("nothing is sent back without saying why; the reason is told instead", async () => {
    const { desk, state, at } = await opened();
    expect(desk.decide("revise")).toBe("Say what has to change, or draw it.");
    expect([state().pending, at()]).toEqual([[], "a.0"]);
  });

  test("picks and unpicks one of several, and approves those", async () => {
    const { desk, sent, passes } = await opened();
    desk.pick();
    expect(desk.draftOf("a/look@0").picks).toEqual([]);
    desk.go(1);
    desk.pick();
    desk.go(1);
    desk.pick();
    desk.go(-1);
    desk.pick();
    desk.decide("approve");
    await passes(GRACE_MS);
    expect(sent).toEqual([["b", { decision: "approve", picks: [1] }, false]]);
  });

  test("what somebody else decided while it was looked at stays, says so, and goes when one moves on", async () => {
    const { desk, others, passes, state, at, keys, sent } = await opened();
    desk.edit("a/look@0", (draft) => ({ ...draft, notes: "half a sent" }));
    others("a", { decision: "reject" });
    others("c", { decision: "approve" });
    await passes(4000);
    expect([at(), keys()]).toEqual(["a.0", ["a", "b"]]);
    expect(state().gone.get("a/look@0")).toMatchObject({ by: "Anna, by a link" });
    desk.decide("approve");
    await passes(GRACE_MS);
    expect(sent).toEqual([]);
    desk.go(1);
    expect([at(), keys()]).toEqual(["b.0", ["b"]]);
  });

  test("a decision that came second comes back and says who was first", async () => {
    const { desk, fails, passes, state, at } = await opened();
    const decided = { by: "Anna, by a link", at: 5, answer: { decision: "reject" } };
    fails(
      new ApiError(409, { type: "", title: "", status: 409, detail: "", code: "ALREADY_ANSWERED", decided } as never),
    );
    desk.decide("approve");
    await passes(GRACE_MS);
    expect(at()).toBe("a.0");
    expect(state().gone.get("a/look@0")).toEqual(decided);
  });

  test("a decision that could not be sent comes back with everything that was written, and why", async () => {
    const { desk, fails, passes, state, at, sent } = await opened();
    const lost = new TypeError("no network");
    fails(lost);
    desk.edit("a/look@0", (draft) => ({ ...draft, notes: "Bluer." }));
    desk.decide("revise");
    await passes(GRACE_MS);
    expect([at(), state().refused.get("a/look@0"), desk.draftOf("a/look@0").notes]).toEqual(["a.0", lost, "Bluer."]);
    fails(undefined);
    desk.decide("revise");
    expect(state().refused.size).toBe(0);
    await passes(GRACE_MS);
    expect(sent).toHaveLength(1);
  });

  test("what arrives comes first and does not move what is looked at; the same question keeps its object", async () => {
    const { desk, arrives, passes, keys, at, state } = await opened();
    desk.go(1);
    const before = state().queue[1];
    arrives(aReview("new", ["e"]));
    await passes(4000);
    expect([keys(), at()]).toEqual([["new", "a", "b", "c"], "b.0"]);
    expect(state().queue[2]).toBe(before);
  });

  test("a decision on its way is not shown again by a look in between", async () => {
    const { desk, passes, keys, state } = await opened();
    desk.decide("approve");
    await passes(4000);
    expect([keys(), state().total]).toEqual([["b", "c"], 2]);
  });

  test("opens at the run it was asked for, and is calm when nothing waits", async () => {
    expect((await opened(three(), { runId: "c" })).at()).toBe("c.0");
    const empty = await opened([]);
    expect([empty.state().loaded, empty.at()]).toEqual([true, undefined]);
    empty.desk.go(1);
    empty.desk.pick();
    empty.desk.star(3);
    expect(empty.desk.decide("approve")).toBeUndefined();
  });

  test("stars are given, and taken away by the same key", async () => {
    const { desk, stars, state } = await opened();
    desk.star(4);
    expect(state().queue[0]?.review.stars).toEqual({ [asset("a")]: 4 });
    desk.star(4);
    expect(stars).toEqual([
      [asset("a"), 4],
      [asset("a"), 0],
    ]);
  });
});
