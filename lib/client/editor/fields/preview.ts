import { readTemplate } from "../../../engine/expression.ts";
import { fillLate, fillText, type Scope } from "../../../engine/fill.ts";
import type { Graph } from "../../../protocol/graph.ts";
import type { Outputs, Value } from "../../../protocol/values.ts";
import type { NodeContext } from "../../../sdk/context.ts";
import { type AnyNode, isPause } from "../../../sdk/define-node.ts";
import type { Registry } from "../../../sdk/registry.ts";
import { edgesOf, nodesById } from "../graph-index.ts";
import type { NodeRun } from "../node-run.ts";
import { readSettings } from "./field-problems.ts";

/** What a preview is made from: the document, the types and what the last runs gave. */
export type Known = { graph: Graph; registry: Registry; runs: ReadonlyMap<string, NodeRun> };

/**
 * A text with the graph's inputs and what is known of its late names; what is not known yet, and what nobody knows, stays in its braces.
 * `late`: the names the setting keeps open.
 */
export function filledText(
  template: string,
  scope: Scope,
  late: readonly string[],
  names: Readonly<Record<string, string>>,
): string {
  const unknown = readTemplate(template).flatMap((piece) => {
    if (piece.kind !== "expression" || piece.expression.quoted !== undefined) return [];
    const { path } = piece.expression;
    return Object.hasOwn(scope.values, path[0] ?? "") ? [] : [path.join(".")];
  });
  return lateFilled(fillText(template, scope, [...late, ...unknown]).text, names);
}

function lateFilled(template: string, names: Readonly<Record<string, string>>): string {
  const open = readTemplate(template, Number.POSITIVE_INFINITY).flatMap((piece) =>
    piece.kind === "expression" && piece.expression.quoted === undefined ? [piece.expression.path.join(".")] : [],
  );
  try {
    return fillLate(template, { ...Object.fromEntries(open.map((name) => [name, `{{${name}}}`])), ...names });
  } catch {
    return template;
  }
}

/** The texts wired into a node's first port that takes many, in their order; undefined for one that is known only after a run. */
export async function upstreamTexts(known: Known, nodeId: string): Promise<(string | undefined)[]> {
  const port = manyTextPort(known, nodeId);
  if (port === undefined) return [];
  const values = await arriving(known, nodeId, port, new Set());
  return values.map((value) => (value === undefined ? undefined : asText(value)));
}

/** How many texts are wired into that port. */
export function upstreamCount(known: Pick<Known, "graph" | "registry">, nodeId: string): number {
  const port = manyTextPort(known, nodeId);
  const edges = edgesOf(known.graph).into(nodeId);
  return port === undefined ? 0 : edges.filter(({ targetHandle, loop }) => targetHandle === port && !loop).length;
}

function manyTextPort({ graph, registry }: Pick<Known, "graph" | "registry">, nodeId: string): string | undefined {
  const node = nodesById(graph).get(nodeId);
  const ports = Object.entries(registry.get(node?.type ?? "")?.inputs ?? {});
  return ports.find(([, { kind, many }]) => kind === "text" && many)?.[0];
}

/** The words a node gives as it stands; undefined when they are known only after a run, or when it gives none. */
export async function givenText(known: Known, nodeId: string): Promise<string | undefined> {
  const outputs = await outputsNow(known, nodeId, new Set(), true);
  const value = Object.values(outputs ?? {}).flat()[0];
  return value === undefined ? undefined : asText(value);
}

/**
 * What a node would give: of pure types that need nothing but words, worked out here and now; of others, what their last run gave.
 * `seen` guards against circles.
 */
async function outputsNow(
  known: Known,
  nodeId: string,
  seen: ReadonlySet<string>,
  fresh = false,
): Promise<Outputs | undefined> {
  const node = nodesById(known.graph).get(nodeId);
  const type = known.registry.get(node?.type ?? "");
  if (!node || !type || seen.has(nodeId) || node.mode !== "on") return undefined;
  const last = known.runs.get(nodeId);
  const ran = fresh ? undefined : (last?.outputs as Outputs | undefined);
  if (type.effect !== "pure" || type.runs === false || !onlyWords(type)) return ran;
  const here = new Set([...seen, nodeId]);
  const inputs: Record<string, Value | Value[] | undefined> = {};
  for (const [name, port] of Object.entries(type.inputs)) {
    const values = await arriving(known, nodeId, name, here);
    if (values.some((value) => value === undefined)) return ran;
    inputs[name] = port.many ? (values as Value[]) : values[0];
  }
  const { config, problems } = readSettings(type, node, known.graph.inputs);
  if (problems.some(({ level }) => level !== "warning")) return ran;
  try {
    const given = await type.run(wordsContext(known, { id: node.id, title: node.title || type.title }), inputs, config);
    return isPause(given) ? ran : listed(given);
  } catch {
    return ran;
  }
}

const listed = (given: Record<string, Value | Value[] | undefined>): Outputs =>
  Object.fromEntries(
    Object.entries(given).flatMap(([name, value]) => (value === undefined ? [] : [[name, [value].flat()]])),
  );

const WORDS = new Set(["text", "number", "spec"]);
const onlyWords = (type: AnyNode): boolean =>
  Object.keys(type.outputs).length > 0 && Object.values(type.outputs).every(({ kind }) => WORDS.has(kind));

/** What stands on a port now, one value per wire; undefined for a wire whose value is not known. */
async function arriving(
  known: Known,
  nodeId: string,
  port: string,
  seen: ReadonlySet<string>,
): Promise<(Value | undefined)[]> {
  const wires = edgesOf(known.graph)
    .into(nodeId)
    .filter(({ targetHandle, loop }) => targetHandle === port && !loop);
  const lists = await Promise.all(
    wires.map(async ({ source, sourceHandle }) => {
      const values = (await outputsNow(known, source, seen))?.[sourceHandle];
      return values?.map((value) => fitted(value, known, nodeId, port)) ?? [undefined];
    }),
  );
  return lists.flat();
}

/** Numbers, sheets and verdicts are words where words are wanted. */
function fitted(value: Value, known: Known, nodeId: string, port: string): Value {
  const node = nodesById(known.graph).get(nodeId);
  const wanted = known.registry.get(node?.type ?? "")?.inputs[port]?.kind;
  const text = wanted === "text" && value.kind !== "text" ? asText(value) : undefined;
  return text === undefined ? value : { kind: "text", text };
}

function asText(value: Value): string | undefined {
  switch (value.kind) {
    case "text":
    case "spec":
      return value.text;
    case "number":
      return String(value.number);
    case "verdict":
      return value.notes;
    default:
      return undefined;
  }
}

/** A context in which only words can be made: whatever reaches further throws, and the preview says that it is not known. */
function wordsContext({ graph }: Known, node: { id: string; title: string }): NodeContext {
  const always = { "graph.name": graph.name, "graph.id": graph.id };
  const words: Pick<NodeContext, "graph" | "node" | "item" | "pass" | "fill" | "hash" | "warn" | "progress"> = {
    graph: { id: graph.id, name: graph.name },
    node,
    item: { index: 0, count: 1 },
    pass: { index: 0, last: true },
    fill(template, names) {
      const given = Object.entries(names).map(([name, value]) => [name, String(value ?? "")]);
      return lateFilled(template, { ...always, ...Object.fromEntries(given) });
    },
    hash: () => "",
    warn: () => {},
    progress: () => {},
  };
  return words as NodeContext;
}
