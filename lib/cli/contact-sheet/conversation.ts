import type { Graph } from "#lib/protocol/graph.ts";
import type { RunDocument } from "#lib/protocol/run.ts";
import type { ImageValue, MaskValue, Value } from "#lib/protocol/values.ts";

/** One picture that the model drew, and how it came to be. `number` is its place in the thread, from 1. */
export type TurnCard = {
  nodeId: string;
  title: string;
  image: ImageValue;
  number: number;
  why: string;
  cached: boolean;
  costUsd: number;
  /** The picture it continues, with the wire's node. */
  continues?: { title: string; image: ImageValue; number: number };
  /** A change that was held inside a mask; `drift` 0–1 is what the model had changed outside of it. */
  lock?: { drift: number; before: ImageValue; mask: MaskValue };
  forks: TurnCard[];
};

const isImage = (value: Value): value is ImageValue => value.kind === "image";

/**
 * The visual conversation of a run as trees: a picture whose turn did not come in over a wire was drawn by its node; it hangs under the
 * picture whose thread that node received. Knows no node type: wires and turns say everything.
 */
export function conversationOf(graph: Graph, run: RunDocument): TurnCard[] {
  const outputs = (nodeId: string, port?: string): Value[] => {
    const ports = run.outputs[nodeId] ?? {};
    return port === undefined ? Object.values(ports).flat() : (ports[port] ?? []);
  };
  const received = (nodeId: string) =>
    graph.edges.filter((edge) => edge.target === nodeId).flatMap((edge) => outputs(edge.source, edge.sourceHandle));
  const cards = new Map<string, TurnCard>();
  const roots: TurnCard[] = [];
  for (const node of graph.nodes) {
    const incoming = received(node.id);
    const known = new Set(incoming.filter(isImage).map((image) => image.turn?.responseId));
    const step = run.steps.findLast(({ nodeId }) => nodeId === node.id);
    for (const image of outputs(node.id).filter(isImage)) {
      if (!image.turn || known.has(image.turn.responseId)) continue;
      const drift = outputs(node.id, "drift")[0];
      const mask = incoming.find((value) => value.kind === "mask");
      const before = incoming.filter(isImage).find(({ turn }) => turn !== undefined);
      cards.set(image.turn.responseId, {
        nodeId: node.id,
        title: node.title ?? node.id,
        image,
        number: image.turn.depth,
        why: step?.why ?? "",
        cached: step?.cached ?? false,
        costUsd: image.made.costUsd ?? step?.costUsd ?? 0,
        lock: drift?.kind === "number" && mask && before ? { drift: drift.number, before, mask } : undefined,
        forks: [],
      });
    }
  }
  for (const card of cards.values()) {
    const parent = received(card.nodeId)
      .filter(isImage)
      .map(({ turn }) => turn && cards.get(turn.responseId))
      .find((other) => other !== undefined);
    if (parent) {
      card.continues = { title: parent.title, image: parent.image, number: parent.number };
      parent.forks.push(card);
    } else roots.push(card);
  }
  return roots;
}

/** Pictures of the first node that gives several labelled ones: the sizes a picture was brought to. */
export function renditionsOf(graph: Graph, run: RunDocument): ImageValue[] {
  const perNode = graph.nodes.map(({ id }) =>
    Object.values(run.outputs[id] ?? {})
      .flat()
      .filter(isImage),
  );
  return perNode.find((images) => images.length > 1 && images.every(({ label }) => label)) ?? [];
}
