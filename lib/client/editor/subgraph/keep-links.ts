import { type Editor, replaceDocument } from "../store.ts";
import { browserLinks, type Links } from "./links.ts";

/**
 * Looks which versions there are of the graphs that are linked, and gives nodes the ports of the version they link where the document does not tell them:
 * somebody wrote the link by hand.
 */
export async function keepLinks(editor: Editor, links: Links = browserLinks()): Promise<void> {
  await links.refresh();
  const { registry } = editor.around;
  for (const node of editor.getState().document.nodes) {
    const type = registry.get(node.type);
    const link = type?.link?.(node.config);
    if (!link || !type?.portsFor) continue;
    const known = type.portsFor(node.config);
    if (Object.keys(known.inputs).length + Object.keys(known.outputs).length > 0) continue;
    const linked = await links.load(link.graph, link.revision);
    if (!linked) continue;
    const { relink } = await import("./relink.ts");
    const { document } = editor.getState();
    const made = relink(document, registry, node.id, { linked, revision: link.revision });
    // Only what is more than before: wires to ports that version does not show are for a person to see.
    if (made.lost === 0 && JSON.stringify(made.graph) !== JSON.stringify(document))
      replaceDocument(editor, "Read the ports of the linked graph", made.graph);
  }
}
