import fc from "fast-check";
import { planGraph } from "#lib/engine/plan.ts";
import type { Catalogue, NodeShape, Plan } from "#lib/engine/types.ts";
import type { Graph } from "#lib/protocol/graph.ts";
import { readGraph } from "#lib/protocol/read-graph.ts";
import { shape } from "./small-catalogue.ts";

const any = { kind: "any" } as const;
const soft = { kind: "any", optional: true } as const;
const outputs = { x: any, y: any };

/** Types that differ only in what they need. */
const SHAPES: NodeShape[] = [
  shape("root", { outputs }),
  shape("one", { inputs: { a: any }, outputs }),
  shape("pair", { inputs: { a: any, b: soft }, outputs }),
  shape("list", { inputs: { all: { kind: "any", many: true } }, outputs }),
  shape("soft", { inputs: { a: soft, all: { kind: "any", many: true, optional: true } }, outputs }),
  shape("world", { effect: "world", inputs: { all: { kind: "any", many: true, optional: true } }, outputs }),
];
const CATALOGUE: Catalogue = { get: (type) => SHAPES.find((known) => known.type === type), types: () => [] };

const nodeSpec = fc.record({
  type: fc.constantFrom("one", "one", "one", "pair", "pair", "list", "list", "list", "soft", "soft", "root", "world"),
  mode: fc.oneof({ weight: 20, arbitrary: fc.constant("on") }, fc.constantFrom("mute", "bypass")),
  onError: fc.constantFrom("stop", "stop", "continue"),
  wires: fc.array(
    fc.record({ from: fc.nat(3), output: fc.constantFrom("x", "x", "x", "y", "error"), port: fc.nat() }),
    {
      maxLength: 4,
    },
  ),
});
const loopSpec = fc.record({
  from: fc.nat(),
  back: fc.nat(4),
  passes: fc.integer({ min: 1, max: 3 }),
  output: fc.constantFrom("x", "x", "y"),
});

type Spec = {
  nodes: ReturnType<typeof nodeSpec.generate>["value"][];
  loops: ReturnType<typeof loopSpec.generate>["value"][];
};

/** Random graphs that plan: every node wired to earlier ones, loop edges kept where they nest. */
export const randomPlan = (maxNodes: number): fc.Arbitrary<Plan> =>
  fc
    .record({
      nodes: fc.array(nodeSpec, { minLength: 1, maxLength: maxNodes, size: "max" }),
      loops: fc.array(loopSpec, { maxLength: 8, size: "max" }),
    })
    .map(toPlan)
    .filter((plan) => plan !== undefined);

function toPlan({ nodes, loops }: Spec): Plan | undefined {
  const typed = nodes.map((node, i) => ({ ...node, id: `n${i}`, type: i === 0 ? "root" : node.type }));
  const portsOf = (type: string) => Object.keys(CATALOGUE.get(type)?.inputs ?? {});
  const taken = new Set<string>();
  const edges: Graph["edges"] = [];
  typed.forEach((node, i) => {
    const ports = portsOf(node.type);
    const required = Object.entries(CATALOGUE.get(node.type)?.inputs ?? {}).flatMap(([port, { optional }]) =>
      optional ? [] : [port],
    );
    const wires = node.wires.map((wire) => ({ ...wire, port: ports[wire.port % Math.max(1, ports.length)] }));
    for (const port of required)
      if (!wires.some((wire) => wire.port === port)) wires.push({ from: 0, output: "x", port });
    for (const { from, output, port } of wires) {
      const source = typed[i - 1 - (from % Math.max(1, i))];
      const key = `${node.id}.${port}`;
      const single = port !== "all";
      if (i === 0 || !source || !port || (single && taken.has(key))) continue;
      taken.add(key);
      const sourceHandle = output === "error" && source.onError !== "continue" ? "x" : output;
      edges.push({ id: `e${edges.length}`, source: source.id, sourceHandle, target: node.id, targetHandle: port });
    }
  });
  let plan = tryPlan(typed, edges);
  for (const { from, back, passes, output } of loops) {
    const source = typed[from % typed.length];
    const target = typed[Math.max(0, (from % typed.length) - back)];
    const port = portsOf(target?.type ?? "").at(-1);
    if (!plan || !source || !target || !port) continue;
    const edge = {
      id: `l${edges.length}`,
      source: source.id,
      sourceHandle: output,
      target: target.id,
      targetHandle: port,
      loop: { passes },
    };
    const looped = tryPlan(typed, [...edges, edge]);
    if (!looped || looped.loops.some(({ depth }) => depth > 1)) continue;
    edges.push(edge);
    plan = looped;
  }
  return plan;
}

function tryPlan(
  nodes: { id: string; type: string; mode: string; onError: string }[],
  edges: Graph["edges"],
): Plan | undefined {
  const document = {
    nodes: nodes.map(({ id, type, mode, onError }) => ({ id, type, mode, config: { onError } })),
    edges,
  };
  const { graph } = readGraph(document);
  return graph && planGraph(graph, CATALOGUE, { inputs: {} }).plan;
}
