import type { Graph } from "../../protocol/graph.ts";
import { type TemplateEntry, TemplateIndex } from "../../protocol/template-index.ts";
import { callApi } from "../call-api.ts";
import { uploadPictures } from "../editor/fields/upload-pictures.ts";
import { freshId } from "./fresh-id.ts";

/** What reaches the server; tests hand in their own. */
export type TemplateServer = {
  /** A file that comes with the product, as JSON. */
  read(path: string): Promise<unknown>;
  /** Stores a picture that comes with the product and gives its asset id. */
  store(path: string): Promise<string>;
  save(graph: Graph): Promise<void>;
  start(graphId: string, key: string): Promise<void>;
};

/** The templates in the order of the home page. */
export const loadTemplates = async (server: TemplateServer = overHttp): Promise<TemplateEntry[]> =>
  TemplateIndex.parse(await server.read("/graphs/templates/index.json"));

/**
 * Makes a graph of one's own from a template and gives its id; with `run` its first run is started as well. The pictures it names are stored
 * first, so that the graph runs at once. Throws Error with a sentence when a picture is not what the template was made with.
 */
export async function startFromTemplate(
  { id, file, pictures }: TemplateEntry,
  { run }: { run: boolean },
  server: TemplateServer = overHttp,
): Promise<string> {
  const graph = await templateGraph({ file, pictures }, server);
  const own = { ...graph, id: freshId(id) };
  await server.save(own);
  if (run) await server.start(own.id, own.id);
  return own.id;
}

/** The document of a template; the pictures it names are stored first. Throws Error with a sentence when one of them is another. */
export async function templateGraph(
  { file, pictures }: Pick<TemplateEntry, "file" | "pictures">,
  server: Pick<TemplateServer, "read" | "store"> = overHttp,
): Promise<Graph> {
  const [graph] = await Promise.all([
    server.read(file) as Promise<Graph>,
    ...pictures.map((one) => bring(one, server)),
  ]);
  return graph;
}

async function bring(
  { file, asset }: TemplateEntry["pictures"][number],
  server: Pick<TemplateServer, "store">,
): Promise<void> {
  const stored = await server.store(file);
  if (stored !== asset) throw new Error(`The picture ${file} is not the one this template was made with.`);
}

const overHttp: TemplateServer = {
  read: (path) => callApi(path),
  async store(path) {
    const answer = await fetch(path);
    if (!answer.ok) throw new Error(`The picture ${path} is missing.`);
    const bytes = await answer.blob();
    const [stored] = await uploadPictures([new File([bytes], path.split("/").at(-1) ?? "", { type: bytes.type })]);
    return stored?.asset ?? "";
  },
  save: (graph) => callApi(`/api/graphs/${encodeURIComponent(graph.id)}`, { method: "PUT", body: graph }),
  start: (graphId, key) => callApi("/api/runs", { body: { graphId }, headers: { "idempotency-key": key } }),
};
