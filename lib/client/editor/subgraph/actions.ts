import type { Graph } from "../../../protocol/graph.ts";
import { callApi, sayWhy } from "../../call-api.ts";
import { freshId } from "../../home/fresh-id.ts";
import { count } from "../../words.ts";
import { renameNode } from "../edit/edit-nodes.ts";
import { nodesById } from "../graph-index.ts";
import { notify } from "../habits/notices.ts";
import { goToNode, nameOf } from "../habits/pointer.ts";
import { change, type Editor } from "../store.ts";
import { enclose, nameFor } from "./enclose.ts";
import { linkOf } from "./link-of.ts";
import { browserLinks, type Links } from "./links.ts";
import { relink } from "./relink.ts";
import { unpack } from "./unpack.ts";
import { addressAround, addressOf } from "./way-in.ts";

/** What these commands need from outside; tests hand in another world. */
export type SubgraphPorts = {
  links: Links;
  /** Saves a document under an id nobody has; gives its version. */
  saveNew(graph: Graph): Promise<number>;
  /** Saves what is on the canvas before it is left. */
  saveNow(editor: Editor): Promise<void>;
};

const browser = (): SubgraphPorts => ({
  links: browserLinks(),
  saveNew: async (graph) =>
    (await callApi<{ revision: number }>(`/api/graphs/${encodeURIComponent(graph.id)}`, { method: "PUT", body: graph }))
      .revision,
  async saveNow(editor) {
    const { keeperOf } = await import("../drafts/keeper-of.ts");
    await (await keeperOf(editor)).save();
  },
});

/** Turns nodes into a saved graph of their own with one node in their place. Undo puts them back; the saved graph stays. */
export async function encloseNodes(
  editor: Editor,
  ids: readonly string[],
  ports = browser(),
): Promise<string | undefined> {
  const { registry } = editor.around;
  const title = nameFor(editor.getState().document, registry, ids);
  const named = {
    id: freshId(`${title.toLowerCase()}`),
    name: `${title} of ${editor.getState().document.name}`.slice(0, 200),
    title,
  };
  const taken = () => enclose(editor.getState().document, registry, ids, named);
  const before = taken();
  if (!before) return undefined;
  let revision: number;
  try {
    revision = await ports.saveNew(before.inner);
  } catch (error) {
    notify(editor, `The subgraph could not be saved, so nothing was changed. ${sayWhy(error)}`, "fail");
    return undefined;
  }
  const now = taken();
  if (!now || JSON.stringify(now.inner) !== JSON.stringify(before.inner)) {
    notify(editor, "The nodes were changed in the meantime. Turn them into a subgraph again.", "fail");
    return undefined;
  }
  const made = now.around({ graph: named.id, revision });
  change(editor, "Turn into a subgraph", () => made.graph, {
    select: [made.id],
    say: `${count(ids.length, "node")} turned into the subgraph ${title}`,
  });
  goToNode(editor, made.id);
  void ports.links.refresh();
  return made.id;
}

/** Opens the graph a node stands for, with the way back kept. `select` = a node in it. */
export async function openInside(editor: Editor, nodeId: string, select?: string, ports = browser()): Promise<boolean> {
  const link = linkOf(editor, nodeId);
  if (!link) return false;
  await ports.links.refresh();
  if (ports.links.store.getState().saved?.get(link.graph) === undefined) {
    notify(editor, `There is no saved graph “${link.graph}” to open.`, "fail");
    return false;
  }
  await ports.saveNow(editor);
  const way = [...(editor.around.way ?? []), { graph: editor.getState().document.id, node: nodeId }];
  editor.around.navigate(addressOf(link.graph, way, select));
  return true;
}

/** Goes back to the graph around; false in the outermost one. */
export async function leaveSubgraph(editor: Editor, ports = browser()): Promise<boolean> {
  const address = addressAround(editor.around.way ?? []);
  if (address === undefined) return false;
  await ports.saveNow(editor);
  editor.around.navigate(address);
  return true;
}

/** Lets a node stand for a version of a saved graph: another one, or a newer one of the same. */
export async function linkTo(
  editor: Editor,
  nodeId: string,
  id: string,
  revision: number,
  ports = browser(),
): Promise<boolean> {
  const linked = await ports.links.load(id, revision);
  if (!linked) {
    notify(editor, `Version ${revision} of “${id}” could not be read. Try again.`, "fail");
    return false;
  }
  const made = relink(editor.getState().document, editor.around.registry, nodeId, { linked, revision });
  // A node that nobody named yet is called what it stands for.
  const unnamed = !nodesById(editor.getState().document).get(nodeId)?.title;
  const named =
    unnamed && made.graph !== editor.getState().document ? renameNode(made.graph, nodeId, linked.name) : made.graph;
  const words = `${nameOf(editor, nodeId)} stands for version ${revision} of ${linked.name}`;
  const changed = change(editor, `Link version ${revision}`, () => named, { say: words });
  if (changed && made.lost > 0)
    notify(editor, `${words}. It shows other ports: ${count(made.lost, "wire")} ended. Undo brings them back.`);
  return changed;
}

/** Puts the nodes of the linked version in the place of the node that stands for it. */
export async function unpackNode(editor: Editor, nodeId: string, ports = browser()): Promise<boolean> {
  const link = linkOf(editor, nodeId);
  const linked = link && (await ports.links.load(link.graph, link.revision));
  if (!linked) {
    notify(editor, "The linked version could not be read, so nothing was unpacked.", "fail");
    return false;
  }
  const made = unpack(editor.getState().document, editor.around.registry, nodeId, linked);
  const name = nameOf(editor, nodeId);
  return change(editor, `Unpack ${name}`, () => made.graph, {
    select: made.ids,
    say: `${name} unpacked: ${count(made.ids.length, "node")}`,
  });
}
