import { describe, expect, test } from "vitest";
import { InvalidError } from "#lib/protocol/problems.ts";
import type { RunDocument } from "#lib/protocol/run.ts";
import type { ImageValue, RevisionValue } from "#lib/protocol/values.ts";
import type { Clock } from "#lib/runtime/ports.ts";
import { createWaitingSweep } from "#lib/runtime/sweep-waiting.ts";
import { judging } from "./scripted-judge.ts";
import { scriptedProvider } from "./scripted-provider.ts";
import { edge, graph, hastyClock, node, openTestStudio } from "./test-studio.ts";

const small = { size: "1024x1024", partials: 0 };
const images = (run: RunDocument | undefined, id: string, port: string) =>
  (run?.outputs[id]?.[port] ?? []) as ImageValue[];
const stepOf = (run: RunDocument | undefined, id: string, pass = 0) =>
  run?.steps.find((step) => step.nodeId === id && step.pass === pass);

const reviewed = (config: Record<string, unknown> = {}, variants = 1, loop = false) =>
  graph(
    [
      node("p", "text", { text: "a harbour" }),
      node("hero", "generate", { ...small, variants }),
      node("ok", "review", config),
      node("after", "grade", { exposure: 1 }),
    ],
    [
      edge("p.text", "hero.prompt"),
      edge("hero.image", "ok.image"),
      edge("ok.approved", "after.image"),
      ...(loop ? [edge("ok.revision", "hero.revision", { loop: { passes: 3 } })] : []),
    ],
  );

type Opened = Awaited<ReturnType<typeof openTestStudio>>;
async function answered({ studio }: Opened, runId: string, answer: unknown, where: [string, number] = ["ok", 0]) {
  expect(await studio.answer(runId, where[0], where[1], answer)).toBe("answered");
  await studio.drive(runId);
  return await studio.run(runId);
}

/** A clock whose days can be made to pass. */
function days(): Clock & { pass(ms: number): void; jump(ms: number): void } {
  const base = hastyClock();
  let wall = 0;
  let mono = 0;
  return {
    ...base,
    now: () => base.now() + wall,
    monotonic: () => base.monotonic() + mono,
    pass: (ms) => {
      wall += ms;
      mono += ms;
    },
    jump: (ms) => {
      wall += ms;
    },
  };
}
const DAY = 86_400_000;

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

describe("an answer outlives whatever happens", () => {
  test("a process that dies right after taking it up leaves it to the next", async () => {
    const fake = scriptedProvider();
    const first = await openTestStudio(fake.provider);
    const run = await first.go(reviewed({}, 2, true));
    await first.studio.answer(run.runId, "ok", 0, { decision: "revise", notes: "Bluer." });
    // The claim is taken, the run started, and then nothing more is heard of it.
    const claimed = await first.journal.claim("nobody", 1, run.runId);
    await first.journal.write(run.runId, claimed?.epoch ?? 0, { run: { startedAt: 1 } });
    const second = await openTestStudio(fake.provider, { folder: first.folder });
    await second.studio.drive(run.runId);
    const back = await second.studio.run(run.runId);
    expect(stepOf(back, "ok", 0)).toMatchObject({ state: "done", answer: { decision: "revise", notes: "Bluer." } });
    expect(stepOf(back, "ok", 1)?.state).toBe("waiting");
    expect(fake.sent).toHaveLength(4);
  });

  test("a step interrupted while it went on with its answer does not ask again", async () => {
    const fake = scriptedProvider();
    const opened = await openTestStudio(fake.provider);
    const run = await opened.go(reviewed());
    await opened.studio.answer(run.runId, "ok", 0, { decision: "approve" });
    const claimed = await opened.journal.claim("nobody", 1, run.runId);
    const [row] = (await opened.journal.steps(run.runId)).filter(({ nodeId }) => nodeId === "ok");
    if (!row || !claimed) throw new Error("nothing waits");
    const { answer: _answer, ...running } = row;
    await opened.journal.write(run.runId, claimed.epoch, {
      steps: [{ ...running, state: "running", items: running.items.map((item) => ({ ...item, state: "running" })) }],
    });
    await opened.studio.drive(run.runId);
    expect(await opened.studio.run(run.runId)).toMatchObject({ status: "succeeded" });
  });

  test("given while other branches still run, it is taken up at once and does not wait for them", async () => {
    let let_go = () => {};
    const held = new Promise<void>((resolve) => {
      let_go = resolve;
    });
    const fake = scriptedProvider({
      script: (request) =>
        JSON.stringify(request).includes("slow")
          ? async (hooks) => {
              await hooks.accepted({ responseId: "resp_slow" });
              await held;
              const { default: sharp } = await import("sharp");
              const black = { r: 0, g: 0, b: 0 };
              const bytes = await sharp({ create: { width: 8, height: 8, channels: 3, background: black } })
                .png()
                .toBuffer();
              return { responseId: "resp_slow", pictures: [{ bytes }], costMicro: 1 };
            }
          : undefined,
    });
    const opened = await openTestStudio(fake.provider);
    const base = reviewed();
    const both = {
      ...base,
      nodes: [...base.nodes, node("s", "text", { text: "slow" }), node("other", "generate", small)],
      edges: [...base.edges, edge("s.text", "other.prompt")],
    };
    const { runId } = await opened.studio.startRun({ graph: both });
    const driven = opened.studio.drive(runId);
    const until = async (true_: (run: RunDocument | undefined) => boolean) => {
      for (let tries = 0; tries < 400; tries++) {
        const run = await opened.studio.run(runId);
        if (true_(run)) return run;
        await new Promise((resolve) => setTimeout(resolve, 25));
      }
      throw new Error("it never came to that");
    };
    await until((run) => stepOf(run, "ok")?.state === "waiting");
    expect(await opened.studio.answer(runId, "ok", 0, { decision: "approve" })).toBe("answered");
    const run = await until((now) => stepOf(now, "after")?.state === "done");
    expect(stepOf(run, "other")?.state).toBe("running");
    let_go();
    expect(await driven).toBe("succeeded");
  });
});

