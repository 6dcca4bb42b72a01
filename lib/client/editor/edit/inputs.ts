import { readTemplate } from "../../../engine/expression.ts";
import type { Graph, GraphInput, GraphNode } from "../../../protocol/graph.ts";
import { changeNodes } from "./edit-nodes.ts";

/** A place in the document that an input reaches: a setting of a node. */
export type InputUse = { nodeId: string; field: string };

/** A free key that reads like a title: `Accent colour` → `accent_colour`. */
export function newKey(inputs: readonly GraphInput[], title: string): string {
  const plain = title
    .normalize("NFKD")
    .replace(/\p{M}+/gu, "")
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, "_")
    .replace(/^[^a-z]+|_+$/g, "")
    .slice(0, 48);
  const stem = plain || "input";
  const taken = new Set(inputs.map(({ key }) => key));
  let key = stem;
  for (let n = 2; taken.has(key); n += 1) key = `${stem}_${n}`;
  return key;
}

/** Adds an input at the end. The very same document when its key is taken. */
export const addInput = (graph: Graph, input: GraphInput): Graph =>
  graph.inputs.some(({ key }) => key === input.key) ? graph : { ...graph, inputs: [...graph.inputs, input] };

/** Changes what an input is; `undefined` takes a member out. Its key is changed by `renameInput`. */
export function changeInput(graph: Graph, key: string, part: Partial<Omit<GraphInput, "key">>): Graph {
  return {
    ...graph,
    inputs: graph.inputs.map((input) =>
      input.key === key
        ? (Object.fromEntries(
            Object.entries({ ...input, ...part }).filter(([, value]) => value !== undefined),
          ) as GraphInput)
        : input,
    ),
  };
}

/** Takes an input away. What names it stays as it is and is reported as a problem: nothing is guessed. */
export function removeInput(graph: Graph, key: string): Graph {
  const inputs = graph.inputs.filter((input) => input.key !== key);
  return inputs.length === graph.inputs.length ? graph : { ...graph, inputs };
}

/** Moves an input up (−1) or down (+1) the list; the very same document at its ends. */
export function moveInput(graph: Graph, key: string, by: -1 | 1): Graph {
  const from = graph.inputs.findIndex((input) => input.key === key);
  const to = from + by;
  const [moved, other] = [graph.inputs[from], graph.inputs[to]];
  if (!moved || !other) return graph;
  return {
    ...graph,
    inputs: graph.inputs.map((input, index) => (index === from ? other : index === to ? moved : input)),
  };
}

/** The names a setting's text keeps open until the step runs; an input of the same name does not reach it there. */
export type LateNames = (node: GraphNode, field: string) => readonly string[];
const NONE_LATE: LateNames = () => [];

/**
 * Gives an input another key, and with it every `{{key}}` and every `{ "$input": "key" }` of the document. The very same document when the
 * new key is taken or the old one is not there. Nodes that do not name it keep their identity.
 */
export function renameInput(graph: Graph, from: string, to: string, late: LateNames = NONE_LATE): Graph {
  const keys = new Set(graph.inputs.map(({ key }) => key));
  if (from === to || keys.has(to) || !keys.has(from)) return graph;
  const renamed = {
    ...graph,
    inputs: graph.inputs.map((input) => (input.key === from ? { ...input, key: to } : input)),
  };
  return changeNodes(
    renamed,
    graph.nodes.map(({ id }) => id),
    (node) => {
      const entries = Object.entries(node.config);
      const next = entries.map(([field, value]) => [field, renamedIn(value, from, to, late(node, field))] as const);
      return next.every(([, value], index) => value === entries[index]?.[1])
        ? node
        : { ...node, config: Object.fromEntries(next) };
    },
  );
}

/** Where an input is used, in the order of the document. */
export const usesOfInput = (graph: Pick<Graph, "nodes">, key: string, late: LateNames = NONE_LATE): InputUse[] =>
  graph.nodes.flatMap((node) =>
    Object.entries(node.config)
      .filter(([field, value]) => renamedIn(value, key, `${key}_`, late(node, field)) !== value)
      .map(([field]) => ({ nodeId: node.id, field })),
  );

/** A value with one input's name exchanged; the very same value when it does not name it. */
function renamedIn(value: unknown, from: string, to: string, late: readonly string[]): unknown {
  if (typeof value === "string") return renamedInText(value, from, to, late);
  if (Array.isArray(value)) {
    const items = value.map((item) => renamedIn(item, from, to, late));
    return items.some((item, index) => item !== value[index]) ? items : value;
  }
  if (typeof value !== "object" || value === null) return value;
  const entries = Object.entries(value);
  if (entries.length === 1 && entries[0]?.[0] === "$input") return entries[0][1] === from ? { $input: to } : value;
  const next = entries.map(([name, item]) => [name, renamedIn(item, from, to, late)] as const);
  return next.some(([, item], index) => item !== entries[index]?.[1]) ? Object.fromEntries(next) : value;
}

/** Only what is an expression counts; an escaped `\\{{` and whatever is not understood stay letter by letter. */
function renamedInText(text: string, from: string, to: string, late: readonly string[]): string {
  if (!text.includes("{{") || !text.includes(from)) return text;
  return readTemplate(text)
    .map((piece) => {
      if (piece.kind === "text") return piece.text;
      if (piece.kind === "brace") return "\\{{";
      if (piece.kind === "fault" || piece.expression.path[0] !== from) return piece.source;
      return isLate(piece.expression.path, late) ? piece.source : piece.source.replace(from, to);
    })
    .join("");
}

const isLate = (path: readonly string[], late: readonly string[]): boolean =>
  late.some((name) =>
    name.endsWith(".*") ? path[0] === name.slice(0, -2) && path.length > 1 : name === path.join("."),
  );
