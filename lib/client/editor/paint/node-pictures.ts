import type { GraphNode } from "../../../protocol/graph.ts";
import type { AssetId, ImageValue, Value } from "../../../protocol/values.ts";
import { portsOf } from "../edit/connect.ts";
import { titleOf } from "../edit/edit-nodes.ts";
import { edgesOf, nodesById } from "../graph-index.ts";
import { fieldWith } from "../habits/config-fields.ts";
import type { EditorState } from "../state.ts";
import type { Editor } from "../store.ts";

type Known = Pick<EditorState, "document" | "run">;
/** The picture that comes into a node. `from` is the node that gives it, with what a person calls it. */
export type WiredPicture = { asset: AssetId; image?: ImageValue; from: string };
/** Why there is no picture: nothing wired (`from` missing), or what is wired has not run. */
export type NoPicture = { from?: string; title?: string; why: string };

const images = (values: readonly Value[] | undefined): ImageValue[] =>
  (values ?? []).filter((value) => value.kind === "image");

/** The pictures a node gave last, or else in its newest take. */
export function picturesOf({ run }: Pick<EditorState, "run">, nodeId: string): ImageValue[] {
  const newest = (run.takes.get(nodeId) ?? []).toSorted((a, b) => b.at - a.at)[0];
  for (const outputs of [run.nodes.get(nodeId)?.outputs, newest?.outputs]) {
    for (const values of Object.values(outputs ?? {})) {
      const found = images(values);
      if (found.length > 0) return found;
    }
  }
  return [];
}

/** The picture wired into the image input of a node: what its source gave last, or the first picture it holds itself. */
export function wiredPicture(editor: Editor, state: Known, nodeId: string): WiredPicture | NoPicture {
  const { registry } = editor.around;
  const node = nodesById(state.document).get(nodeId);
  const input = Object.entries(registry.get(node?.type ?? "")?.inputs ?? {}).find(([, { kind }]) => kind === "image");
  const edge = edgesOf(state.document)
    .into(nodeId)
    .find(({ targetHandle, loop }) => targetHandle === input?.[0] && !loop);
  if (!edge) return { why: "No picture is wired into this node. Draw a wire to its image input first." };
  return pictureFrom(editor, state, edge.source, edge.sourceHandle, new Set());
}

function pictureFrom(
  editor: Editor,
  state: Known,
  id: string,
  port: string,
  seen: Set<string>,
): WiredPicture | NoPicture {
  const { registry } = editor.around;
  const node = nodesById(state.document).get(id);
  const type = registry.get(node?.type ?? "");
  const title = node && titleOf(node, type);
  const none = { from: id, title, why: `There is no picture of “${title ?? id}” yet. Run to here first.` };
  if (!node || seen.has(id)) return none;
  seen.add(id);
  const [given] = [
    ...images(state.run.nodes.get(id)?.outputs[port]),
    ...(state.run.takes.get(id) ?? []).toSorted((a, b) => b.at - a.at).flatMap((take) => images(take.outputs[port])),
  ];
  if (given) return { asset: given.asset, image: given, from: id };
  const held = heldPicture(node, type && fieldWith(type, "assets"));
  if (held) return { asset: held, from: id };
  // What only hands on (a corner in a wire) shows what it is given.
  const through = portsOf(type, "out", node.config)[port]?.kind === "any";
  const before = through
    ? edgesOf(state.document)
        .into(id)
        .find(({ loop }) => !loop)
    : undefined;
  return before ? pictureFrom(editor, state, before.source, before.sourceHandle, seen) : none;
}

/** The first picture a node keeps in its own settings. */
function heldPicture(node: GraphNode, field: string | undefined): AssetId | undefined {
  const list = field === undefined ? undefined : node.config[field];
  const first: unknown = Array.isArray(list) ? list[0] : undefined;
  const asset = (first as { asset?: unknown } | undefined)?.asset;
  return typeof asset === "string" && asset.startsWith("sha256:") ? asset : undefined;
}

/** The newest picture made with a node's mask: what the node after its mask output gave. */
export function resultBehind(editor: Editor, state: Known, nodeId: string): ImageValue | undefined {
  const { registry } = editor.around;
  const nodes = nodesById(state.document);
  for (const edge of edgesOf(state.document).outOf(nodeId)) {
    const kind = registry.get(nodes.get(edge.target)?.type ?? "")?.inputs[edge.targetHandle]?.kind;
    const [picture] = kind === "mask" ? picturesOf(state, edge.target) : [];
    if (picture) return picture;
  }
  return undefined;
}

/** Two pictures to compare: the last two results of the one selected node, or the results of the two selected ones from left to right. */
export function comparedPair(
  state: Pick<EditorState, "document" | "run" | "view">,
): { before: ImageValue; after: ImageValue; nodeId?: string } | undefined {
  const selected = [...state.view.selectedNodes];
  const [first, second] = selected;
  if (selected.length === 1 && first !== undefined) {
    const [after, before] = resultsOf(state, first);
    return before && after ? { before, after, nodeId: first } : undefined;
  }
  if (selected.length !== 2 || first === undefined || second === undefined) return undefined;
  const nodes = nodesById(state.document);
  const [left, right] = [first, second].sort(
    (a, b) => (nodes.get(a)?.position.x ?? 0) - (nodes.get(b)?.position.x ?? 0),
  ) as [string, string];
  const [before, after] = [picturesOf(state, left)[0], picturesOf(state, right)[0]];
  return before && after && before.asset !== after.asset ? { before, after } : undefined;
}

/** The different pictures a node gave, the one it shows first, then the newest of its takes. */
function resultsOf({ run }: Pick<EditorState, "run">, nodeId: string): ImageValue[] {
  const takes = (run.takes.get(nodeId) ?? []).toSorted((a, b) => b.at - a.at);
  const all = [
    ...picturesOf({ run }, nodeId).slice(0, 1),
    ...takes.flatMap(({ outputs }) => Object.values(outputs).flatMap(images)),
  ];
  const seen = new Set<string>();
  return all.filter(({ asset }) => !seen.has(asset) && seen.add(asset));
}
