import type { EntryGraph } from "../../protocol/catalogue.ts";
import { type Problem, warning } from "../../protocol/problems.ts";
import type { ArchiveRow, Journal } from "../ports.ts";
import { drawnBy, graphMissing, recordOf } from "./remake.ts";

/**
 * The document that made an entry, to be worked on: the run's inputs are its defaults and the run's takes its own; with `similar` one more take of the node
 * that drew last. Throws StepError GRAPH_MISSING, RECORD_UNREADABLE.
 */
export async function entryGraph(
  journal: Pick<Journal, "getGraph">,
  entry: ArchiveRow,
  { similar = false }: { similar?: boolean } = {},
): Promise<EntryGraph> {
  const record = recordOf(entry);
  const drawn = await journal.getGraph(record.graph.revision);
  if (!drawn) throw graphMissing(record);
  const { inputs } = record.run;
  const last = drawnBy(record);
  const problems: Problem[] = [];
  if (similar && !drawn.nodes.some(({ id }) => id === last))
    problems.push(warning("NOTHING_TO_RAISE", "The node that drew this lies in another graph. Raise a take yourself."));
  const asked = record.run.takes ?? {};
  const takeOf = (id: string, take: number) => (Object.hasOwn(asked, id) ? (asked[id] ?? take) : take);
  return {
    graph: {
      ...drawn,
      inputs: drawn.inputs.map((input) =>
        Object.hasOwn(inputs, input.key) ? { ...input, default: inputs[input.key] } : input,
      ),
      nodes: drawn.nodes.map((node) => {
        const take = takeOf(node.id, node.take) + (similar && node.id === last ? 1 : 0);
        if (take === node.take) return node;
        // A pinned node would give its old result whatever its take.
        const { pin: _, ...free } = node;
        return { ...(node.id === last ? free : node), take };
      }),
    },
    ...(last === undefined ? {} : { drawnBy: last }),
    problems,
  };
}
