import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { Review, ReviewList } from "#lib/protocol/reviews.ts";
import { type FrontServer, withJson } from "./front-server.ts";
import { endOf, startReal, startWaiting, waitsAgain } from "./waiting-run.ts";

let front: Awaited<ReturnType<typeof startReal>>;
beforeAll(async () => {
  front = await startReal();
});
afterAll(() => front.close());

const call = async (path: string, init?: RequestInit, server: FrontServer = front) => {
  const answer = await server.fetch(path, init);
  return { status: answer.status, body: (await answer.json()) as Record<string, unknown> };
};
const answer = (runId: string, stepKey: string, body: unknown, server: FrontServer = front) =>
  call(`/api/runs/${runId}/steps/${stepKey}/answer`, withJson(body), server);
const list = async () => (await call("/api/reviews")).body as unknown as ReviewList;

describe("what waits for people", () => {
  it("is listed newest first with question, pictures and the schema of the answer, and is gone once it is decided", async () => {
    const one = await startWaiting(front);
    const two = await startWaiting(front, { pictures: 2, question: "Which one?" });
    const { reviews, total } = await list();
    expect(reviews.map(({ runId }) => runId)).toEqual([two.runId, one.runId]);
    expect(total).toBe(2);
    expect(reviews[0]).toMatchObject({ question: "Which one?", title: "Art direction", graphName: "Harbour campaign" });
    expect(reviews[0]?.items.map(({ about }) => about.map(({ kind }) => kind))).toEqual([["image"], ["image"]]);
    for (const { runId } of [one, two]) expect((await answer(runId, "look", { decision: "reject" })).status).toBe(200);
    expect(await list()).toMatchObject({ reviews: [], total: 0 });
  });

  it("is read one by one; what nobody is asked about is not there", async () => {
    const { runId, review } = await startWaiting(front);
    expect((await call(`/api/reviews/${runId}/look`)).body).toEqual(review);
    for (const path of [`${runId}/hero@0`, `${runId}/look@7`, `${runId}/__proto__`, "nobody/look@0"])
      expect((await call(`/api/reviews/${path}`)).status).toBe(404);
    await answer(runId, "look@0", { decision: "approve" });
  });

  it("RS-004 comes in pages of a bounded size", async () => {
    for (const query of ["limit=0", "limit=9999", "limit=x", "page=2", "before="])
      expect([query, (await call(`/api/reviews?${query}`)).status]).toEqual([query, 422]);
  });

  it("goes round with notes: the next asking tells the picture and the notes of the one before", async () => {
    const { runId, review } = await startWaiting(front);
    await answer(runId, "look@0", { decision: "revise", notes: "Bluer water, please." });
    const again = await waitsAgain(front, runId, "look@1");
    const [before] = again.items[0]?.earlier ?? [];
    expect(before).toMatchObject({ pass: 0, decision: "revise", notes: "Bluer water, please." });
    expect(before?.pictures.map(({ asset }) => asset)).toEqual(
      review.items[0]?.about.map((value) => "asset" in value && value.asset),
    );
    await answer(runId, "look@1", { decision: "approve" });
    expect(await endOf(front, runId)).toMatchObject({ status: "succeeded" });
  });

  it("a wrong answer names its field and decides nothing", async () => {
    const { runId } = await startWaiting(front);
    for (const [body, field] of [
      [{ decision: "maybe" }, "decision"],
      [{ decision: "revise" }, "notes"],
      [{ decision: "approve", picks: [4] }, "picks"],
    ] as const) {
      const { status, body: refused } = await answer(runId, "look", body);
      expect(status).toBe(422);
      expect((refused.problems as { field: string }[]).map((one) => one.field)).toContain(field);
    }
    expect((await call(`/api/reviews/${runId}/look`)).body.state).toBe("waiting");
    await answer(runId, "look", { decision: "approve" });
  });
});

describe("stars", () => {
  it("stay with the picture, change nothing else, and are taken away with 0", async () => {
    const { runId, review } = await startWaiting(front);
    const [value] = review.items[0]?.about ?? [];
    const asset = value && "asset" in value ? value.asset : "";
    const give = async (body: unknown) =>
      (await front.fetch(`/api/reviews/${runId}/look/stars`, withJson(body, "PUT"))).status;
    const stars = async () => (await call(`/api/reviews/${runId}/look`)).body.stars;
    expect(await give({ asset, stars: 4 })).toBe(204);
    expect(await stars()).toEqual({ [asset]: 4 });
    for (const wrong of [
      { asset, stars: 6 },
      { asset, stars: -1 },
      { asset: `sha256:${"0".repeat(64)}`, stars: 1 },
      {},
    ])
      expect(await give(wrong)).toBe(422);
    expect(await give({ asset, stars: 0 })).toBe(204);
    expect(await stars()).toEqual({});
    await answer(runId, "look", { decision: "approve" });
  });
});

describe("two people", () => {
  it("who decide at once make one decision: one is taken, all others hear who was first, and when", async () => {
    for (let round = 0; round < 5; round += 1) {
      const { runId } = await startWaiting(front, { pictures: 2 });
      const wishes = [{ decision: "approve" }, { decision: "reject" }, { decision: "approve", picks: [1] }];
      const answers = await Promise.all(Array.from({ length: 9 }, (_, i) => answer(runId, "look", wishes[i % 3])));
      expect(answers.map(({ status }) => status).sort()).toEqual([200, ...Array(8).fill(409)]);
      for (const { status, body } of answers.filter((one) => one.status === 409)) {
        expect(body).toMatchObject({ status, code: "ALREADY_ANSWERED", decided: { by: "a program" } });
        expect(body.detail).toMatch(/answered before by a program at \d{4}-\d\d-\d\d \d\d:\d\d UTC/);
      }
      const taken = wishes[answers.findIndex(({ status }) => status === 200) % 3];
      const { body } = await call(`/api/reviews/${runId}/look`);
      expect(body).toMatchObject({ state: "decided", decided: { answer: taken } });
      const run = (await endOf(front, runId)) as unknown as { outputs: { look: Record<string, unknown[]> } };
      const sizes = [run.outputs.look.approved?.length ?? 0, run.outputs.look.rejected?.length ?? 0];
      expect(sizes).toEqual(taken?.decision === "reject" ? [0, 2] : taken?.picks ? [1, 1] : [2, 0]);
    }
  });

  it("who decide over two servers on one data folder make one decision", async () => {
    const other = await startReal({ folder: front.folder });
    const { runId } = await startWaiting(front);
    const answers = await Promise.all(
      [front, other, front, other].map((server) => answer(runId, "look", { decision: "approve" }, server)),
    );
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 409, 409, 409]);
    expect(await endOf(other, runId)).toMatchObject({ status: "succeeded" });
    await other.close();
  });
});

describe("a restart between asking and answering", () => {
  it("loses nothing: the new server asks the same, takes the answer and goes on", async () => {
    const first = await startReal();
    const { runId, review } = await startWaiting(first, { pictures: 2 });
    await first.close();
    const second = await startReal({ folder: first.folder });
    const { reviews } = (await call("/api/reviews", undefined, second)).body as unknown as ReviewList;
    expect(reviews).toEqual([review] satisfies Review[]);
    expect((await answer(runId, "look", { decision: "approve", picks: [0] }, second)).status).toBe(200);
    expect(await endOf(second, runId)).toMatchObject({ status: "succeeded" });
    expect((await answer(runId, "look", { decision: "approve" }, second)).status).toBe(409);
    await second.close();
  });
});
