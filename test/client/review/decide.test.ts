import { describe, expect, test } from "vitest";
import { answerShape } from "#lib/client/review/answer-shape.ts";
import { inboxAsked, sharedAsked } from "#lib/client/review/asked.ts";
import {
  answerOf,
  choicesFor,
  type Draft,
  markedPicture,
  NO_DRAFT,
  saidSo,
  togglePick,
} from "#lib/client/review/decide.ts";
import { createRegistry } from "#lib/sdk/registry.ts";
import { NODES } from "#nodes/index.ts";
import { aPick, aReview, asset } from "./asking.ts";

const draft = (over: Partial<Draft>): Draft => ({ ...NO_DRAFT, ...over });
const labels = (review: Parameters<typeof inboxAsked>[0], d: Draft = NO_DRAFT) =>
  choicesFor(inboxAsked(review), d).map(({ label, why }) => (why ? `${label} — ${why}` : label));
const mark = {
  kind: "arrow" as const,
  from: [0, 0] as [number, number],
  to: [9, 9] as [number, number],
  color: "#ff3b30",
  width: 6,
};

describe("what can be answered", () => {
  test("is read from the schema of the answer and the ways of the outputs, never from a node's name", () => {
    const one = inboxAsked(aReview("r", ["a"]));
    expect(one.shape).toEqual({
      decisions: ["approve", "revise", "reject"],
      picks: "may",
      notes: true,
      markup: true,
      foreign: false,
    });
    expect(inboxAsked(aPick("r", ["a", "b"])).shape).toMatchObject({
      decisions: ["approve"],
      picks: "must",
      foreign: false,
    });
  });

  test("of every node type that waits can be answered on this screen", () => {
    const waiting = createRegistry(NODES)
      .nodeInfo()
      .filter(({ waits }) => waits);
    expect(waiting.length).toBeGreaterThan(1);
    for (const { type, answer } of waiting) expect([type, answerShape(answer, []).foreign]).toEqual([type, false]);
  });

  test("that needs more than this screen asks says so", () => {
    const form = { type: "object", properties: { grade: { type: "number" } }, required: ["grade"] };
    expect(answerShape(form, [])).toMatchObject({ foreign: true, decisions: [] });
    expect(answerShape({ properties: { decision: { enum: ["approve", "escalate"] } } }, []).foreign).toBe(true);
    expect(answerShape(undefined, []).foreign).toBe(true);
  });
});

describe("the buttons", () => {
  test("say what would happen to one picture", () => {
    expect(labels(aReview("r", ["a"]))).toEqual([
      "Approve",
      "Send back — Say what has to change, or draw it.",
      "Reject",
    ]);
    expect(labels(aReview("r", ["a"]), draft({ notes: "Bluer." }))[1]).toBe("Send back");
    expect(labels(aReview("r", ["a"]), draft({ marks: [mark] }))[1]).toBe("Send back");
  });

  test("say what would happen to each of several", () => {
    const review = aReview("r", ["a", "b", "c"]);
    expect(labels(review, draft({ notes: "x" }))).toEqual(["Approve all 3", "Send back all 3", "Reject all 3"]);
    expect(labels(review, draft({ notes: "x", picks: [1] }))).toEqual([
      "Approve 1, reject 2",
      "Approve 1, send back 2",
      "Reject all 3 — Some are picked: approve those, or unpick them.",
    ]);
    expect(labels(review, draft({ notes: "x", picks: [0, 1, 2] })).slice(0, 2)).toEqual([
      "Approve all 3",
      "Approve 3, send back 0 — All are picked: nothing is left to send back.",
    ]);
  });

  test("say why nothing can be sent back", () => {
    expect(labels(aReview("r", ["a"], {}, "over"), draft({ notes: "x" }))[1]).toContain("No pass of the loop is left");
    expect(labels(aReview("r", ["a"], {}, "unwired"), draft({ notes: "x" }))[1]).toContain("Nothing is wired");
  });

  test("of a choice want a picture first", () => {
    expect(labels(aPick("r", ["a", "b"]))).toEqual(["Choose — Pick a picture first (Space)."]);
    expect(labels(aPick("r", ["a", "b"]), draft({ picks: [1] }))).toEqual(["Choose 1 of 2"]);
  });
});

