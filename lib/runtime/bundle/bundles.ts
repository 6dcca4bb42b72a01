import type { Contacts } from "../../protocol/bundle.ts";
import { problem } from "../../protocol/problems.ts";
import { safeName } from "../safe-name.ts";
import { contactsOf } from "../templates/contacts.ts";
import type { Bundles, ExportWish } from "./bundle-api.ts";
import type { BundlePorts } from "./bundle-ports.ts";
import { importBytes } from "./import-bundle.ts";
import { type Bundled, bundleParts } from "./write-bundle.ts";
import { canonicalText, refuseSecrets, templateFile } from "./write-text.ts";

/** Graphs and templates as files, and back, over the ports. */
export function createBundles(ports: BundlePorts): Bundles {
  const { journal, templates, zip } = ports;

  const found = async ({ of, id, revision }: ExportWish): Promise<Bundled | undefined> => {
    if (of === "template") {
      const template = await templates.get(id, revision);
      return template && { name: template.name, graph: template.graph, document: templateFile(template), role: of };
    }
    const saved = await journal.loadGraph(id, revision);
    return saved && { name: saved.name, graph: saved.graph, document: saved.graph, role: of };
  };
  const fileName = ({ name, graph }: Bundled, ending: string) =>
    `${safeName((name || graph.id).replaceAll("/", "-"))}.${ending}`;

  const contacts = async (graphId: string): Promise<Contacts | undefined> => {
    const saved = await journal.loadGraph(graphId);
    const note = await journal.getNote("imported", graphId);
    if (!saved && !note) return undefined;
    const hosts = note ? (note.hosts as string[]) : saved ? contactsOf(saved.graph) : [];
    return { hosts, allowed: note?.allowed !== false };
  };

  const exportText: Bundles["exportText"] = async (wish) => {
    const bundled = await found(wish);
    if (!bundled) return undefined;
    refuseSecrets(bundled.document);
    return { name: fileName(bundled, `${bundled.role}.json`), text: canonicalText(bundled.document) };
  };
  const exportZip: Bundles["exportZip"] = async (wish, table) => {
    const bundled = await found(wish);
    if (!bundled) return undefined;
    const parts = await bundleParts(ports, { ...bundled, table });
    return { name: fileName(bundled, "zip"), bytes: zip.write(parts) };
  };

  return {
    exportText,
    exportZip,
    async exportTo(folder, wish, as, table) {
      const file = as === "zip" ? await exportZip(wish, table) : await exportText(wish);
      if (!file) return undefined;
      const content = async () => ("text" in file ? file.text : whole(file.bytes));
      return await ports.folderWriter.write(folder, [{ name: file.name, content }]);
    },
    importBytes: (bytes) => importBytes(ports, bytes),
    contacts,
    async allowContacts(graphId) {
      const known = await contacts(graphId);
      if (!known) return undefined;
      await journal.putNote("imported", graphId, { hosts: known.hosts, allowed: true });
      return { ...known, allowed: true };
    },
    async refusal(graphId) {
      const note = await journal.getNote("imported", graphId);
      if (note?.allowed !== false) return [];
      const message = `This graph came from a file. A run would contact ${(note.hosts as string[]).join(", ")}: look at it, then allow that once in the editor.`;
      return [problem("CONTACTS_NOT_ALLOWED", message, { field: "contacts" })];
    },
  };
}

async function whole(bytes: AsyncIterable<Uint8Array>): Promise<Buffer> {
  const chunks: Uint8Array[] = [];
  for await (const chunk of bytes) chunks.push(chunk);
  return Buffer.concat(chunks);
}
