import { expect, test } from "vitest";
import { planGraph } from "#lib/engine/plan.ts";
import { rule, successors } from "#lib/engine/settle.ts";
import type { Plan } from "#lib/engine/types.ts";
import type { Graph, GraphEdge, GraphNode } from "#lib/protocol/graph.ts";
import { CATALOGUE } from "./small-catalogue.ts";
import { text } from "./small-values.ts";
import { stepTable } from "./step-table.ts";

/** A ladder of `size` nodes: every one changes the picture of the one before. Built by hand, past the limit for documents. */
function ladder(size: number): Plan {
  const node = (id: string, type: string): GraphNode => ({
    id,
    type,
    typeVersion: 1,
    position: { x: 0, y: 0 },
    config: {},
    take: 1,
    mode: "on",
  });
  const edge = (source: string, sourceHandle: string, target: string, targetHandle: string): GraphEdge => ({
    id: `${source}_${target}`,
    source,
    sourceHandle,
    target,
    targetHandle,
  });
  const steps = Array.from({ length: size - 2 }, (_, i) => `n${i}`);
  const graph = {
    id: "ladder",
    name: "Ladder",
    inputs: [],
    frames: [],
    format: "throughline/graph",
    version: 1,
    nodes: [node("w", "words"), node("d", "draw"), ...steps.map((id) => node(id, "change"))],
    edges: [
      edge("w", "text", "d", "prompt"),
      ...steps.map((id, i) => edge(i === 0 ? "d" : `n${i - 1}`, "image", id, "image")),
    ],
  } satisfies Graph;
  const { plan, problems } = planGraph(graph, CATALOGUE, { inputs: {} });
  if (!plan) throw new Error(JSON.stringify(problems));
  return plan;
}

/** Rows read while a whole run is decided step by step. */
function readsPerStep(size: number): number {
  const plan = ladder(size);
  const steps = stepTable({});
  for (const id of plan.order) {
    expect(rule(plan, steps, id, 0).act).toBe("start");
    steps.put(id, id === "w" ? { text: [text("a")] } : { image: 1 });
    const [next] = successors(plan, steps, id, 0);
    expect(next).toBe(plan.order[plan.order.indexOf(id) + 1]?.concat("@0"));
  }
  return steps.reads() / size;
}

test("a decision reads as few rows in a graph of 1,000 nodes as in one of 10", () => {
  const [small, large] = [readsPerStep(10), readsPerStep(1000)];
  expect(large).toBeLessThan(small + 1);
  expect(large).toBeLessThanOrEqual(3);
});
