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
  type: fc.constantFrom("root", "one", "one", "pair", "pair", "list", "soft", "world"),
  mode: fc.constantFrom("on", "on", "on", "on", "on", "on", "mute", "bypass"),
  onError: fc.constantFrom("stop", "stop", "continue"),
  wires: fc.array(fc.record({ from: fc.nat(), output: fc.constantFrom("x", "x", "y", "error"), port: fc.nat() }), {
    maxLength: 4,
  }),
});
const loopSpec = fc.record({
  from: fc.nat(),
  back: fc.nat(),
  passes: fc.integer({ min: 1, max: 3 }),
  output: fc.constantFrom("x", "y"),
});

type Spec = {
  nodes: ReturnType<typeof nodeSpec.generate>["value"][];
  loops: ReturnType<typeof loopSpec.generate>["value"][];
};

/** Random graphs that plan: every node wired to earlier ones, loop edges kept where they nest. */
export const randomPlan = (maxNodes: number): fc.Arbitrary<Plan> =>
  fc
    .record({
      nodes: fc.array(nodeSpec, { minLength: 1, maxLength: maxNodes }),
      loops: fc.array(loopSpec, { maxLength: 4 }),
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
      if (!wires.some((wire) => wire.port === port)) wires.push({ from: i - 1, output: "x", port });
    for (const { from, output, port } of wires) {
      const source = typed[from % Math.max(1, i)];
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
    const target = typed[back % typed.length];
    const [port] = portsOf(target?.type ?? "");
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
    if (!looped) continue;
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
