import { describe, expect, test } from "vitest";
import * as z from "zod";
import { type AnyNode, defineNode, type ImageValue } from "#lib/sdk/index.ts";
import { scriptedProvider } from "./scripted-provider.ts";
import { edge, graph, node, openTestStudio } from "./test-studio.ts";

const images = (values: unknown): ImageValue[] => (values ?? []) as ImageValue[];
const small = { size: "1024x1024", partials: 0 };

/** A gate that lets a picture pass once its thread is `depth` turns deep; rejects it in the last pass. */
const gate = (depth: number): AnyNode =>
  defineNode({
    type: "depth-gate",
    version: 1,
    title: "Depth gate",
    group: "quality",
    docs: "Test only.",
    effect: "pure",
    inputs: { image: { kind: "image" } },
    outputs: { pass: { kind: "image" }, revision: { kind: "revision" }, reject: { kind: "image" } },
    config: z.object({ mode: z.enum(["iterate", "restart"]).default("iterate") }),
    async run(ctx, { image }, { mode }) {
      const good = mode === "iterate" ? (image.turn?.depth ?? 0) >= depth : ctx.pass.index >= depth - 1;
      if (good) return { pass: image };
      return ctx.pass.last
        ? { reject: image }
        : { revision: { kind: "revision", image, notes: "The horizon is crooked.", mode } };
    },
    examples: [],
  });

const looped = (passes: number, config: Record<string, unknown> = {}, generate: Record<string, unknown> = small) =>
  graph(
    [
      node("p", "text", { text: "a harbour" }),
      node("hero", "generate", generate),
      node("gate", "depth-gate", config),
      node("after", "grade", { exposure: 1 }),
    ],
    [
      edge("p.text", "hero.prompt"),
      edge("hero.image", "gate.image"),
      edge("gate.pass", "after.image"),
      edge("gate.revision", "hero.revision", { loop: { passes } }),
    ],
  );

describe("a loop", () => {
  test("iterates in the picture's own thread with the reasons as the instruction, and stops when it passes", async () => {
    const fake = scriptedProvider();
    const { go } = await openTestStudio(fake.provider, { nodes: [gate(3)] });
    const run = await go(looped(5));
    expect(run.status).toBe("succeeded");
    expect(fake.sent.map((request) => "previousResponseId" in request && request.previousResponseId)).toEqual([
      false,
      "resp_1",
      "resp_2",
    ]);
    expect(JSON.stringify(fake.sent[1])).toContain("The horizon is crooked.");
    expect(run.steps.filter((step) => step.nodeId === "hero").map((step) => step.pass)).toEqual([0, 1, 2]);
    expect(run.outputs.hero?.image).toHaveLength(3);
    expect(run.outputs.after?.image).toHaveLength(1);
  });

  test("is bounded by its passes; what still fails leaves by reject and the run succeeds", async () => {
    const fake = scriptedProvider();
    const { go } = await openTestStudio(fake.provider, { nodes: [gate(9)] });
    const run = await go(looped(3));
    expect(run.status).toBe("succeeded");
    expect(fake.sent).toHaveLength(3);
    expect(run.outputs.gate?.reject).toHaveLength(1);
    expect(run.steps.find((step) => step.nodeId === "after")?.state).toBe("skipped");
  });

  test("restarts with the node's own inputs and the reasons as constraints", async () => {
    const fake = scriptedProvider();
    const { go } = await openTestStudio(fake.provider, { nodes: [gate(2)] });
    await go(looped(3, { mode: "restart" }));
    expect(fake.sent).toHaveLength(2);
    expect("previousResponseId" in (fake.sent[1] ?? {})).toBe(false);
    expect(JSON.stringify(fake.sent[1])).toMatch(/a harbour.*The horizon is crooked\./s);
  });

  test("only the items that failed go round again; downstream receives all, in order", async () => {
    const fake = scriptedProvider();
    const { go } = await openTestStudio(fake.provider, { nodes: [gate(2)] });
    const run = await go(looped(3, {}, { ...small, variants: 3 }));
    expect(fake.sent).toHaveLength(6);
    expect(run.outputs.after?.image).toHaveLength(3);
    expect(images(run.outputs.gate?.pass).map((image) => image.turn?.depth)).toEqual([2, 2, 2]);
  });

  test("run again calls nobody", async () => {
    const fake = scriptedProvider();
    const { go } = await openTestStudio(fake.provider, { nodes: [gate(3)] });
    await go(looped(5));
    expect((await go(looped(5))).paidCalls).toBe(0);
    expect(fake.sent).toHaveLength(3);
  });
});