describe("the answer", () => {
  const checked = (review: Parameters<typeof inboxAsked>[0], type: string, answer: unknown, items: object[]) => {
    const node = NODES.find((one) => one.type === type);
    const parsed = node?.answer?.safeParse(answer);
    expect(parsed?.success).toBe(true);
    expect(node?.checkAnswer?.(parsed?.data, { items: items as never, way: () => "open" }, { count: 9 })).toEqual([]);
    return review;
  };

  test("is one that the node takes, whatever was prepared", () => {
    const review = aReview("r", ["a", "b", "c"]);
    const asked = inboxAsked(review);
    for (const d of [
      NO_DRAFT,
      draft({ picks: [2] }),
      draft({ picks: [0, 1, 2] }),
      draft({ picks: [0, 1], marks: [mark], notes: " x " }),
    ])
      for (const { decision, why } of choicesFor(asked, d))
        if (!why) checked(review, "review", answerOf(decision, asked, d), review.items);
    const pick = aPick("r", ["a", "b", "c"]);
    checked(pick, "pick", answerOf("approve", inboxAsked(pick), draft({ picks: [2, 0] })), pick.items);
    checked(pick, "pick", answerOf("approve", inboxAsked(pick), draft({ picks: [0, 1, 2] })), pick.items);
  });

  test("carries only what counts: trimmed notes, picks that leave some out, marks that go back", () => {
    const asked = inboxAsked(aReview("r", ["a", "b"]));
    const d = draft({ picks: [1], notes: " Bluer. ", marks: [mark] });
    expect(answerOf("approve", asked, d)).toEqual({ decision: "approve", notes: "Bluer.", picks: [1] });
    expect(answerOf("revise", asked, d)).toEqual({ decision: "revise", notes: "Bluer.", picks: [1], markup: [mark] });
    expect(answerOf("approve", asked, draft({ picks: [0, 1] }))).toEqual({ decision: "approve" });
    expect(answerOf("approve", inboxAsked(aPick("r", ["a", "b"])), draft({ picks: [1, 0] })).picks).toEqual([1, 0]);
  });

  test("marks are drawn over the one picture that goes back", () => {
    const drawn = (review: Parameters<typeof inboxAsked>[0], d: Draft = NO_DRAFT) =>
      markedPicture(inboxAsked(review), d)?.asset;
    expect(drawn(aReview("r", ["a"]))).toBe(asset("a"));
    expect(drawn(aReview("r", ["a", "b"]))).toBeUndefined();
    expect(drawn(aReview("r", ["a", "b"]), draft({ picks: [0] }))).toBe(asset("b"));
    expect(drawn(aReview("r", ["a"], {}, "over"))).toBeUndefined();
    expect(drawn(aPick("r", ["a"]))).toBeUndefined();
  });

  test("is said in the past tense before it is sent", () => {
    const two = inboxAsked(aReview("r", ["a", "b"]));
    expect(saidSo("approve", two, NO_DRAFT)).toBe("Approved: 2 pictures");
    expect(saidSo("approve", two, draft({ picks: [0] }))).toBe("1 approved, 1 rejected");
    expect(saidSo("revise", two, draft({ picks: [0] }))).toBe("1 approved, 1 sent back");
    expect(saidSo("reject", inboxAsked(aReview("r", ["a"])), NO_DRAFT)).toBe("Rejected");
  });

  test("picking again unpicks, and the order of picks is kept", () => {
    let d = NO_DRAFT;
    for (const place of [2, 0, 1, 0]) d = togglePick(d, place);
    expect(d.picks).toEqual([2, 1]);
  });
});

test("a question that came by a link is the same question, its pictures fetched by that link", () => {
  const review = aReview("r", ["a", "b"]);
  const shared = sharedAsked("tok en", {
    question: review.question,
    answer: review.answer,
    outputs: review.outputs,
    expiresAt: 5,
    simulated: false,
    items: ["a", "b"].map((seed, index) => ({
      index,
      texts: ["A line."],
      pictures: [{ asset: asset(seed), width: 10, height: 20, mediaType: "image/png" }],
    })),
  });
  const inbox = inboxAsked(review);
  expect(shared.shape).toEqual(inbox.shape);
  expect(shared.pictures.map(({ place }) => place)).toEqual(inbox.pictures.map(({ place }) => place));
  expect(shared.texts).toEqual(["A line.", "A line."]);
  expect(shared.address(asset("a"), 320)).toBe(`/api/shared/tok%20en/assets/${"a".repeat(64)}?w=320`);
  for (const question of [undefined, "", 5, {}, { text: "" }])
    expect(inboxAsked(aReview("r", [], { question })).question).toBe("What do you say?");
  expect(inboxAsked(aReview("r", [], { question: { text: "Really?" } })).question).toBe("Really?");
});
