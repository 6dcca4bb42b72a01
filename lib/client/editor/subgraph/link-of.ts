import type { AnyNode } from "../../../sdk/define-node.ts";
import type { Registry } from "../../../sdk/registry.ts";
import { nodesById } from "../graph-index.ts";
import type { Editor } from "../store.ts";
import { browserLinks } from "./links.ts";

/** The node type that stands for a saved graph, where there is one. */
export const linkingType = (registry: Registry): AnyNode | undefined =>
  registry.nodes.find(({ link, linkTo }) => link !== undefined && linkTo !== undefined);

/** The graph a node stands for; undefined for one that stands for none. */
export function linkOf(editor: Editor, nodeId: string) {
  const node = nodesById(editor.getState().document).get(nodeId);
  return node && editor.around.registry.get(node.type)?.link?.(node.config);
}

/** The version a node could take over; undefined when it stands at the newest one. */
export function newerVersion(editor: Editor, nodeId: string, links = browserLinks()): number | undefined {
  const link = linkOf(editor, nodeId);
  if (!link) return undefined;
  const newest = links.store.getState().saved?.get(link.graph)?.revision;
  return newest !== undefined && newest > link.revision ? newest : undefined;
}
