import { LIMITS } from "../protocol/limits.ts";
import { type Problem, problem } from "../protocol/problems.ts";
import { fit } from "./fit.ts";
import { neighbours, reach } from "./graph-order.ts";
import type { TypedNodes } from "./plan-edges.ts";
import type { NodeShape, PlanEdge, PortShape } from "./types.ts";

/** Joining can multiply edges; past this it is refused rather than built. */
const MAX_JOINED = LIMITS.edges * 10;

/**
 * Takes bypassed nodes out and joins the wires on both sides: what enters by the first input of an output's kind (else the first that
 * fits) leaves by that output. Where nothing fits, the output does not fire. Loop marks stay on the joined wire while it still leads back.
 */
export function joinBypassed(
  typed: TypedNodes,
  edges: readonly PlanEdge[],
): { edges: PlanEdge[]; problems: Problem[] } {
  let joined: PlanEdge[] = [...edges];
  for (const { node, shape } of typed.values()) {
    if (node.mode !== "bypass") continue;
    joined = around(node.id, shape, typed, joined);
    if (joined.length > MAX_JOINED) {
      const message = `Bypassing ${node.id} joins more than ${MAX_JOINED} wires; mute it or rewire it.`;
      return { edges: [], problems: [problem("EXECUTION_PLAN_TOO_LARGE", message, { node: node.id })] };
    }
  }
  const back = leadsBack(joined);
  return {
    edges: joined
      .filter((edge) => !edge.loop || !edge.id.includes("+") || back(edge))
      .map((edge, index) => ({ ...edge, index })),
    problems: [],
  };
}

function around(id: string, shape: NodeShape, typed: TypedNodes, edges: readonly PlanEdge[]): PlanEdge[] {
  const into = edges.filter((edge) => edge.target === id && edge.source !== id);
  return edges.flatMap((out) => {
    if (out.target === id) return [];
    if (out.source !== id) return [out];
    const port = entryFor(shape, out.sourceHandle);
    return into
      .filter((enter) => enter.targetHandle === port && joins(typed, enter, out))
      .map((enter) => ({
        ...out,
        id: `${enter.id}+${out.id}`,
        source: enter.source,
        sourceHandle: enter.sourceHandle,
        loop: out.loop ?? enter.loop,
      }));
  });
}

/** The input whose values leave by an output when the node itself is left out. */
function entryFor(shape: NodeShape, output: string): string | undefined {
  const kind = shape.outputs[output]?.kind;
  if (kind === undefined) return undefined;
  const inputs = Object.entries(shape.inputs);
  return (inputs.find(([, input]) => input.kind === kind) ?? inputs.find(([, input]) => !fit(input.kind, kind)))?.[0];
}

function joins(typed: TypedNodes, enter: PlanEdge, out: PlanEdge): boolean {
  const from: PortShape | undefined = typed.get(enter.source)?.outputs[enter.sourceHandle];
  const to = typed.get(out.target)?.shape.inputs[out.targetHandle];
  return from !== undefined && to !== undefined && fit(from.kind, to.kind) === null;
}

function leadsBack(edges: readonly PlanEdge[]): (edge: PlanEdge) => boolean {
  const forward = edges.filter((edge) => !edge.loop);
  const next = neighbours(new Set(edges.flatMap((edge) => [edge.source, edge.target])), forward);
  return (edge) => reach([edge.target], next).has(edge.source);
}
