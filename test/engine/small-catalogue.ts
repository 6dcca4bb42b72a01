import * as z from "zod";
import { type PlanOptions, planGraph } from "#lib/engine/plan.ts";
import type { Catalogue, NodeShape, Plan } from "#lib/engine/types.ts";
import type { Graph } from "#lib/protocol/graph.ts";
import type { Problem } from "#lib/protocol/problems.ts";
import { readGraph } from "#lib/protocol/read-graph.ts";

type Ports = NodeShape["inputs"];
type Spec = {
  inputs?: Ports;
  outputs?: Ports;
  config?: z.ZodObject;
  late?: Record<string, string[]>;
} & Partial<
  Pick<NodeShape, "effect" | "version" | "runs" | "waits" | "migrate" | "expands" | "notKeyed" | "checkWiring">
>;

/** A node shape from a zod config, as the registry makes them. */
export function shape(type: string, spec: Spec = {}): NodeShape {
  const { inputs = {}, outputs = {}, config = z.object({}), late = {}, ...rest } = spec;
  return {
    type,
    version: 1,
    effect: "pure",
    inputs,
    outputs,
    waits: false,
    runs: true,
    fields: Object.fromEntries(Object.keys(config.shape).map((name) => [name, late[name] ? { late: late[name] } : {}])),
    parse(given) {
      const parsed = config.safeParse(given);
      if (parsed.success) return { config: parsed.data, problems: [] };
      const problems = parsed.error.issues.map((issue) => ({
        level: "error" as const,
        code: "BAD_SETTING",
        field: issue.path.join("."),
        message: issue.message,
      }));
      return { config: given, problems };
    },
    migrate: (given) => given,
    ...rest,
  };
}

const image = { kind: "image" } as const;
const text = { kind: "text" } as const;

/** Made-up types: the engine must not care what they are called. */
export const SHAPES: NodeShape[] = [
  shape("words", { outputs: { text }, config: z.object({ text: z.string().default("") }) }),
  shape("phrase", {
    inputs: { text: { ...text, many: true, optional: true } },
    outputs: { text },
    config: z.object({ text: z.string().default(""), plain: z.string().default("") }),
    late: { text: ["#", "label", "graph.*"] },
  }),
  shape("count", { outputs: { number: { kind: "number" } }, config: z.object({ value: z.number().default(0) }) }),
  shape("sheet", {
    inputs: { references: { ...image, many: true, optional: true } },
    outputs: { spec: { kind: "spec" } },
    config: z.object({
      assets: z.array(z.object({ asset: z.string() })).default([]),
      list: z.array(z.string()).default([]),
    }),
  }),
  shape("draw", {
    effect: "model",
    inputs: {
      prompt: text,
      spec: { kind: "spec", optional: true },
      context: { kind: "thread", optional: true },
      references: { ...image, many: true, optional: true },
      revision: { kind: "revision", optional: true },
    },
    outputs: { image },
    config: z.object({
      variants: z.int().min(1).max(100).default(1),
      partials: z.int().default(2),
      size: z.string().default("auto"),
    }),
    notKeyed: ["partials"],
    expands: ({ variants }) => Number(variants),
  }),
  shape("change", {
    inputs: { image, strength: { kind: "number", optional: true } },
    outputs: { image },
    config: z.object({ width: z.int().max(100).default(10) }),
  }),
  shape("fan", {
    inputs: { image },
    outputs: { image },
    config: z.object({ times: z.int().default(100) }),
    expands: ({ times }) => Number(times),
  }),
  shape("gate", {
    inputs: { image, brief: { ...text, optional: true } },
    outputs: { pass: image, revision: { kind: "revision" }, reject: image, verdict: { kind: "verdict" } },
  }),
  shape("two", { inputs: { a: image, b: image, c: { ...image, optional: true } }, outputs: { image } }),
  shape("best", { inputs: { image: { ...image, many: true } }, outputs: { image } }),
  shape("keep", {
    effect: "world",
    inputs: { image: { ...image, many: true, optional: true } },
    outputs: { entry: { kind: "record" } },
  }),
  shape("ask", {
    waits: true,
    inputs: { image },
    outputs: { approved: image, revision: { kind: "revision" }, rejected: image },
  }),
  shape("bend", { inputs: { value: { kind: "any" } }, outputs: { value: { kind: "any" } } }),
  shape("remark", { runs: false, config: z.object({ markdown: z.string().default("") }) }),
  shape("modern", {
    version: 3,
    outputs: { text },
    config: z.object({ label: z.string() }),
    migrate: (old, from) => {
      if (from === 1) throw new Error("lost");
      return { label: old.name };
    },
  }),
];

export const CATALOGUE: Catalogue = {
  get: (type) => new Map(SHAPES.map((known) => [known.type, known])).get(type),
  types: () => SHAPES.map(({ type }) => type),
};

/** `"a:words"`, or an object with settings; edges as `"a.text > b.prompt"`, loops as `"b.revision > a.revision x3"`. */
export function graph(
  nodes: (string | Record<string, unknown>)[],
  edges: string[] = [],
  more: Record<string, unknown> = {},
): Graph {
  const read = readGraph({
    nodes: nodes.map((node) => {
      const { is, ...rest } = typeof node === "string" ? { is: node } : (node as { is: string });
      const [id, type] = is.split(":");
      return { id, type, ...rest };
    }),
    edges: edges.map((edge, index) => {
      const [, source, sourceHandle, target, targetHandle, passes] =
        /^(\S+)\.(\S+) > (\S+)\.(\S+?)(?: x(\d+))?$/.exec(edge) ?? [];
      const loop = passes ? { loop: { passes: Number(passes) } } : {};
      return { id: `e${index}`, source, sourceHandle, target, targetHandle, ...loop };
    }),
    ...more,
  });
  if (!read.graph) throw new Error(JSON.stringify(read.problems));
  return read.graph;
}

export const problemsOf = (document: Graph, options: PlanOptions = { inputs: {} }): Problem[] =>
  planGraph(document, CATALOGUE, options).problems;

export const codesOf = (document: Graph, options?: PlanOptions): string[] =>
  problemsOf(document, options).map(({ code }) => code);

/** The plan of a graph that must be sound. */
export function planOf(document: Graph, options: PlanOptions = { inputs: {} }): Plan {
  const { plan, problems } = planGraph(document, CATALOGUE, options);
  if (!plan) throw new Error(JSON.stringify(problems));
  return plan;
}
