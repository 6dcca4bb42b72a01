import type { Graph, GraphNode } from "../../../protocol/graph.ts";
import type { AnyNode } from "../../../sdk/define-node.ts";
import type { Control } from "./control.ts";
import { readSettings } from "./field-problems.ts";

/** Why options cannot be chosen as the node stands, by option. An option that is not named can. */
export type Refusals = Readonly<Record<string, string>>;

type Settings = Readonly<Record<string, unknown>>;

/** What the type's own check says of one setting when it has a value. Problems of other settings are not this one's. */
function complaint(type: AnyNode, settings: Settings, field: string, value: unknown): string | undefined {
  const tried = type.config.safeParse({ ...settings, [field]: value });
  if (!tried.success) return undefined;
  const found = type.check?.(tried.data) ?? [];
  return found.find((one) => one.field === field && (one as { level?: string }).level !== "warning")?.message;
}

/**
 * Which of a setting's options the rest of the settings rules out: each is tried against the type's check, so that what a model cannot do
 * is said before it is asked for.
 */
export function refusalsOf(
  type: AnyNode,
  node: GraphNode,
  inputs: Graph["inputs"],
  field: string,
  options: readonly string[],
): Refusals {
  if (!type.check) return NONE;
  const { config } = readSettings(type, node, inputs);
  const entries = options.flatMap((option): [string, string][] => {
    const why = complaint(type, config, field, option);
    return why === undefined ? [] : [[option, why]];
  });
  return entries.length === 0 ? NONE : Object.fromEntries(entries);
}

const NONE: Refusals = {};

/** Why a whole setting does nothing as the node stands: every value that could be tried is refused for one and the same reason. */
export function refusalOf(
  type: AnyNode,
  node: GraphNode,
  inputs: Graph["inputs"],
  field: string,
  control: Control,
): string | undefined {
  const values = trialValues(control);
  if (!type.check || values.length === 0) return undefined;
  const { config } = readSettings(type, node, inputs);
  const reasons = new Set(values.map((value) => complaint(type, config, field, value)));
  const [only] = reasons;
  return reasons.size === 1 ? only : undefined;
}

function trialValues(control: Control): unknown[] {
  switch (control.kind) {
    case "number":
      return [control.min, control.max].filter((value) => value !== undefined);
    case "switch":
      return [true, false];
    case "choice":
      return [...control.options];
    default:
      return [];
  }
}