describe("a time limit", () => {
  const limited = reviewed({ timeout: "P3D", otherwise: "approve" });

  test("counts days across restarts, holds no worker, and decides once", async () => {
    const clock = days();
    const fake = scriptedProvider();
    const first = await openTestStudio(fake.provider, { clock });
    const run = await first.go(limited);
    expect(run.status).toBe("waiting");
    expect(stepOf(run, "ok")?.dueAt).toBeGreaterThan(clock.now() + 2.9 * DAY);
    await first.studio.stop();
    const second = await openTestStudio(fake.provider, { clock, folder: first.folder });
    clock.pass(2 * DAY);
    expect(await second.studio.resume(run.runId, {})).toBe("waiting");
    expect(second.worker.running).toBe(0);
    clock.pass(2 * DAY);
    expect(await second.studio.resume(run.runId, {})).toBe("queued");
    expect(await second.studio.answer(run.runId, "ok", 0, { decision: "reject" })).toBe("already");
    await second.studio.drive(run.runId);
    const done = await second.studio.run(run.runId);
    expect(done?.status).toBe("succeeded");
    expect(images(done, "after", "image")).toHaveLength(1);
    expect(stepOf(done, "ok")?.answer).toEqual({ decision: "approve" });
    expect(stepOf(done, "ok")).not.toHaveProperty("dueAt", expect.anything());
  });

  test("a working server decides by itself", async () => {
    const clock = days();
    const opened = await openTestStudio(scriptedProvider().provider, { clock });
    const run = await opened.go(reviewed({ timeout: "PT2H" }));
    clock.pass(3 * 3_600_000);
    opened.studio.startWorker();
    for (let tries = 0; tries < 400 && (await opened.studio.run(run.runId))?.status !== "succeeded"; tries++)
      await new Promise((resolve) => setTimeout(resolve, 25));
    const done = await opened.studio.run(run.runId);
    expect(done?.outputs.ok?.rejected).toHaveLength(1);
    await opened.studio.stop();
  });

  test("an answer in time ends it; without a limit it waits for ever", async () => {
    const clock = days();
    const opened = await openTestStudio(scriptedProvider().provider, { clock });
    const timely = await opened.go(limited);
    await answered(opened, timely.runId, { decision: "reject" });
    const patient = await opened.go(reviewed());
    clock.pass(4000 * DAY);
    expect(await createWaitingSweep(opened.journal, clock)()).toEqual([]);
    expect((await opened.studio.run(patient.runId))?.status).toBe("waiting");
  });

  test("two workers that look at the same time decide once", async () => {
    const clock = days();
    const opened = await openTestStudio(scriptedProvider().provider, { clock });
    const run = await opened.go(limited);
    clock.pass(4 * DAY);
    const sweeps = [createWaitingSweep(opened.journal, clock), createWaitingSweep(opened.journal, clock)];
    expect((await Promise.all(sweeps.map((sweep) => sweep()))).flat()).toEqual([run.runId]);
  });

  test("CL-001 a clock that jumps three days decides nothing at once, and everything once when it turns out to be right", async () => {
    const clock = days();
    const opened = await openTestStudio(scriptedProvider().provider, { clock });
    const run = await opened.go(limited);
    const sweep = createWaitingSweep(opened.journal, clock);
    expect(await sweep()).toEqual([]);
    clock.jump(4 * DAY);
    expect(await sweep()).toEqual([]);
    clock.pass(60_000);
    expect(await sweep()).toEqual([]);
    clock.jump(-4 * DAY);
    clock.pass(700_000);
    expect(await sweep()).toEqual([]);
    clock.pass(700_000);
    expect(await sweep()).toEqual([]);
    clock.jump(4 * DAY);
    expect(await sweep()).toEqual([]);
    clock.pass(700_000);
    expect(await sweep()).toEqual([run.runId]);
    expect(await sweep()).toEqual([]);
  });

  test("CL-003 a limit over a change to summer time or a leap day is so many hours, not so many midnights", async () => {
    const opened = await openTestStudio(scriptedProvider().provider, {
      clock: { ...days(), now: () => Date.parse("2028-02-28T23:30:00+14:00") },
    });
    const run = await opened.go(limited);
    expect(new Date(stepOf(run, "ok")?.dueAt ?? 0).toISOString()).toBe("2028-03-02T09:30:00.000Z");
  });

  test("a length of time that is none is a problem of the graph, by its field", async () => {
    const { studio } = await openTestStudio(scriptedProvider().provider);
    const { problems } = await studio.check(reviewed({ timeout: "three days" }));
    expect(problems).toMatchObject([{ node: "ok", field: "timeout", code: "BAD_SETTING" }]);
  });
});

