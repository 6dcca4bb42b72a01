import type { EntryChange, EntryGraph } from "../../protocol/catalogue.ts";
import type { Graph } from "../../protocol/graph.ts";
import { callApi } from "../call-api.ts";
import { freshId, stemOf } from "../home/fresh-id.ts";

/** Changes entries; gives how many there were. */
export const changeEntries = async (ids: readonly string[], change: EntryChange): Promise<number> => {
  let changed = 0;
  // The server takes a few hundred at a time.
  for (let at = 0; at < ids.length; at += 500)
    changed += (
      await callApi<{ changed: number }>("/api/archive/changes", { body: { ids: ids.slice(at, at + 500), change } })
    ).changed;
  return changed;
};

/** Starts a run that makes an entry again, or another take of it; gives the run's id. */
export const makeAgain = async (id: string, how: "remake" | "similar", anyway = false): Promise<string> =>
  (await callApi<{ runId: string }>(`/api/archive/${encodeURIComponent(id)}/${how}`, { body: { anyway } })).runId;

/** Saves the graph that made an entry as a new one, and gives its id. `similar`: one more take of the node that drew last. */
export async function openGraphOf(id: string, similar: boolean): Promise<string> {
  const { graph } = await callApi<EntryGraph>(
    `/api/archive/${encodeURIComponent(id)}/graph${similar ? "?similar=true" : ""}`,
  );
  const name = similar ? `${graph.name} (similar)` : graph.name;
  return await saveNew({ ...graph, name: name.slice(0, 200) });
}

async function saveNew(graph: Graph): Promise<string> {
  const id = freshId(stemOf(graph.id));
  await callApi(`/api/graphs/${id}`, { method: "PUT", body: { ...graph, id } });
  return id;
}

/** A part of a graph that holds pictures as references: pasted on a canvas it becomes a node. Node types come when they are asked for. */
export async function referenceClip(assets: readonly string[]): Promise<{ text: string; graph: Graph }> {
  const [{ NODES }, { createRegistry }, { pictureHolder }, { clipText, makeClip }, { addNode }] = await Promise.all([
    import("../../../nodes/index.ts"),
    import("../../sdk/registry.ts"),
    import("../editor/habits/config-fields.ts"),
    import("../editor/edit/clipboard.ts"),
    import("../editor/edit/edit-nodes.ts"),
  ]);
  const holder = pictureHolder(createRegistry(NODES));
  if (!holder) throw new Error("There is no node here that holds pictures.");
  const config = { [holder.field]: assets.map((asset) => ({ asset })) };
  const { graph, id } = addNode(EMPTY, holder.type, { x: 0, y: 0 }, config);
  const clip = makeClip(graph, [id]);
  return { text: clip ? clipText(clip).text : "", graph };
}

const EMPTY: Graph = {
  format: "throughline/graph",
  version: 1,
  id: "from-the-archive",
  name: "From the archive",
  inputs: [],
  nodes: [],
  edges: [],
  frames: [],
};

/** Makes a graph that begins with these pictures, and gives its id. */
export const newGraphWith = async (assets: readonly string[], name: string): Promise<string> =>
  await saveNew({ ...(await referenceClip(assets)).graph, name: `${name} as a reference`.slice(0, 200) });
