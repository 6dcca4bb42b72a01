import { canonical } from "../../engine/canonical.ts";
import { linksIn, refOf } from "../../engine/expand-graph.ts";
import type { BundleManifest, Imported } from "../../protocol/bundle.ts";
import type { Graph } from "../../protocol/graph.ts";
import { graphInPng, isPng } from "../../protocol/graph-in-picture.ts";
import { LIMITS } from "../../protocol/limits.ts";
import { hasErrors, InvalidError, type Problem, problem } from "../../protocol/problems.ts";
import { readGraph } from "../../protocol/read-graph.ts";
import { contactsOf } from "../templates/contacts.ts";
import type { BundlePorts } from "./bundle-ports.ts";
import { cleanImport } from "./clean-import.ts";
import { freeId } from "./free-id.ts";
import { checkSum, decode, type FoundBundle, type FoundDocument, readBundle, readDocument } from "./read-bundle.ts";
import { checkForeign, storeForeign } from "./store-foreign.ts";

type Read = { graph: Graph; warnings: Problem[] };

/** Makes a draft of what a file holds (bundle-api.ts). Everything is read and checked before the first thing is stored. */
export async function importBytes(ports: BundlePorts, bytes: Uint8Array): Promise<Imported> {
  const isZip = bytes[0] === 0x50 && bytes[1] === 0x4b;
  if (isZip) return await importBundle(ports, bytes, await readBundle(ports.zip, bytes));
  const found = readDocument(isPng(bytes) ? inPicture(bytes) : decode(bytes));
  const { graph, warnings } = sound(ports, found.graph, found.warnings);
  return await keep(ports, found, graph, { warnings, assets: 0, sheets: 0, contacts: contactsOf(graph) });
}

function inPicture(bytes: Uint8Array): string {
  const found = graphInPng(bytes);
  if (!found) throw new InvalidError([problem("NO_GRAPH", "This picture carries no graph.")]);
  if ("problem" in found) throw new InvalidError([problem(found.code, found.problem)]);
  return found.json;
}

async function importBundle(ports: BundlePorts, archive: Uint8Array, bundle: FoundBundle): Promise<Imported> {
  const main = sound(ports, bundle.graph, bundle.warnings);
  const linked = bundle.linked.map(({ ref, graph }) => ({ ref, ...sound(ports, graph, []) }));
  const warnings = [...main.warnings, ...linked.flatMap((one) => one.warnings)];
  const named = JSON.stringify([main.graph, linked, bundle.sheets, bundle.template]);
  const assets = await storeAssets(ports, archive, bundle.manifest, named);
  const adopted = bundle.sheets.length > 0 ? await ports.sheets.adopt(bundle.sheets) : undefined;
  const refs = adopted?.refs ?? {};
  const places = new Map<string, { graph: string; revision: number }>();
  for (const { ref, graph } of linked) {
    const placed = relinked(ports, ports.sheets.renamed(graph, refs), places);
    places.set(ref, await keepLinkedGraph(ports, ref, placed));
  }
  const graph = relinked(ports, ports.sheets.renamed(main.graph, refs), places);
  const contacts = [...new Set([main.graph, ...linked.map((one) => one.graph)].flatMap(contactsOf))].sort();
  const table = bundle.table && (await ports.assets.put(bundle.table)).asset;
  if (table && bundle.table)
    await ports.journal.putAssetInfo({ asset: table, bytes: bundle.table.length, mediaType: "text/csv" });
  return await keep(ports, bundle, graph, { warnings, assets, sheets: adopted?.sheets.length ?? 0, table, contacts });
}