describe("a pick", () => {
  const picking = (config: Record<string, unknown>, variants = 4) =>
    graph(
      [
        node("p", "text", { text: "a harbour" }),
        node("hero", "generate", { ...small, variants }),
        node("best", "pick", config),
        node("after", "grade", { exposure: 1 }),
      ],
      [edge("p.text", "hero.prompt"), edge("hero.image", "best.image"), edge("best.image", "after.image")],
    );

  test("by hand waits like a review, with all pictures in one question", async () => {
    const opened = await openTestStudio(scriptedProvider().provider);
    const run = await opened.go(picking({ by: "hand", count: 2 }));
    expect(run.status).toBe("waiting");
    const hero = images(run, "hero", "image");
    expect(stepOf(run, "best")?.items).toMatchObject([{ about: hero.map(({ asset }) => ({ asset })) }]);
    const refused = async (answer: unknown) =>
      ((await opened.studio.answer(run.runId, "best", 0, answer).catch((error) => error)) as InvalidError).problems[0]
        ?.code;
    expect(await refused({ decision: "approve" })).toBe("BAD_ANSWER");
    expect(await refused({ picks: [0, 4] })).toBe("UNKNOWN_PICK");
    expect(await refused({ picks: [0, 0] })).toBe("UNKNOWN_PICK");
    expect(await refused({ picks: [0, 1, 2] })).toBe("TOO_MANY_PICKS");
    const done = await answered(opened, run.runId, { decision: "approve", picks: [3, 1] }, ["best", 0]);
    expect(images(done, "best", "image")).toEqual([hero[3], hero[1]]);
    expect(images(done, "best", "rest")).toEqual([hero[0], hero[2]]);
    expect((await opened.go(picking({ by: "hand", count: 2 }))).status).toBe("waiting");
  });

  test("by judge asks about every pair in both orders, and is found in the cache afterwards", async () => {
    const worth = new Map<string, number>();
    const fake = scriptedProvider({
      script: judging((request) => {
        const [first = "", second = ""] = request.parts.flatMap((part) => (part.type === "image" ? [part.asset] : []));
        const better = (worth.get(first) ?? 0) > (worth.get(second) ?? 0);
        return { json: { winner: better ? "first" : "second", reason: "r" } };
      }),
    });
    const opened = await openTestStudio(fake.provider);
    const drawn = await opened.go(picking({ by: "first" }));
    const hero = images(drawn, "hero", "image");
    for (const [index, value] of [2, 4, 1, 3].entries()) worth.set(hero[index]?.asset ?? "", value);
    const run = await opened.go(picking({ by: "judge", count: 2 }));
    expect(images(run, "best", "image").map(({ asset }) => worth.get(asset))).toEqual([4, 3]);
    expect(images(run, "best", "rest").map(({ asset }) => worth.get(asset))).toEqual([2, 1]);
    expect(run.paidCalls).toBe(12);
    expect((await opened.go(picking({ by: "judge", count: 2 }))).paidCalls).toBe(0);
  });

  test("by a judge who always likes what comes first, the order of the list stands", async () => {
    const fake = scriptedProvider({ script: judging(() => ({ json: { winner: "first", reason: "r" } })) });
    const opened = await openTestStudio(fake.provider);
    const run = await opened.go(picking({ by: "judge", count: 1 }));
    expect(images(run, "best", "image")).toEqual(images(run, "hero", "image").slice(0, 1));
  });

  test("by score takes the verdicts the pictures carry, and says what to do where there are none", async () => {
    const fake = scriptedProvider({ script: judging((_request, count) => [0.85, 0.99, 0.81][count] ?? 1) });
    const opened = await openTestStudio(fake.provider);
    const judged = graph(
      [
        node("p", "text", { text: "a harbour" }),
        node("hero", "generate", { ...small, variants: 3 }),
        node("gate", "qa-gate", { checklist: [{ id: "a", question: "Is it good?" }] }),
        node("best", "pick", { by: "score" }),
      ],
      [edge("p.text", "hero.prompt"), edge("hero.image", "gate.image"), edge("gate.pass", "best.image")],
    );
    const run = await opened.go(judged);
    expect(images(run, "best", "image").map(({ verdicts }) => verdicts?.[0]?.score)).toEqual([0.99]);
    expect((await opened.go(judged)).paidCalls).toBe(0);
    const bare = await opened.go(picking({ by: "score" }));
    expect(bare.error).toMatchObject({ code: "NO_VERDICT" });
    expect(bare.error?.message).toMatch(/QA gate/);
  });
});
