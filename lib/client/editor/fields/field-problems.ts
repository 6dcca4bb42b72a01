import type { Scope } from "../../../engine/fill.ts";
import { fillConfig, wrapped } from "../../../engine/fill-config.ts";
import { resolveInputs } from "../../../engine/inputs.ts";
import type { Graph, GraphNode } from "../../../protocol/graph.ts";
import type { Problem } from "../../../protocol/problems.ts";
import type { AnyNode } from "../../../sdk/define-node.ts";
import { plainIssues } from "../../../sdk/plain-issues.ts";
import { fieldsOf, settingsSchema } from "./node-fields.ts";

type Found = Pick<Problem, "code" | "message"> & { field?: string; level?: "error" | "warning" };

const scopes = new WeakMap<Graph["inputs"], Scope>();

/** The values of the graph's inputs as they stand: their defaults. Made once per list. */
export function scopeOf(inputs: Graph["inputs"]): Scope {
  let scope = scopes.get(inputs);
  if (!scope) {
    const { values, missing } = resolveInputs(inputs, {});
    scope = { values, missing };
    scopes.set(inputs, scope);
  }
  return scope;
}

/** A node's settings as they would run now: inputs filled in, parsed where the schema agrees. */
export type ReadSettings = { config: Record<string, unknown>; problems: readonly Found[] };

const reads = new WeakMap<GraphNode, { inputs: Graph["inputs"]; read: ReadSettings }>();

/** Reads a node's settings with the graph's inputs in them, and names what is wrong with each. Made once per node as it stands. */
export function readSettings(type: AnyNode, node: GraphNode, inputs: Graph["inputs"]): ReadSettings {
  const known = reads.get(node);
  if (known?.inputs === inputs) return known.read;
  const read = readAgain(type, node, scopeOf(inputs));
  reads.set(node, { inputs, read });
  return read;
}

function readAgain(type: AnyNode, node: GraphNode, scope: Scope): ReadSettings {
  const fields = Object.fromEntries(fieldsOf(type).map(({ name, late }) => [name, { late }]));
  const own = Object.fromEntries(Object.entries(node.config).filter(([name]) => Object.hasOwn(fields, name)));
  const filled = fillConfig(own, fields, scope);
  const unjudged = new Set([...filled.missing, ...filled.problems.map(({ field }) => head(field))]);
  let { config } = filled;
  let parsed = type.config.safeParse(config, { reportInput: true });
  for (const path of filled.images) {
    const list = wrapped(config, path);
    const again = type.config.safeParse(list, { reportInput: true });
    if (issueCount(again) < issueCount(parsed)) [parsed, config] = [again, list];
  }
  const problems: Found[] = [...filled.problems];
  if (!parsed.success) {
    const found = plainIssues(parsed.error.issues, settingsSchema(type)).filter(
      ({ field }) => field === undefined || !unjudged.has(head(field)),
    );
    problems.push(...found);
    const wrong = new Set([...unjudged, ...parsed.error.issues.map(({ path }) => String(path[0]))]);
    const rest = type.config.safeParse(Object.fromEntries(Object.entries(config).filter(([name]) => !wrong.has(name))));
    const checked = rest.success ? (type.check?.(rest.data) ?? []) : [];
    problems.push(...checked.filter(({ field }) => field === undefined || !wrong.has(head(field))));
    return { config: rest.success ? { ...config, ...rest.data } : config, problems };
  }
  problems.push(...(type.check?.(parsed.data) ?? []).filter(({ field }) => !field || !unjudged.has(head(field))));
  return { config: parsed.data, problems };
}

const issueCount = (parsed: { success: boolean; error?: { issues: unknown[] } }): number =>
  parsed.error?.issues.length ?? 0;
const head = (path: string): string => path.split(".", 1)[0] ?? path;

/** What stands under a setting: a sentence, and whether it keeps the graph from running. */
export type Sentence = { level: "error" | "warning"; message: string };

/**
 * The sentences that stand under a setting, or under a part of it (`targets.0.width`): what the editor finds itself and what the server said
 * of the same place, each once.
 */
export function sentencesFor(
  type: AnyNode | undefined,
  node: GraphNode,
  inputs: Graph["inputs"],
  said: readonly Problem[],
  path: string,
): Sentence[] {
  const own = type ? readSettings(type, node, inputs).problems : [];
  const theirs = said.filter((problem) => problem.node === node.id && problem.code !== "UNKNOWN_SETTING");
  const here = [...own, ...theirs].filter(({ field }) => field === path || field?.startsWith(`${path}.`));
  const once = new Map(here.map(({ message, level = "error" }) => [message, { level, message }]));
  return [...once.values()];
}