/** The graph of a document from outside: cleaned, and read like any other. Throws InvalidError with everything that is wrong. */
function sound({ registry }: BundlePorts, value: unknown, before: Problem[]): Read {
  const { document, warnings } = cleanImport(value, registry);
  const { graph, problems } = readGraph(document);
  if (!graph || hasErrors(problems)) throw new InvalidError(problems.filter(({ level }) => level === "error"));
  if (Buffer.byteLength(canonical(graph)) > LIMITS.jsonBytes)
    throw new InvalidError([
      problem("JSON_TOO_LARGE", `This graph is larger than the limit of ${LIMITS.jsonBytes} bytes.`),
    ]);
  return { graph, warnings: [...before, ...warnings] };
}

async function storeAssets(
  ports: BundlePorts,
  archive: Uint8Array,
  manifest: BundleManifest,
  named: string,
): Promise<number> {
  const wanted = new Map(
    manifest.files
      .filter(({ role, ref }) => role === "asset" && ref && named.includes(ref))
      .map((file) => [file.name, file]),
  );
  let stored = 0;
  // Read twice, so that nothing is kept of a bundle whose last picture was changed.
  for (const keeping of [false, true])
    for await (const entry of ports.zip.read(archive)) {
      const file = wanted.get(entry.name);
      if (!file) continue;
      const bytes = await entry.bytes(LIMITS.bundleBytes);
      if (keeping) {
        await storeForeign(ports, bytes);
        stored += 1;
        continue;
      }
      checkSum(file, bytes);
      if (file.ref !== `sha256:${file.sha256}`)
        throw new InvalidError([problem("CHECKSUM", `${file.name} in this bundle is not the picture it is called.`)]);
      await checkForeign(ports, bytes);
    }
  return stored;
}

/** A graph whose links lead to where the graphs of the bundle are now. */
function relinked(
  { registry, catalogue }: BundlePorts,
  graph: Graph,
  places: ReadonlyMap<string, { graph: string; revision: number }>,
): Graph {
  if (places.size === 0) return graph;
  const nodes = graph.nodes.map((node) => {
    const [link] = linksIn({ nodes: [node] }, catalogue);
    const place = link && places.get(refOf(link));
    const type = registry.get(node.type);
    if (!link || !place || !type?.linkTo || (place.graph === link.graph && place.revision === link.revision))
      return node;
    const ports = type.portsFor?.(node.config) ?? { inputs: {}, outputs: {} };
    return { ...node, config: type.linkTo(node.config, { ...place, ports }) };
  });
  return { ...graph, nodes };
}

/** Where a linked graph is: where it says it is, when the very same document is there, else under a fresh id. */
async function keepLinkedGraph(
  ports: BundlePorts,
  ref: string,
  graph: Graph,
): Promise<{ graph: string; revision: number }> {
  const [, id = graph.id, revision = "0"] = /^(.*)@(\d{1,9})$/.exec(ref) ?? [];
  const known = await ports.journal.loadGraph(id, Number(revision));
  if (known && canonical(known.graph) === canonical(graph)) return { graph: id, revision: known.revision };
  const saved = await saveFresh(ports, graph, contactsOf(graph));
  return { graph: saved.id, revision: saved.revision };
}

/** `hosts`: whom its runs would contact, those of the graphs it leads to included. */
async function saveFresh(ports: BundlePorts, graph: Graph, hosts: string[]) {
  for (;;) {
    const id = await freeId(ports.journal, graph.id);
    const answer = await ports.studio.saveGraph(id, { ...graph, id }, undefined);
    if ("saved" in answer) {
      await ports.journal.putNote("imported", id, { hosts, allowed: hosts.length === 0 });
      return answer.saved;
    }
  }
}

async function keep(
  ports: BundlePorts,
  found: FoundDocument,
  graph: Graph,
  rest: Omit<Imported, "graphId" | "name" | "revision">,
): Promise<Imported> {
  const saved = await saveFresh(ports, graph, rest.contacts);
  if (found.template) await ports.journal.putNote("template-draft", saved.id, { ...found.template });
  if (rest.table) await ports.journal.putNote("imported-table", saved.id, { asset: rest.table });
  return { graphId: saved.id, name: saved.name, revision: saved.revision, ...rest };
}
