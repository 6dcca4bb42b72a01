import { createKeeper, type Keeper } from "#lib/client/editor/drafts/keeper.ts";
import { openGraph } from "#lib/client/editor/drafts/open-graph.ts";
import { setSetting } from "#lib/client/editor/edit/edit-nodes.ts";
import { change, createEditor, type Editor } from "#lib/client/editor/store.ts";
import { createRegistry } from "#lib/sdk/registry.ts";
import { aGraph, createTestPorts } from "./ports.ts";

const registry = createRegistry([]);
type Ports = ReturnType<typeof createTestPorts>;

/** A tab that opens the graph as the page does. */
export async function openTab(ports: Ports): Promise<{ editor: Editor; keeper: Keeper; stop(): void }> {
  const { graph, save } = await openGraph("g", ports);
  const editor = createEditor(graph, { registry }, save);
  const keeper = createKeeper(editor, ports);
  return { editor, keeper, stop: keeper.start() };
}

/** A tab that opens what the server has. */
export async function onServer(texts: Record<string, string> = { a: "one" }) {
  const ports = createTestPorts();
  await ports.server.save("g", aGraph(texts), undefined);
  ports.server.asked.length = 0;
  return { ports, ...(await openTab(ports)) };
}

/** Types into a node. */
export const type = (editor: Editor, text: string, node = "a") =>
  change(editor, "Type", (graph) => setSetting(graph, node, "text", text), { merge: `${node}.text` });
export const textOf = (graph: { nodes: { id: string; config: Record<string, unknown> }[] } | undefined, node = "a") =>
  graph?.nodes.find(({ id }) => id === node)?.config.text;
export const saveOf = (editor: Editor) => editor.getState().save;
