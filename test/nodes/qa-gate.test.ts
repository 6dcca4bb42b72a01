import { describe, expect, it } from "vitest";
import type { Outputs, RevisionValue, VerdictValue } from "#lib/sdk/index.ts";
import gate from "#nodes/qa-gate.ts";
import { testContext } from "./node-context.ts";
import { runNode } from "./run-node.ts";

const one = [{ id: "horizon", question: "Is the horizon level?", title: "Horizon" }];
const answer = (score: number, reason = "It leans.", box: number[] | null = [0.1, 0.2, 0.3, 0.4]) => ({
  lines: { horizon: { score, reason, box } },
});
const verdict = (outputs: Outputs) => outputs.verdict?.[0] as VerdictValue;

const judged = async (
  answers: unknown[],
  config: Record<string, unknown> = {},
  more: Parameters<typeof testContext>[0] = {},
  inputs: Record<string, unknown> = {},
) => {
  const context = testContext({ answers, way: () => "open", pass: { index: 0, last: false }, ...more });
  const { outputs } = await runNode(
    gate,
    { config: { checklist: one, ...config }, inputs: { image: "@drawn", ...inputs } },
    context,
  );
  return { outputs, context };
};

describe("the decision", () => {
  it.each([
    [0.8, "pass"],
    [0.799, "iterate"],
    [0.4, "iterate"],
    [0.399, "restart"],
    [0, "restart"],
  ])("a score of %d is a %s", async (score, decision) => {
    const { outputs } = await judged([answer(score)]);
    expect(verdict(outputs)).toMatchObject({ decision, score });
    const leaves = decision === "pass" ? "pass" : "revision";
    expect(Object.keys(outputs).sort()).toEqual([leaves, "verdict"].sort());
    if (leaves === "revision") expect(outputs.revision?.[0]).toMatchObject({ mode: decision });
  });

  it("goes by the thresholds that are set", async () => {
    const config = { threshold: 0.5, restartBelow: 0.2 };
    expect(verdict((await judged([answer(0.5)], config)).outputs).decision).toBe("pass");
    expect(verdict((await judged([answer(0.3)], config)).outputs).decision).toBe("iterate");
    expect(verdict((await judged([answer(0.1)], config)).outputs).decision).toBe("restart");
  });

  it.each([
    ["over", /last pass/],
    ["unwired", /wired/],
  ] as const)("with revision %s what fails is rejected, with the faults", async (way, says) => {
    const { outputs } = await judged([answer(0.5)], {}, { way: () => way });
    expect(outputs.reject).toHaveLength(1);
    expect(verdict(outputs)).toMatchObject({ decision: "reject", passed: false });
    expect(verdict(outputs).notes).toMatch(says);
    expect(verdict(outputs).notes).toContain("It leans.");
  });

  it("without money for another pass it rejects, says so, and holds for this run alone", async () => {
    const poor = await judged([answer(0.5)], {}, { room: { left: 0.02, again: 0.04 } });
    expect(verdict(poor.outputs).notes).toMatch(/\$0\.020 are left/);
    expect(poor.context.kept.forThisRun).toBe(true);
    const rich = await judged([answer(0.5)], {}, { room: { left: 0.06, again: 0.04 } });
    expect(verdict(rich.outputs).decision).toBe("iterate");
    expect(rich.context.kept.forThisRun).toBe(false);
    const good = await judged([answer(0.9)], {}, { room: { left: 0, again: 0.04 } });
    expect(verdict(good.outputs).decision).toBe("pass");
  });
});

