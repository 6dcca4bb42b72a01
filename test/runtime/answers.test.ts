import { describe, expect, test } from "vitest";
import type { RunDocument } from "#lib/protocol/run.ts";
import { reviewed, small, stepOf } from "./reviewed-run.ts";
import { scriptedProvider } from "./scripted-provider.ts";
import { edge, node, openTestStudio } from "./test-studio.ts";

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