const approve = defineNode({
  type: "approve",
  version: 1,
  title: "Approve",
  group: "quality",
  docs: "Test only.",
  effect: "pure",
  inputs: { image: { kind: "image" } },
  outputs: { approved: { kind: "image" }, rejected: { kind: "image" } },
  config: z.object({}),
  answer: z.object({ approved: z.boolean() }),
  async run() {
    return { pause: true as const, question: "Good enough?" };
  },
  async resume(_ctx, { inputs, answer }) {
    return answer.approved ? { approved: inputs.image } : { rejected: inputs.image };
  },
  examples: [],
});

describe("a waiting step", () => {
  const reviewed = graph(
    [
      node("p", "text", { text: "a harbour" }),
      node("hero", "generate", small),
      node("ok", "approve"),
      node("after", "grade", { exposure: 1 }),
    ],
    [edge("p.text", "hero.prompt"), edge("hero.image", "ok.image"), edge("ok.approved", "after.image")],
  );

  test("rests without a worker, survives a restart, and goes on with the answer; run is never repeated", async () => {
    const fake = scriptedProvider();
    const first = await openTestStudio(fake.provider, { nodes: [approve] });
    const run = await first.go(reviewed);
    expect(run.status).toBe("waiting");
    expect(run.steps.find((step) => step.nodeId === "ok")).toMatchObject({
      state: "waiting",
      question: "Good enough?",
    });
    expect(first.worker.running).toBe(0);
    await first.studio.stop();

    const second = await openTestStudio(fake.provider, { nodes: [approve], folder: first.folder });
    expect(await second.studio.answer(run.runId, "ok", 0, { approved: true })).toBe("answered");
    expect(await second.studio.answer(run.runId, "ok", 0, { approved: false })).toBe("already");
    await second.studio.drive(run.runId);
    const done = await second.studio.run(run.runId);
    expect(done?.status).toBe("succeeded");
    expect(done?.outputs.after?.image).toHaveLength(1);
    expect(fake.sent).toHaveLength(1);
  });

  test("an answer to a step that does not wait is told so", async () => {
    const { go, studio } = await openTestStudio(scriptedProvider().provider, { nodes: [approve] });
    const run = await go(reviewed);
    expect(await studio.answer(run.runId, "hero", 0, {})).toBe("not-waiting");
    expect(await studio.answer("run_unknown", "hero", 0, {})).toBe("unknown");
  });
});

describe("lists", () => {
  test("four variants travel as one list; each is handled on its own, in order", async () => {
    const fake = scriptedProvider();
    const { go } = await openTestStudio(fake.provider);
    const run = await go(
      graph(
        [
          node("p", "text", { text: "a lamp" }),
          node("hero", "generate", { ...small, variants: 4 }),
          node("g", "grade", { exposure: 1 }),
          node("r", "resize", {
            targets: [
              { name: "a", width: 20, height: 20, fit: "cover" },
              { name: "b", width: 10, height: 10, fit: "cover" },
            ],
          }),
        ],
        [edge("p.text", "hero.prompt"), edge("hero.image", "g.image"), edge("g.image", "r.image")],
      ),
    );
    expect(run.outputs.g?.image).toHaveLength(4);
    expect(images(run.outputs.r?.image).map((image) => image.label)).toEqual(["a", "b", "a", "b", "a", "b", "a", "b"]);
    expect(run.steps.find((step) => step.nodeId === "g")?.items).toHaveLength(4);
    expect(images(run.outputs.hero?.image).map((image) => image.turn?.responseId)).toEqual([
      "resp_1",
      "resp_2",
      "resp_3",
      "resp_4",
    ]);
  });

  test("two lists of different length fail the step and name both ports", async () => {
    const { go } = await openTestStudio(scriptedProvider().provider);
    const run = await go(
      graph(
        [
          node("p", "text", { text: "a lamp" }),
          node("a", "generate", { ...small, variants: 2 }),
          node("b", "generate", { ...small, variants: 3 }),
          node("m", "mask", { source: "rect", rect: { x: 0, y: 0, w: 0.5, h: 0.5 } }),
          node("k", "keep-region"),
        ],
        [
          edge("p.text", "a.prompt"),
          edge("p.text", "b.prompt"),
          edge("a.image", "k.base"),
          edge("b.image", "k.from"),
          edge("a.image", "m.image"),
          edge("m.mask", "k.mask"),
        ],
      ),
    );
    const step = run.steps.find((one) => one.nodeId === "k");
    expect(step?.error?.code).toBe("LENGTH_MISMATCH");
    expect(step?.error?.message).toMatch(/base.*from|from.*base/s);
  });
});