describe("what is said", () => {
  it("keeps score, reason and place of every line, and whose verdict it is", async () => {
    const { outputs, context } = await judged([answer(0.5)]);
    const revision = outputs.revision?.[0] as RevisionValue;
    expect(verdict(outputs)).toMatchObject({
      of: revision.image.asset,
      checks: [
        { id: "horizon", kind: "judged", score: 0.5, passed: false, reason: "It leans.", box: [0.1, 0.2, 0.3, 0.4] },
      ],
      model: context.asked[0] && "model" in context.asked[0] ? context.asked[0].model : "",
      costUsd: 0.001,
    });
    expect(revision.image.verdicts).toEqual([verdict(outputs)]);
    expect(revision.notes).toMatch(/Horizon: It leans\./);
  });

  it("adds to the verdicts a picture came with", async () => {
    const context = testContext({ answers: [answer(1), answer(0.9)] });
    const first = await runNode(gate, { config: { checklist: one }, inputs: { image: "@drawn" } }, context);
    const again = await gate.run(
      context.ctx,
      { image: first.outputs.pass?.[0] as never, references: [] },
      gate.config.parse({ checklist: one }),
    );
    expect(
      ((again as Record<string, unknown>).pass as { verdicts: VerdictValue[] }).verdicts.map(({ score }) => score),
    ).toEqual([1, 0.9]);
  });

  it("a demand of the brief that fails is a must: it goes round whatever the score", async () => {
    const brief = { kind: "text", text: "## Must not\n- Logos of others" };
    const lines = {
      horizon: { score: 1, reason: "", box: null },
      "must-not-1": { score: 0.7, reason: "A swoosh.", box: null },
    };
    const { outputs, context } = await judged([{ lines }], {}, {}, { brief });
    expect(verdict(outputs)).toMatchObject({ score: 0.85, decision: "iterate" });
    expect((outputs.revision?.[0] as RevisionValue | undefined)?.notes).toContain("A swoosh.");
    expect(context.asked[0]).toMatchObject({ text: expect.stringContaining("Logos of others") });
  });

  it("a line of one's own keeps its name when the brief would take it", async () => {
    const checklist = [{ id: "must-1", question: "Mine?" }];
    const brief = { kind: "text", text: "Must: yours" };
    const { outputs } = await judged(
      [{ lines: { "must-1": { score: 1, reason: "", box: null } } }],
      { checklist },
      {},
      { brief },
    );
    expect(verdict(outputs).checks).toHaveLength(1);
  });
});

describe("calls", () => {
  it("one for all lines and the lettering, as many as samples", async () => {
    const checks = [{ kind: "text", expected: "SALE" }];
    const { context, outputs } = await judged(
      ["SALE", "SOLE", "SALE"].map((read) => ({ ...answer(0.9), read })),
      { checks, samples: 3 },
    );
    expect(context.asked).toHaveLength(3);
    expect(verdict(outputs)).toMatchObject({ decision: "pass", costUsd: 0.003 });
  });

  it("none without a judged line and without lettering to read", async () => {
    const { context, outputs } = await judged([], { checklist: [], checks: [{ kind: "aspect", ratio: "3:2" }] });
    expect(context.asked).toEqual([]);
    expect(verdict(outputs)).toMatchObject({ decision: "pass", checks: [{ id: "aspect" }] });
  });

  it("references are shown after the picture, and measured against", async () => {
    const checks = [{ kind: "similarity", min: 0.9 }];
    const { context, outputs } = await judged([answer(1)], { checks }, {}, { references: ["@drawn"] });
    const [asked] = context.asked;
    expect(asked?.kind === "judge" && asked.images).toHaveLength(2);
    expect(verdict(outputs).checks[1]).toMatchObject({ kind: "similarity", passed: true });
  });
});

describe("settings that cannot be right", () => {
  const fields = (config: Record<string, unknown>) =>
    gate.check?.(gate.config.parse(config)).map(({ field, code }) => `${field} ${code}`);

  it("are named by their field", () => {
    expect(fields({ threshold: 0.3, restartBelow: 0.5 })).toEqual(["restartBelow THRESHOLDS_CROSSED"]);
    expect(fields({ checklist: [...one, ...one] })).toEqual(["checklist.1.id LINE_TWICE"]);
    expect(fields({ model: "gpt-nonsense" })?.[0]).toMatch(/^model /);
    const bad = gate.config.safeParse({
      checks: [{ kind: "palette", colors: ["red"] }],
      checklist: [{ id: "a b", question: "?" }],
    });
    expect(bad.error?.issues.map(({ path }) => path.join("."))).toEqual(["checks.0.colors.0", "checklist.0.id"]);
  });

  it("similarity without references is an error, a gate without any check a warning", () => {
    const wiring = (config: Record<string, unknown>, ...wired: string[]) =>
      gate.checkWiring?.(gate.config.parse(config), new Set(wired)) as {
        code: string;
        level?: string;
        port?: string;
      }[];
    expect(wiring({ checks: [{ kind: "similarity", min: 0.5 }] }, "image")).toMatchObject([
      { code: "REFERENCE_MISSING", port: "references" },
    ]);
    expect(wiring({ checks: [{ kind: "similarity", min: 0.5 }] }, "image", "references")).toEqual([]);
    expect(wiring({ checklist: [] }, "image")).toMatchObject([{ code: "NOTHING_TO_CHECK", level: "warning" }]);
    expect(wiring({ checklist: [] }, "image", "brief")).toEqual([]);
  });
});
