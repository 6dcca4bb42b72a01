import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { foldEvents } from "#lib/engine/fold.ts";
import { passCount } from "#lib/engine/passes.ts";
import { frontier, parseStepKey, rule, runOutcome, stepKey } from "#lib/engine/settle.ts";
import { chooser, driveRun, worldFrom } from "./drive-run.ts";
import { randomPlan } from "./random-plan.ts";

const seed = fc.integer({ min: 1, max: 1 << 30 });
const RUNS = { numRuns: 1000, endOnFailure: true };

describe("whatever the graph, the outcomes and the schedule", () => {
  test("a run ends or rests, with every step accounted for and no loop past its passes", () => {
    const seen = new Set<string>();
    fc.assert(
      fc.property(randomPlan(14), seed, seed, (plan, a, b) => {
        const { steps, decisions } = driveRun(plan, worldFrom(a), chooser(b));
        const outcome = runOutcome(plan, steps);
        seen.add(outcome?.status ?? "none");
        expect(outcome).toBeDefined();
        let most = 0;
        for (const node of plan.nodes.values()) {
          most += passCount(node);
          if (outcome?.status !== "waiting" && ![...steps.values()].some(({ state }) => state === "waiting"))
            expect(steps.has(stepKey(node.id, 0))).toBe(true);
        }
        expect(steps.size).toBeLessThanOrEqual(most);
        for (const { nodeId, pass } of steps.values()) {
          const node = plan.nodes.get(nodeId);
          expect(node && pass < passCount(node)).toBe(true);
        }
        expect(decisions).toBeLessThanOrEqual(most * (plan.nodes.size + 4) * 6);
      }),
      RUNS,
    );
    expect([...seen].sort()).toEqual(["cancelled", "failed", "paused", "succeeded", "waiting"]);
  });

  test("what successors name is all there is to decide: the incremental way equals the full one", () => {
    fc.assert(
      fc.property(randomPlan(14), seed, seed, (plan, a, b) => {
        driveRun(plan, worldFrom(a), chooser(b), ({ steps }) => {
          expect([...frontier(plan, steps).keys()]).toEqual([]);
        });
      }),
      RUNS,
    );
  });

  test("a run has no outcome while something is in flight, and one as soon as nothing is", () => {
    fc.assert(
      fc.property(randomPlan(12), seed, seed, (plan, a, b) => {
        driveRun(plan, worldFrom(a), chooser(b), ({ steps }, active) => {
          expect(runOutcome(plan, steps) === undefined).toBe(active > 0);
        });
      }),
      { ...RUNS, numRuns: 400 },
    );
  });

  test("deciding again, however late, decides the same", () => {
    fc.assert(
      fc.property(randomPlan(14), seed, seed, (plan, a, b) => {
        const { steps, rulings } = driveRun(plan, worldFrom(a), chooser(b));
        for (const [key, ruling] of rulings) {
          const { nodeId, pass } = parseStepKey(key);
          expect(rule(plan, steps, nodeId, pass)).toEqual(ruling);
        }
      }),
      RUNS,
    );
  });

  test("two workers with two schedules come to the same rows", () => {
    fc.assert(
      fc.property(randomPlan(14), seed, seed, seed, (plan, a, b, c) => {
        const one = driveRun(plan, worldFrom(a), chooser(b));
        const two = driveRun(plan, worldFrom(a), chooser(c));
        const sorted = (rows: typeof one.steps) =>
          [...rows.values()].sort((x, y) => (stepKey(x.nodeId, x.pass) < stepKey(y.nodeId, y.pass) ? -1 : 1));
        expect(sorted(two.steps)).toEqual(sorted(one.steps));
        expect(runOutcome(plan, two.steps)).toEqual(runOutcome(plan, one.steps));
      }),
      RUNS,
    );
  });

  test("a worker that lost any of its rows decides them again as they were", () => {
    fc.assert(
      fc.property(randomPlan(12), seed, seed, (plan, a, b) => {
        const { steps } = driveRun(plan, worldFrom(a, true), chooser(b));
        const keys = [...steps.keys()];
        const lost = new Set(keys.filter((_, i) => chooser(b + i)(3) === 0));
        const known = new Map([...steps].filter(([key]) => !lost.has(key)));
        for (const [key, ruling] of frontier(plan, known)) {
          const { nodeId, pass } = parseStepKey(key);
          expect(lost.has(key)).toBe(true);
          expect(rule(plan, steps, nodeId, pass)).toEqual(ruling);
        }
      }),
      { ...RUNS, numRuns: 500 },
    );
  });

  test("replaying the events gives the state of the rows", () => {
    fc.assert(
      fc.property(randomPlan(12), seed, seed, (plan, a, b) => {
        const { steps, events } = driveRun(plan, worldFrom(a), chooser(b));
        const folded = foldEvents(events);
        expect(Object.fromEntries([...folded.steps].map(([key, { state }]) => [key, state]))).toEqual(
          Object.fromEntries([...steps].map(([key, { state }]) => [key, state])),
        );
        expect(folded.status).toBe(runOutcome(plan, steps)?.status);
        expect(folded.seq).toBe(events.length);
        expect(foldEvents(events.slice(5), foldEvents(events.slice(0, 9)))).toEqual(folded);
      }),
      { ...RUNS, numRuns: 400 },
    );
  });
});
