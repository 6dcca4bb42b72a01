import type { AnyNode, Group } from "../../../sdk/define-node.ts";
import type { Registry } from "../../../sdk/registry.ts";
import { connect, firstFitting, portsOf } from "../edit/connect.ts";
import { addNode } from "../edit/edit-nodes.ts";
import { insertOnEdge } from "../edit/insert-on-edge.ts";
import { edgesOf, nodesById } from "../graph-index.ts";
import type { Dialog, Point } from "../state.ts";
import { change, type Editor, openDialog, say } from "../store.ts";
import { search } from "./fuzzy.ts";
import { goToNode } from "./pointer.ts";

type Picker = Extract<Dialog, { kind: "picker" }>;

/** How groups of node types are called. */
export const GROUP_TITLES: Record<Group, string> = {
  words: "Words",
  sources: "Sources",
  model: "Drawing",
  image: "Picture work",
  quality: "Quality",
  output: "Output",
  plumbing: "Plumbing",
};

/** The node types that can go where the picker was opened: all, those a dragged port fits, those that fit into a wire. */
export function typesThatFit(editor: Editor, { from, edgeId }: Pick<Picker, "from" | "edgeId">): readonly AnyNode[] {
  const { registry } = editor.around;
  if (from)
    return registry.nodes.filter(
      (type) => firstFitting(type, from.side === "out" ? "in" : "out", from.kind) !== undefined,
    );
  if (edgeId === undefined) return registry.nodes;
  const kinds = kindsOfEdge(editor, edgeId);
  if (!kinds) return registry.nodes;
  return registry.nodes.filter(
    (type) =>
      firstFitting(type, "in", kinds.source) !== undefined && firstFitting(type, "out", kinds.target) !== undefined,
  );
}

function kindsOfEdge(editor: Editor, edgeId: string) {
  const { document } = editor.getState();
  const edge = edgesOf(document).byId(edgeId);
  const nodes = nodesById(document);
  const [from, to] = [nodes.get(edge?.source ?? ""), nodes.get(edge?.target ?? "")];
  const { registry } = editor.around;
  const source = portsOf(registry.get(from?.type ?? ""), "out", from?.config)[edge?.sourceHandle ?? ""];
  const target = portsOf(registry.get(to?.type ?? ""), "in", to?.config)[edge?.targetHandle ?? ""];
  return source && target ? { source: source.kind, target: target.kind } : undefined;
}

/** Node types a query finds, best first: by title, type, group, then the words of their docs. */
export const findTypes = (query: string, types: readonly AnyNode[]): AnyNode[] =>
  search(query, types, (type) => ({
    title: type.title,
    also: [type.type, GROUP_TITLES[type.group], type.docs],
  }));

/** The first sentence of a type's docs, without marks. */
export const firstSentence = (type: Pick<AnyNode, "docs">): string =>
  (/^[\s\S]*?[.:](?=\s|$)/.exec(type.docs)?.[0] ?? type.docs)
    .replace(/[*_`]/g, "")
    .replace(/\s+/g, " ")
    .replace(/:$/, ".");

/** Room a card takes to the left of a port that was dragged backwards, canvas units. */
const CARD_WIDTH = 300;

/** Adds a node of the chosen type where the picker was opened, wires it, selects it and moves the keyboard to it: one step to undo. */
export function acceptType(editor: Editor, type: AnyNode, picker: Pick<Picker, "canvas" | "from" | "edgeId">): string {
  const { registry } = editor.around;
  let id = "";
  const at = placed(picker);
  const added = editor.getState().document;
  const edit = addNode(added, type, at);
  id = edit.id;
  const wired = wire(edit.graph, registry, type, id, picker);
  const words = wired === edit.graph ? `${type.title} added` : `${type.title} added and wired`;
  change(editor, `Add ${type.title.toLowerCase()}`, () => wired, { select: [id] });
  openDialog(editor, undefined);
  say(editor, words);
  goToNode(editor, id);
  return id;
}

const placed = ({ canvas, from }: Pick<Picker, "canvas" | "from">): Point =>
  from?.side === "in" ? { x: canvas.x - CARD_WIDTH, y: canvas.y - 40 } : { x: canvas.x, y: canvas.y - (from ? 40 : 0) };

function wire(
  graph: Parameters<typeof connect>[0],
  registry: Registry,
  type: AnyNode,
  id: string,
  { from, edgeId }: Pick<Picker, "from" | "edgeId">,
) {
  if (edgeId !== undefined) return insertOnEdge(graph, registry, edgeId, id);
  if (!from) return graph;
  const port = firstFitting(type, from.side === "out" ? "in" : "out", from.kind);
  if (port === undefined) return graph;
  return connect(
    graph,
    registry,
    from.side === "out"
      ? { source: from.nodeId, sourceHandle: from.port, target: id, targetHandle: port }
      : { source: id, sourceHandle: port, target: from.nodeId, targetHandle: from.port },
  );
}
