import { Graph } from "../../../protocol/graph.ts";
import { ApiError, callApi } from "../../call-api.ts";
import type { SaveState } from "../state.ts";

/** The document to edit under an id: the newest revision of the server, or a new empty graph when nobody has saved one. */
export async function openGraph(id: string): Promise<{ graph: Graph; save: SaveState }> {
  try {
    const graph = await callApi<Graph>(`/api/graphs/${encodeURIComponent(id)}`);
    return { graph, save: { state: "saved" } };
  } catch (error) {
    if (error instanceof ApiError && error.status === 404)
      return { graph: Graph.parse({ id }), save: { state: "local" } };
    throw error;
  }
}
