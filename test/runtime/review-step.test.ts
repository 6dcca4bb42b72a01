import { describe, expect, test } from "vitest";
import { InvalidError } from "#lib/protocol/problems.ts";
import type { ImageValue, RevisionValue } from "#lib/protocol/values.ts";
import { answered, images, reviewed, stepOf } from "./reviewed-run.ts";
import { scriptedProvider } from "./scripted-provider.ts";
import { openTestStudio } from "./test-studio.ts";

describe("a review", () => {
  test("shows each picture that waits, and sends on what is approved with its conversation untouched", async () => {
    const opened = await openTestStudio(scriptedProvider().provider);
    const run = await opened.go(reviewed({ question: "Ready for print?" }, 3));
    expect(run.status).toBe("waiting");
    const step = stepOf(run, "ok");
    expect(step).toMatchObject({ state: "waiting", question: "Ready for print?" });
    expect(step?.items.map(({ about }) => (about?.[0] as ImageValue | undefined)?.asset)).toEqual(
      images(run, "hero", "image").map(({ asset }) => asset),
    );
    const done = await answered(opened, run.runId, { decision: "approve" });
    expect(done?.status).toBe("succeeded");
    expect(images(done, "ok", "approved")).toEqual(images(done, "hero", "image"));
    expect(stepOf(done, "ok")?.answer).toEqual({ decision: "approve" });
  });

  test("picks some: those are approved, the others rejected, in order", async () => {
    const opened = await openTestStudio(scriptedProvider().provider);
    const run = await opened.go(reviewed({}, 4));
    const done = await answered(opened, run.runId, { decision: "approve", picks: [2, 0] });
    const hero = images(done, "hero", "image");
    expect(images(done, "ok", "approved")).toEqual([hero[0], hero[2]]);
    expect(images(done, "ok", "rejected")).toEqual([hero[1], hero[3]]);
    expect(images(done, "after", "image")).toHaveLength(2);
  });

  test("sends back with notes that the next turn receives, word for word, and asks again in the next pass", async () => {
    const fake = scriptedProvider();
    const opened = await openTestStudio(fake.provider);
    const run = await opened.go(reviewed({}, 2, true));
    const back = await answered(opened, run.runId, {
      decision: "revise",
      notes: "More boats on the left.",
      picks: [0],
    });
    expect(back?.status).toBe("waiting");
    expect(fake.sent).toHaveLength(3);
    expect(fake.sent[2]).toMatchObject({ previousResponseId: "resp_2" });
    expect(JSON.stringify(fake.sent[2])).toContain("More boats on the left.");
    expect(stepOf(back, "ok", 1)?.items).toHaveLength(1);
    const done = await answered(opened, run.runId, { decision: "approve" }, ["ok", 1]);
    expect(images(done, "after", "image")).toHaveLength(2);
    expect(images(done, "ok", "approved").map(({ turn }) => turn?.depth)).toEqual([1, 2]);
  });

  test("marks drawn over the picture go back with it, over an untouched conversation", async () => {
    const fake = scriptedProvider();
    const opened = await openTestStudio(fake.provider);
    const run = await opened.go(reviewed({}, 1, true));
    const markup = [{ kind: "box", x: 4, y: 4, w: 20, h: 20 }];
    const back = await answered(opened, run.runId, { decision: "revise", markup });
    const [revision] = (back?.outputs.ok?.revision ?? []) as RevisionValue[];
    const [hero] = images(back, "hero", "image");
    expect(revision?.image.asset).not.toBe(hero?.asset);
    expect(revision?.image).toMatchObject({ unmarked: hero?.asset, turn: hero?.turn });
    expect(fake.sent[1]).toMatchObject({ previousResponseId: "resp_1" });
    expect(JSON.stringify(fake.sent[1])).toContain(revision?.image.asset);
  });

  test("a layer that was drawn elsewhere is laid over the picture; one of another size is refused and asked about again", async () => {
    const opened = await openTestStudio(scriptedProvider().provider);
    const run = await opened.go(reviewed({}, 1, true));
    const sharp = (await import("sharp")).default;
    const layer = (side: number) =>
      sharp({ create: { width: side, height: side, channels: 4, background: { r: 255, g: 0, b: 0, alpha: 0.5 } } })
        .png()
        .toBuffer();
    const wrong = await opened.studio.upload(await layer(32));
    const failed = await answered(opened, run.runId, { decision: "revise", notes: "here", markup: wrong.asset });
    expect(failed).toMatchObject({ status: "failed", error: { code: "MARKUP_SIZE_MISMATCH" } });
    await opened.studio.resume(run.runId, {});
    await opened.studio.drive(run.runId);
    expect((await opened.studio.run(run.runId))?.status).toBe("waiting");
    const right = await opened.studio.upload(await layer(64));
    const back = await answered(opened, run.runId, { decision: "revise", notes: "here", markup: right.asset });
    const [revision] = (back?.outputs.ok?.revision ?? []) as RevisionValue[];
    expect(revision?.image).toMatchObject({ markup: right.asset, unmarked: images(back, "hero", "image")[0]?.asset });
  });

  test("an answer it does not take is refused with its field, and the step goes on waiting", async () => {
    const opened = await openTestStudio(scriptedProvider().provider);
    const run = await opened.go(reviewed({}, 2));
    const refused = async (answer: unknown) => {
      const error = await opened.studio.answer(run.runId, "ok", 0, answer).catch((thrown) => thrown);
      expect(error).toBeInstanceOf(InvalidError);
      return (error as InvalidError).problems.map(({ node: id, field, code }) => `${id}.${field} ${code}`);
    };
    expect(await refused({ decision: "maybe" })).toEqual(["ok.decision BAD_ANSWER"]);
    expect(await refused({})).toEqual(["ok.decision BAD_ANSWER"]);
    expect(await refused({ decision: "approve", picks: [2] })).toEqual(["ok.picks UNKNOWN_PICK"]);
    expect(await refused({ decision: "reject", picks: [1] })).toEqual(["ok.picks PICKS_WITH_REJECT"]);
    expect(await refused({ decision: "revise", notes: " " })).toEqual(["ok.notes NOTES_MISSING"]);
    expect(await refused({ decision: "approve", markup: "cat.png" })).toEqual([expect.stringMatching(/markup/)]);
    expect((await opened.studio.run(run.runId))?.status).toBe("waiting");
    expect((await answered(opened, run.runId, { decision: "reject" }))?.outputs.ok?.rejected).toHaveLength(2);
  });

  test("one decision: the second answer is told so, also long after the run went on", async () => {
    const opened = await openTestStudio(scriptedProvider().provider);
    const run = await opened.go(reviewed());
    const both = await Promise.all(
      ["approve", "reject"].map((decision) => opened.studio.answer(run.runId, "ok", 0, { decision })),
    );
    expect(both.toSorted()).toEqual(["already", "answered"]);
    await opened.studio.drive(run.runId);
    expect((await opened.studio.run(run.runId))?.status).toBe("succeeded");
    expect(await opened.studio.answer(run.runId, "ok", 0, { decision: "reject" })).toBe("already");
  });

  test("holds for its run alone: another run of the same graph asks again", async () => {
    const fake = scriptedProvider();
    const opened = await openTestStudio(fake.provider);
    const run = await opened.go(reviewed());
    await answered(opened, run.runId, { decision: "reject" });
    const again = await opened.go(reviewed());
    expect(again.status).toBe("waiting");
    expect(fake.sent).toHaveLength(1);
  });

  test("a send-back that nothing takes is warned about", async () => {
    const opened = await openTestStudio(scriptedProvider().provider);
    const run = await opened.go(reviewed());
    const done = await answered(opened, run.runId, { decision: "revise", notes: "Again." });
    expect(stepOf(done, "ok")?.warnings?.[0]).toMatch(/no pass is left/);
    expect(done?.outputs.ok?.revision).toHaveLength(1);
  });
});
